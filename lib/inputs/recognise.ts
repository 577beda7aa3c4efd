/** Bytes → form, by what stands in them and never by a file's name. */
import type { FoundInput } from '../errors';
import { repairPolicyText } from '../policy/policy-text';
import { decodeText } from './decode-text';
import { namesPlace } from './places';

export type TextForm =
  | 'reg-query'
  | 'script'
  | 'lgpo'
  | 'security-template'
  | 'json'
  | 'markup'
  | 'table'
  | 'source'
  | 'list';

export type Recognised =
  | { readonly form: 'registry-pol' }
  | { readonly form: 'reg-file' }
  | { readonly form: TextForm; readonly text: string }
  /** What it looks like instead. */
  | { readonly form: null; readonly looksLike: Extract<FoundInput, string> };

const signatures: readonly (readonly [string, Extract<FoundInput, string>])[] = [
  ['regf', 'registry-hive'],
  ['PK\x03\x04', 'archive'],
  ['MSCF', 'archive'],
  ['\x1f\x8b', 'archive'],
  ['%PDF', 'pdf'],
  ['MZ', 'program'],
  ['ElfFile', 'event-log'],
  ['\x89PNG', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['\xd0\xcf\x11\xe0', 'office-document'],
];

export function recognise(bytes: Uint8Array): Recognised {
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  if (start.startsWith('PReg')) return { form: 'registry-pol' };
  const signature = signatures.find(([magic]) => start.startsWith(magic));
  if (signature !== undefined) return { form: null, looksLike: signature[1] };
  const plain = start.replaceAll('\0', '').replace(/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?\s*/, '');
  if (/^(?:REGEDIT4|Windows Registry Editor Version)/.test(plain)) return { form: 'reg-file' };
  const text = decodeText(bytes);
  if (text === undefined) return { form: null, looksLike: 'binary' };
  return recogniseText(text);
}

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
      /\breg(?:\.exe)?"?[ \t]+add\b|\b(?:Set-ItemProperty|New-ItemProperty|Set-GPRegistryValue|Set-PolicyFileEntry)\b|\[(?:Microsoft\.Win32\.)?Registry\]::SetValue/i.test(
        text,
      ),
  ],
  ['source', namesPlace],
  ['table', isTable],
];

function isJson(text: string): boolean {
  if (!/^\s*[[{"]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** `Get-TlsCipherSuite`, and our own tables: a heading, then one name a line. */
function isTable(text: string): boolean {
  if (/^Name[ \t]*:[ \t]*(?:TLS|SSL)_\w+[ \t]*\r?$/m.test(text)) return true;
  const heading = /^[^\r\n]*(?:\bName\b|cipher suite|暗号スイート)[^\r\n]*$/im.exec(text);
  if (heading === null) return false;
  const lines = text.slice(heading.index + heading[0].length).split(/\r?\n/);
  const counts = lines.map((line) => line.match(/\b(?:TLS|SSL)_[A-Z0-9_]+/gi)?.length ?? 0);
  return counts.includes(1) && counts.every((count) => count <= 1);
}

/**
 * Whether most of a text is names, however they are separated, quoted or spelt; half of it where signs stand between them and
 * no blanks, as in no sentence.
 */
export function isList(text: string): boolean {
  const { list, faults } = repairPolicyText(withoutComments(text));
  const foreign = faults.filter(({ kind, found }) => kind === 'not-a-name' && /\p{L}/u.test(found)).length;
  const isOfSigns = /[,;]/.test(text) && !/\S[ \t]+\S/.test(text.trim());
  return list.length > 0 && foreign * (isOfSigns ? 1 : 2) <= list.length;
}

/** Comments of scripts and configuration files; a name that stands in one is not in the list. */
export function withoutComments(text: string): string {
  return text.replace(/(^|[ \t,])(?:#|\/\/|::|REM[ \t])[^\r\n]*/gim, '$1');
}
