/** Bytes → form, by what stands in them and never by a file's name. */
import type { FoundInput } from '../errors';
import { foreignFormatOf } from '../files/foreign-format';
import { repairPolicyText } from '../policy/policy-text';
import { decodeText, isInTwoEncodings } from './decode-text';
import { namesPlace } from './places';

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
  | { readonly form: TextForm; readonly text: string }
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
  const plain = startOf(bytes)
    .replaceAll('\0', '')
    .replace(/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?\s*/, '');
  return /^(?:PReg|REGEDIT4|Windows Registry Editor Version)/.test(plain);
}

const startOf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 512)).toString('latin1');

/** What somebody pasted. */
export function recogniseText(text: string): Recognised {
  if (text.trim() === '') return { form: null, looksLike: 'nothing' };
  if (/^\s*(?:REGEDIT4|Windows Registry Editor Version)/.test(text)) return { form: 'reg-file' };
  const form = textForms.find(([, matches]) => matches(text))?.[0];
  if (form !== undefined) return { form, text };
  return isList(text) ? { form: 'list', text } : { form: null, looksLike: 'other-text' };
}

const textForms: readonly (readonly [TextForm, (text: string) => boolean])[] = [
  ['markup', (text) => /^\s*<[?!a-z]/i.test(text)],
  ['machine-lines', (text) => machineLines(text) !== undefined],
  ['json', isJson],
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
  ['source', namesPlace],
  ['table', isTable],
];

/** What fleets carry: our JSON documents of machines, each in a line. */
export function machineLines(text: string): readonly unknown[] | undefined {
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

function isJson(text: string): boolean {
  if (!/^\s*[[{"]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
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
  const lines = text.split(/\r?\n/);
  const heading = lines.findIndex(
    (line) => /^[^=;{}]*(?:\bName\b|cipher suite|暗号スイート)[^=;{}]*$/i.test(line) && namesIn(line).length === 0,
  );
  if (heading === -1) return undefined;
  // A rule may stand between, or a line above the first one that `Format-Table` leaves empty.
  const below = lines.slice(heading + 1).map(namesIn);
  const first = below.findIndex((names) => names.length > 0);
  if (first === -1 || lines.slice(heading + 1, heading + 1 + first).some((line) => /[A-Za-z0-9]/.test(line)))
    return undefined;
  const rest = below.slice(first);
  const end = rest.findIndex((names, row) => names.length === 0 || lines[heading + 1 + first + row]?.trim() === '');
  const rows = end === -1 ? rest : rest.slice(0, end);
  if (rows.some((names) => names.length !== 1) || /\S/.test(lines[heading + 1 + first + rows.length] ?? ''))
    return undefined;
  const names = rows.flat();
  const known = new Set(names);
  return lines.every((line) => namesIn(line).every((name) => known.has(name))) ? names : undefined;
}

const namesIn = (line: string): readonly string[] => line.match(/\b(?:TLS|SSL)_[A-Z0-9_]+/gi) ?? [];

/** A policy holds at most 32,767 characters ([MS-GPREG] 2.2.1); nobody lists more than some hundred suites. */
const largestList = 4 * 1024 * 1024;

/**
 * Whether most of a text is names, however they are separated, quoted or spelt; half of it where signs stand between them and
 * no blanks, as in no sentence.
 */
export function isList(text: string): boolean {
  if (text.length > largestList) return false;
  const { list, faults } = repairPolicyText(withoutComments(text));
  const foreign = faults.filter(({ kind, found }) => kind === 'not-a-name' && /\p{L}/u.test(found)).length;
  const isOfSigns = /[,;]/.test(text) && !/\S[ \t]+\S/.test(text.trim());
  return list.length > 0 && foreign * (isOfSigns ? 1 : 2) <= list.length;
}

/** Comments of scripts and configuration files; a name that stands in one is not in the list. */
export function withoutComments(text: string): string {
  return text.replace(/(^|[ \t,])(?:#|\/\/|::|REM[ \t])[^\r\n]*/gim, '$1');
}
