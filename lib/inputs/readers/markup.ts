/**
 * XML and HTML in which the order stands as one text: PolicyAnalyzer's rules, preference items, reports of Group Policy, MDM
 * profiles, CLIXML. Only texts and attributes are looked at, so that no document can lead anywhere.
 */
import { InvalidInputError } from '../../errors';
import { configuredName, type InputContent } from '../input-content';
import { placesIn } from '../places';
import { chooseList } from './literal-list';

export function readMarkup(text: string, source: string): InputContent {
  const names = [...text.matchAll(/<S N="Name">([^<]{1,128})<\/S>/g)].flatMap(([, name]) => configuredName(name));
  if (/^\s*(?:<\?xml[^>]*>\s*)?<Objs\b/.test(text) && names.length > 0) return { kind: 'enumerated', names };
  // A preference item with this action takes the value away.
  if (/<Properties\b[^<>]{0,2000}\baction="D"/i.test(text))
    throw new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
  const candidates = [...text.matchAll(/>([^<>]{5,})<|=\s*"([^"<>]{5,})"|=\s*'([^'<>]{5,})'/g)].flatMap(
    ([, inside, double, single]) => decodeEntities(inside ?? double ?? single ?? ''),
  );
  for (const [, data] of text.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>|&lt;data[^&]{0,200}?value=&quot;([^&]*?)&quot;/g)) {
    if (data !== undefined) candidates.push(data);
  }
  const list = chooseList(candidates.flatMap(inner), source);
  const places = placesIn(text);
  return { kind: 'text', layer: places[0] ?? (list.includes(';') ? 'mdm' : 'groupPolicy'), text: list };
}

/** ADMX-backed MDM settings hold markup inside of a text. */
function inner(text: string): string[] {
  const value = /<data\b[^>]*\bvalue\s*=\s*["']([^"']*)["']/i.exec(text)?.[1];
  return value === undefined ? [text] : [value];
}

function decodeEntities(text: string): string {
  return text
    .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (whole, hex, decimal) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/&(lt|gt|quot|apos|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('&amp;', '&');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
