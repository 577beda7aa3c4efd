/** JSON: `ConvertTo-Json` of what Windows answers, our own documents, and exports of MDM profiles. */
import { configuredName, type InputContent } from '../input-content';
import { placesIn } from '../places';
import { chooseList } from './literal-list';

/** The names that a document lists, or the one text of a policy in it. */
export function readJson(document: unknown, text: string, source: string): InputContent {
  const own = readOwn(document);
  if (own !== undefined) return own;
  const objects = Array.isArray(document) ? document : [document];
  const names = objects.flatMap((one) => configuredName((one as { Name?: unknown } | null)?.Name));
  if (names.length > 0 && names.length === objects.length) return { kind: 'enumerated', names };
  const candidates: string[] = [];
  collect(document, candidates);
  const list = chooseList(candidates, source);
  const [place] = placesIn(text);
  return { kind: 'text', layer: place ?? (list.includes(';') ? 'mdm' : 'groupPolicy'), text: list };
}

function readOwn(document: unknown): InputContent | undefined {
  const { kind, listed, suites, list } = document as Readonly<Record<string, unknown>>;
  const found = { status: listed, 'suite-list': suites, suites, 'converted-list': list, 'policy-text': list }[
    String(kind)
  ];
  if (!Array.isArray(found)) return undefined;
  const names = found.flatMap((one) => configuredName(typeof one === 'string' ? one : one?.name));
  return kind === 'status' || kind === 'suite-list'
    ? { kind: 'enumerated', names }
    : { kind: 'text', layer: 'groupPolicy', text: names.join(',') };
}

/** Every text, and every array of texts as one. */
function collect(value: unknown, found: string[]): void {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') found.push(next);
    else if (Array.isArray(next) && next.every((one) => typeof one === 'string')) found.push(next.join(','));
    else if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
}
