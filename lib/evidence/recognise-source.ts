/** The first bytes of a source → its form, by what stands in them and never by a file's name. */
import type { FoundInput } from '../errors';
import { foreignFormatLength, foreignFormatOf } from '../files/foreign-format';
import { logFormatOf } from '../files/log-format';
import { recognise } from '../inputs/recognise';
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

export function recogniseSource(head: Uint8Array): RecognisedSource {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const foreign = foreignFormatOf(bytes.toString('latin1', 0, foreignFormatLength));
  if (foreign === 'capture') return { form: foreign, encoding: 'latin1' };
  if (foreign !== undefined) return { form: null, looksLike: foreign };
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding === 'latin1' ? 'utf-8' : encoding).decode(bytes).replace(/^\ufeff?\s*/, '');
  if (text === '') return { form: null, looksLike: 'nothing' };
  const form = isColumns(text.slice(0, /\r?\n|$/.exec(text)?.index)) ? 'tshark-columns' : logFormatOf(text);
  if (form === undefined) return { form: null, looksLike: otherUse(bytes, text) };
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

/** What says how a machine is configured is for another command. */
function otherUse(bytes: Uint8Array, text: string): Extract<FoundInput, string> {
  if (/^\{\s*"schemaVersion": \d+,\s*"kind": "evidence/.test(text)) return 'another-document';
  const { form } = recognise(bytes);
  const isOfMachine = form === 'json' || form === 'markup' ? /TLS|SSL|Cryptography/i.test(text) : form !== null;
  if (isOfMachine) return 'configuration-input';
  return text.includes('\0') ? 'binary' : 'other-text';
}

function isColumns(line: string): boolean {
  const names = line.split('\t');
  return neededColumns.every((name) => names.includes(name));
}
