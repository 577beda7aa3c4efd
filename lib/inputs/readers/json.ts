/** JSON: `ConvertTo-Json` of what Windows answers, our own documents, and exports of MDM profiles. */
import { InvalidInputError } from '../../errors';
import { configuredName, type InputContent } from '../input-content';
import { placesIn } from '../places';
import { isList } from '../recognise';
import { chooseList } from './literal-list';
import type { ReadDocument } from './markup';
import { admxText, type MdmSetting, mdmLayer } from './mdm-profile';

type Member = Readonly<Record<string, unknown>>;

/** The names that a document lists, or the one text of a policy in it. */
export function readJson(text: string, document: unknown, source: string): ReadDocument {
  const texts = textsIn(document);
  // Of a member that stands twice, the document has the last one alone.
  return { content: readOwn(document, source) ?? readForeign(document, texts, source), texts: [...texts, text] };
}

function readForeign(document: unknown, texts: readonly string[], source: string): InputContent {
  const objects = Array.isArray(document) ? document : [document];
  const names = objects.flatMap((one) => configuredName((one as { Name?: unknown } | null)?.Name));
  if (names.length > 0 && names.length === objects.length) return { kind: 'enumerated', names };
  const [setting, ...more] = readMdmSettings(document, source);
  if (setting !== undefined) {
    const other = more.find(({ text, layer }) => text !== setting.text || layer !== setting.layer);
    if (other !== undefined) throw new InvalidInputError(source, undefined, 'one-list', { number: more.length + 1 });
    return { kind: 'text', ...setting };
  }
  const arrays = arraysIn(document);
  const list = chooseList(arrays.some((one) => isList(one)) ? arrays : texts, source);
  const [place] = placesIn(texts.join('\n'));
  return { kind: 'text', layer: place ?? (list.includes(';') ? 'mdm' : 'groupPolicy'), text: list };
}

/** OMA-URI settings of a custom profile, and settings of Intune's catalogue, as Microsoft Graph gives them. */
function readMdmSettings(document: unknown, source: string): MdmSetting[] {
  return objectsIn(document).flatMap((one) => {
    const layer = mdmLayer(one['omaUri']) ?? mdmLayer(one['settingDefinitionId']);
    if (layer === undefined) return [];
    const values = one['omaUri'] === undefined ? objectsIn(one).map((inside) => inside['value']) : [one['value']];
    const texts = values.filter((value) => typeof value === 'string').filter((value) => mdmLayer(value) === undefined);
    return texts.length === 0 ? [] : [{ layer, text: admxText(texts.join(layer === 'mdm' ? ';' : ','), source) }];
  });
}

/** A list of our own documents that is shown by half is none. */
function readOwn(document: unknown, source: string): InputContent | undefined {
  const { kind, listed, suites, list, layer, windows } = document as Member;
  if (kind === 'suite-list' && Array.isArray(suites)) {
    const isWhole = suites.every((one, index) => one?.position === index);
    if (!isWhole) throw new InvalidInputError(source, undefined, 'whole-list', { number: suites.length });
  }
  const found = { status: listed, 'suite-list': suites, 'converted-list': list, 'policy-text': list }[String(kind)];
  if (!Array.isArray(found) || (kind === 'converted-list' && windows === undefined)) return undefined;
  const names = found.flatMap((one) => configuredName(typeof one === 'string' ? one : one?.name));
  if (kind === 'status' || layer === 'enumerated') return { kind: 'enumerated', names };
  const place = layer === 'mdm' || layer === 'local' ? layer : 'groupPolicy';
  return { kind: 'text', layer: place, text: names.join(place === 'mdm' ? ';' : ',') };
}

/** Every value in a document, in its order, however deep it lies. */
function* valuesIn(document: unknown): Generator<unknown> {
  const open: Iterator<unknown>[] = [[document].values()];
  for (let around = open.at(-1); around !== undefined; around = open.at(-1)) {
    const { value, done } = around.next();
    if (done) open.pop();
    else {
      yield value;
      if (typeof value === 'object' && value !== null) open.push(membersOf(value));
    }
  }
}

function membersOf(value: object): Iterator<unknown> {
  return (Array.isArray(value) ? value : Object.values(value)).values();
}

function valuesOf<Found>(document: unknown, choose: (value: unknown) => Found | undefined): Found[] {
  const found: Found[] = [];
  for (const value of valuesIn(document)) {
    const chosen = choose(value);
    if (chosen !== undefined) found.push(chosen);
  }
  return found;
}

const objectsIn = (document: unknown) => valuesOf(document, (one) => (isMember(one) ? one : undefined));
const textsIn = (document: unknown) => valuesOf(document, (one) => (typeof one === 'string' ? one : undefined));
/** Each array of texts as one text. */
const arraysIn = (document: unknown) =>
  valuesOf(document, (one) =>
    Array.isArray(one) && one.length > 0 && one.every((text) => typeof text === 'string') ? one.join(',') : undefined,
  );

function isMember(value: unknown): value is Member {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
