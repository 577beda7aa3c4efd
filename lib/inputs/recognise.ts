/** Bytes → form, by what stands in them and never by a file's name. */
import type { FoundInput } from '../errors';
import { foreignFormatOf } from '../files/foreign-format';
import { logFormatOf } from '../files/log-format';
import { repairPolicyText } from '../policy/policy-text';
import { decodeText, isInTwoEncodings } from './decode-text';
import { namesPlace } from './places';
import { linesOf } from './readers/registry-text';

export type TextForm =
  | 'reg-query'
  | 'script'
  | 'lgpo'
  | 'machine-lines'
  | 'security-template'
  | 'json'
  | 'markup'
  | 'table'
  | 'source'
  | 'list';

export type Recognised =
  | { readonly form: 'registry-pol' }
  | { readonly form: 'registry-hive' }
  | { readonly form: 'reg-file' }
  | { readonly form: Exclude<TextForm, 'json' | 'machine-lines'>; readonly text: string }
  | { readonly form: 'machine-lines'; readonly text: string; readonly documents: readonly unknown[] }
  | { readonly form: 'json'; readonly text: string; readonly document: unknown }
  /** What it looks like instead. */
  | { readonly form: null; readonly looksLike: Extract<FoundInput, string> };

export function recognise(bytes: Uint8Array): Recognised {
  const start = startOf(bytes);
  if (start.startsWith('PReg')) return { form: 'registry-pol' };
  if (start.startsWith('regf')) return { form: 'registry-hive' };
  const foreign = foreignFormatOf(start);
  if (foreign !== undefined) return { form: null, looksLike: foreign };
  if (isRegistryFile(bytes)) return { form: 'reg-file' };
  const text = decodeText(bytes);
  if (text === undefined) return { form: null, looksLike: isInTwoEncodings(bytes) ? 'two-encodings' : 'binary' };
  return recogniseText(text);
}

/** A Registry.pol or a `.reg` file: these may be large. */
export function isRegistryFile(bytes: Uint8Array): boolean {
  const start = startOf(bytes);
  if (start.startsWith(usualStart)) return true;
  const plain = start.replaceAll('\0', '').replace(/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?\s*/, '');
  return /^(?:PReg|REGEDIT4|Windows Registry Editor Version)/.test(plain);
}

/** What regedit and `reg export` write first, in UTF-16. */
const usualStart = `\xff\xfe${'Windows Registry Editor Version'.split('').join('\0')}`;

const startOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 512)).toString('latin1');

/** What somebody pasted. */
export function recogniseText(given: string): Recognised {
  const text = withoutPrompts(withBackslashes(given));
  if (text.trim() === '') return { form: null, looksLike: 'nothing' };
  if (/^\s*(?:REGEDIT4|Windows Registry Editor Version)/.test(text)) return { form: 'reg-file' };
  if (logFormatOf(text.slice(0, 64 * 1024).trimStart()) !== undefined) return { form: null, looksLike: 'log' };
  const documents = machineLines(text);
  if (documents !== undefined) return { form: 'machine-lines', text, documents };
  const document = parseJson(text);
  if (document !== undefined) return { form: 'json', text, document };
  const form = textForms.find(([, matches]) => matches(text))?.[0];
  if (form !== undefined) return { form, text };
  return isList(text) ? { form: 'list', text } : { form: null, looksLike: 'other-text' };
}

/** Japanese and Korean code pages show a backslash as their currency, and what is copied from there may hold that. */
function withBackslashes(text: string): string {
  if (!/(?:HKLM|HKEY_LOCAL_MACHINE|Cryptography):?[\u00a5\u20a9\uffe5\uffe6\uff3c]/i.test(text)) return text;
  // Of a text of megabytes V8 makes two objects for each sign that `replace` finds.
  const pieces = text.match(/[\s\S]{1,65536}/g) ?? [];
  return pieces.map((piece) => piece.split(/[\u00a5\u20a9\uffe5\uffe6\uff3c]/).join('\\')).join('');
}

/** The lines of a console that a command was typed into; one that speaks of DHE stays. */
function withoutPrompts(text: string): string {
  return text.replace(/^(?:PS )?[A-Z]:\\[^>\r\n]{0,260}>(?![^\r\n]*DHE)[^\r\n]*/gim, '');
}

