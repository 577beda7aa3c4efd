/** The first bytes of a source → its form, by what stands in them and never by a file's name. */
import type { FoundInput } from '../errors';
import { foreignFormatOf } from '../files/foreign-format';
import { neededColumns } from './readers/tshark-output';

export const sourceForms = [
  'schannel-events',
  'iis-log',
  'exchange-log',
  'zeek-tsv',
  'zeek-json',
  'tshark-columns',
  'tshark-json',
  'capture',
] as const;

export type SourceForm = (typeof sourceForms)[number];

export type SourceEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

export type RecognisedSource =
  | { readonly form: SourceForm; readonly encoding: SourceEncoding }
  | { readonly form: null; readonly looksLike: Extract<FoundInput, string> };

/** Bytes that are looked at. */
export const headLength = 64 * 1024;

const captureSignatures = ['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d', '0a0d0d0a'];

export function recogniseSource(head: Uint8Array): RecognisedSource {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (captureSignatures.includes(bytes.toString('hex', 0, 4))) return { form: 'capture', encoding: 'latin1' };
  const foreign = foreignFormatOf(bytes.toString('latin1', 0, 16));
  if (foreign !== undefined) return { form: null, looksLike: foreign };
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding === 'latin1' ? 'utf-8' : encoding).decode(bytes).replace(/^\ufeff?\s*/, '');
  if (text === '') return { form: null, looksLike: 'nothing' };
  const form = forms.find(([, matches]) => matches(text))?.[0];
  if (form === undefined) return { form: null, looksLike: text.includes('\0') ? 'binary' : 'other-text' };
  // What is looked for in the other logs is ASCII, in whatever code page the rest is.
  const hasMark = bytes.toString('hex', 0, 3) === 'efbbbf';
  const isAscii = encoding === 'utf-8' && !hasMark && form !== 'schannel-events' && !form.endsWith('-json');
  return { form, encoding: isAscii ? 'latin1' : encoding };
}

function encodingOf(bytes: Buffer): SourceEncoding {
  const [first, second, third, fourth] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && fourth === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && third === 0)) return 'utf-16be';
  return 'utf-8';
}

const forms: readonly (readonly [SourceForm, (text: string) => boolean])[] = [
  ['schannel-events', (text) => /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)?<Events?[\s>]/.test(text)],
  ['zeek-tsv', (text) => /^#separator \\x[0-9a-f]{2}/im.test(text)],
  ['exchange-log', (text) => /^#Software: Microsoft Exchange/m.test(text) || /^#Fields: date-time,/m.test(text)],
  ['iis-log', (text) => text.startsWith('#') && /^#(?:Software: Microsoft (?:Internet|HTTP)|Fields: )/m.test(text)],
  ['tshark-columns', (text) => isColumns(text.slice(0, /\r?\n|$/.exec(text)?.index))],
  ['tshark-json', (text) => /^\{[^\n]{0,200}"(?:index|layers|timestamp)"/.test(text) && /"layers"/.test(text)],
  ['zeek-json', (text) => /^\{[^\n]*"id\.(?:orig|resp)_[hp]"/.test(text)],
];

function isColumns(line: string): boolean {
  const names = line.split('\t');
  return neededColumns.every((name) => names.includes(name));
}