const textForms: readonly (readonly [Exclude<TextForm, 'json' | 'machine-lines'>, (text: string) => boolean])[] = [
  ['markup', (text) => /^\s*<[?!a-z]/i.test(text)],
  ['security-template', (text) => /^\[Registry Values\]\s*$/im.test(text)],
  ['lgpo', (text) => /^(?:Computer|User)[ \t]*\r?\n[^\r\n]*\\[^\r\n]*\r?\n[^\r\n]*\r?\n(?:[A-Z]+:|DELETE)/m.test(text)],
  [
    'reg-query',
    (text) =>
      /^[ \t]+\S[^\r\n]*?(?: {4}|\t)REG_(?:SZ|EXPAND_SZ|MULTI_SZ|DWORD|BINARY|QWORD|NONE)\b/m.test(text) &&
      /^HKEY_/m.test(text),
  ],
  [
    'script',
    (text) =>
      /\breg(?:\.exe)?"?[ \t]+(?:add|delete)\b|\b(?:(?:Set|New|Remove|Clear)-ItemProperty|Remove-Item|Set-GPRegistryValue|Set-PolicyFileEntry)\b|\bSetValue[ \t]*\(/i.test(
        text,
      ),
  ],
  ['source', (text) => namesPlace(joinBroken(text))],
  ['table', isTable],
];

/** What fleets carry: our JSON documents of machines, each in a line. */
function machineLines(text: string): readonly unknown[] | undefined {
  if (!isMachineLine(text)) return undefined;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  try {
    return lines.map((line) => JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Whether a text begins with such a line. */
export function isMachineLine(text: string): boolean {
  return /^\s*\{.{0,1000}"kind"\s*:\s*"(?:record|raw|configuration)"/.test(text);
}

/** Arrays and objects take far more memory than the signs that they are written with; a document has text in them. */
function parseJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let brackets = -1000;
  for (const _ of text.matchAll(/[[{]/g)) brackets += 1;
  if (brackets > text.length / 16) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTable(text: string): boolean {
  return tableNames(text) !== undefined;
}

/**
 * The names in a table: one a row, below a heading, or as `Name : …` in lists of properties. What `Get-TlsCipherSuite` prints,
 * our own tables, Markdown. Undefined where a text is none, such as a program in which a name follows the word.
 */
export function tableNames(text: string): readonly string[] | undefined {
  const listed = [...text.matchAll(/^Name[ \t]*:[ \t]*((?:TLS|SSL)_\w+)[ \t]*\r?$/gim)].map(([, name = '']) => name);
  if (listed.length > 0) return listed;
  const names: string[] = [];
  let [isBelow, isOver] = [false, false];
  for (const line of linesOf(text)) {
    if (isOver) break;
    const [name, ...others] = namesIn(line);
    if (!isBelow) isBelow = name === undefined && heading.test(line);
    else if (name === undefined && names.length > 0) {
      if (line.trim() !== '') return undefined;
      isOver = true;
      // A rule may stand above the first one, or a line that `Format-Table` leaves empty.
    } else if (others.length > 0 || (name === undefined && /[A-Za-z0-9]/.test(line))) return undefined;
    else if (name !== undefined) names.push(name);
  }
  const known = new Set(names);
  for (const line of linesOf(text)) if (!namesIn(line).every((name) => known.has(name))) return undefined;
  return names.length > 0 ? names : undefined;
}

const heading = /^[^=;{}]*(?:\bName\b|cipher suite|暗号スイート)[^=;{}]*$/i;

const namesIn = (line: string): readonly string[] => line.match(/\b(?:TLS|SSL)_[A-Z0-9_]+/gi) ?? [];

/** A policy holds at most 32,767 characters ([MS-GPREG] 2.2.1); nobody lists more than some hundred suites. */
const largestList = 2 * 1024 * 1024;

/**
 * Whether most of a text is names, however they are separated, quoted or spelt; half of it where signs stand between them and
 * no blanks, as in no sentence.
 */
export function isList(text: string): boolean {
  if (text.length > largestList) return false;
  const { list, faults } = repairPolicyText(withoutComments(text));
  const foreign = faults.filter(({ kind, found }) => kind === 'not-a-name' && /\p{L}/u.test(found)).length;
  const isOfSigns = /[,;]/.test(text) && !/\S[ \t]+\S/.test(text.trim());
  return list.some(isSpeltAsSuite) && foreign * (isOfSigns ? 1 : 2) <= list.length;
}

/** Not only any words with a sign between them, such as the name of a setting. */
function isSpeltAsSuite(name: string): boolean {
  return /^(?:TLS|SSL)_[A-Z0-9]+(?:_|$)/i.test(name) || !name.includes('_');
}

/** Tables and lists of properties break a long value where the console ends, also inside a name; the rest is indented far. */
export function joinBroken(text: string): string {
  return text.replace(/\r?\n {10,}(?=[\w,\\])/g, '');
}

/** The same, with escaped line ends and zeros, which stand between names, as blanks. */
export function unwrap(text: string): string {
  return joinBroken(text).replace(/\\[0nrt]/g, ' ');
}

/** Comments of scripts and configuration files; a name that stands in one is not in the list. */
export function withoutComments(text: string): string {
  return text.replace(/(^|[ \t,])(?:#|\/\/|::|REM[ \t])[^\r\n]*/gim, '$1');
}
