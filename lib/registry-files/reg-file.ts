/**
 * `.reg` files: what regedit and `reg export` write, and what they import. Reading is linear and tells the line of every
 * fault; it takes UTF-16LE with a byte order mark, UTF-8, and REGEDIT4 (whose bytes are one ANSI character each).
 */
import { type ExpectedInput, type FoundInput, InputTooLargeError, InvalidInputError } from '../errors';
import type { RegistryEntry } from './registry-entry';
import { decodeString, encodeString, RegistryType, type RegistryValue } from './registry-value';

/** A whole SOFTWARE hive exports to more than this, but not the few keys that matter here. */
export const largestRegFile = 64 * 1024 * 1024;

/** A root that the file abbreviates is written out. */
export type RegFileEntry = RegistryEntry & { readonly line: number };

/**
 * The entries in file order; `source` names the file in errors. The default value of a key has the name `''`.
 *
 * @throws InvalidInputError with the line, for anything that regedit would not import, and for a file that is cut off
 * @throws InputTooLargeError above `largestRegFile`
 */
export function* readRegFile(bytes: Uint8Array, source: string): Generator<RegFileEntry> {
  if (bytes.byteLength > largestRegFile) throw new InputTooLargeError(source, largestRegFile, bytes.byteLength);
  const lines = new LineReader(decodeText(bytes, source), source);
  const header = lines.next()?.trim();
  if (!isHeader(header)) throw lines.error('reg-header', header === undefined ? 'nothing' : excerpt(header));
  let isAnsi = header === 'REGEDIT4';

  let key: string | undefined;
  for (let text = lines.next(); text !== undefined; text = lines.next()) {
    const line = lines.line;
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith(';') || trimmed === ctrlZ) continue;
    // Of two files that somebody joined; `trim` takes a byte order mark away too.
    if (isHeader(trimmed)) {
      isAnsi = trimmed === 'REGEDIT4';
      key = undefined;
      continue;
    }
    if (trimmed.startsWith('[')) {
      const match = /^\[(-?)([Hh][Kk][^\\\]]+)(\\.*)?\]$/s.exec(trimmed);
      if (match === null) throw lines.error('reg-key', excerpt(trimmed));
      const path = `${rootName(match[2] ?? '')}${match[3] ?? ''}`.replace(/\\+$/, '');
      key = match[1] === '-' ? undefined : path;
      yield { kind: match[1] === '-' ? 'delete-key' : 'key', line, key: path };
      continue;
    }
    if (!/^["@]/.test(trimmed)) throw lines.error('reg-line', excerpt(trimmed));
    if (key === undefined) throw lines.error('reg-key', excerpt(trimmed));
    yield readValue(text.trimStart(), lines, key, isAnsi);
  }
}

/** `copy a.reg+b.reg c.reg` without /b ends the file with it. */
const ctrlZ = '\u001a';

function isHeader(line: string | undefined): boolean {
  return line === 'REGEDIT4' || line === 'Windows Registry Editor Version 5.00';
}

/** A file that regedit imports: version 5.00, UTF-16LE with a byte order mark, CRLF. */
export function writeRegFile(entries: readonly RegFileContent[]): Uint8Array {
  const lines = ['Windows Registry Editor Version 5.00'];
  for (const entry of entries) {
    if (entry.kind === 'comment') lines.push(`; ${entry.text.replace(/[\r\n]+/g, ' ')}`);
    else if (entry.kind === 'key') lines.push('', `[${entry.key}]`);
    else lines.push(formatValue(entry.name, entry.value));
  }
  return new Uint8Array(Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf16le'));
}

export type RegFileContent =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'value'; readonly name: string; readonly value: RegistryValue };

class LineReader {
  line = 0;
  #next = 0;

  constructor(
    readonly text: string,
    readonly source: string,
  ) {}

  /** The next line without its end, or undefined after the last. */
  next(): string | undefined {
    if (this.#next >= this.text.length) return undefined;
    const end = this.text.indexOf('\n', this.#next);
    const line = this.text.slice(this.#next, end === -1 ? undefined : end);
    this.#next = end === -1 ? this.text.length : end + 1;
    this.line += 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }

  /** The lines that match a sticky expression from here on. */
  take(lines: RegExp): string | undefined {
    lines.lastIndex = this.#next;
    const found = lines.exec(this.text)?.[0];
    if (found === undefined) return undefined;
    this.#next += found.length;
    for (let end = found.indexOf('\n'); end !== -1; end = found.indexOf('\n', end + 1)) this.line += 1;
    return found;
  }

  /** Whether the last line has no end: regedit always writes one, so the file may be cut off there. */
  get endsOpen(): boolean {
    return this.#next === this.text.length && !this.text.endsWith('\n');
  }

  error(expected: ExpectedInput, found: FoundInput): InvalidInputError {
    return new InvalidInputError(this.source, { line: Math.max(1, this.line) }, expected, found);
  }
}

function readValue(text: string, lines: LineReader, key: string, isAnsi: boolean): RegFileEntry {
  const line = lines.line;
  const { name, rest } = readName(text, lines);
  if (rest === '-') return { kind: 'delete-value', line, key, name };
  if (rest.startsWith('"')) return { kind: 'value', line, key, name, value: encodeString(readString(rest, lines)) };
  const kind = rest.slice(0, rest.indexOf(':') + 1).toLowerCase();
  if (kind === 'dword:') {
    const digits = withoutComment(rest.slice(kind.length));
    if (!/^[0-9a-fA-F]{1,8}$/.test(digits)) throw lines.error('reg-dword', excerpt(rest));
    const data = new Uint8Array(4);
    new DataView(data.buffer).setUint32(0, Number.parseInt(digits, 16), true);
    return { kind: 'value', line, key, name, value: { type: RegistryType.dword, data } };
  }
  const hex = /^hex(?:\(([0-9a-f]{1,8})\))?:$/.exec(kind);
  if (hex === null) throw lines.error('reg-value-data', excerpt(rest));
  const type = hex[1] === undefined ? RegistryType.binary : Number.parseInt(hex[1], 16);
  const data = readHexBytes(rest.slice(kind.length), lines);
  const isText = type === RegistryType.expandString || type === RegistryType.multiString;
  const value = { type, data: isText && isAnsi ? widen(data) : data };
  if (lines.endsOpen && type === RegistryType.multiString && !endsWithTerminators(value.data)) {
    throw lines.error('reg-complete-value', excerpt(rest));
  }
  return { kind: 'value', line, key, name, value };
}

function readName(text: string, lines: LineReader): { name: string; rest: string } {
  const nameEnd = text.startsWith('@') ? 1 : closingQuote(text, 1) + 1;
  const rest = text.slice(nameEnd).trimStart();
  if (nameEnd === 0 || !rest.startsWith('=')) throw lines.error('reg-value-name', excerpt(text));
  return { name: unescapeText(text.slice(1, Math.max(1, nameEnd - 1))), rest: rest.slice(1).trim() };
}

/** A string may hold line ends, which regedit writes as they are; it goes on until its closing quote. */
function readString(start: string, lines: LineReader): string {
  const parts: string[] = [];
  const firstLine = lines.line;
  for (let part: string | undefined = start.slice(1); part !== undefined; part = lines.next()) {
    const end = closingQuote(part, 0);
    if (end !== -1) {
      if (withoutComment(part.slice(end + 1)) !== '') throw lines.error('reg-closing-quote', excerpt(part));
      return unescapeText([...parts, part.slice(0, end)].join('\r\n'));
    }
    parts.push(part);
  }
  lines.line = firstLine;
  throw lines.error('reg-closing-quote', excerpt(start));
}

/** Index of the first quote that no backslash takes away, or -1. */
function closingQuote(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '"') return index;
    if (text[index] === '\\') index += 1;
  }
  return -1;
}

function unescapeText(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}

function readHexBytes(first: string, lines: LineReader): Uint8Array {
  const bytes = new ByteList();
  let part = withoutComment(first);
  for (;;) {
    const continues = part.endsWith('\\');
    const digits = continues ? part.slice(0, -1).trimEnd() : part;
    readHexLine(digits, lines, bytes);
    if (!continues) {
      if (digits.endsWith(',')) throw lines.error('reg-continuation', excerpt(part));
      return bytes.taken();
    }
    const regular = lines.take(regularLines);
    if (regular !== undefined) {
      bytes.append(decodePairs(regular));
      return bytes.taken();
    }
    const next = lines.next();
    if (next === undefined) throw lines.error('reg-continuation', 'end-of-file');
    part = withoutComment(next);
  }
}

/** The rest of a value as regedit writes it, at once: twenty times as fast as byte by byte. A longer one has other lines ahead. */
const regularLines = /(?: *(?:[0-9a-fA-F]{2},){1,100}\\\r?\n){0,1000} *(?:[0-9a-fA-F]{2},){0,100}[0-9a-fA-F]{2}\r?\n/y;

/** The bytes of lines that hold pairs of digits alone, and between them commas, blanks, backslashes and line ends. */
function decodePairs(lines: string): Uint8Array {
  const text = Buffer.from(lines, 'latin1');
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] as number;
    if (sign < 0x30 || sign === 0x5c) continue;
    text[count] = sign;
    text[count + 1] = text[index + 1] as number;
    count += 2;
    index += 2;
  }
  return Buffer.from(text.toString('latin1', 0, count), 'hex');
}

function readHexLine(text: string, lines: LineReader, bytes: ByteList): void {
  for (let start = 0; start < text.length; ) {
    const comma = text.indexOf(',', start);
    const end = comma === -1 ? text.length : comma;
    const pair = text.slice(start, end).trim();
    if (!/^[0-9a-fA-F]{1,2}$/.test(pair)) throw lines.error('reg-hex-bytes', excerpt(text.slice(start, start + 60)));
    bytes.push(Number.parseInt(pair, 16));
    start = end + 1;
  }
}

/** Bytes that come one by one: an array object for every line would weigh more than the file. */
class ByteList {
  #bytes = new Uint8Array(256);
  #count = 0;

  push(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#count] = byte;
    this.#count += 1;
  }

  append(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#count);
    this.#count += bytes.length;
  }

  #makeRoom(count: number): void {
    if (this.#count + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#count + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.#count);
  }
}

function withoutComment(text: string): string {
  const comment = text.indexOf(';');
  return (comment === -1 ? text : text.slice(0, comment)).trim();
}

function endsWithTerminators(data: Uint8Array): boolean {
  return data.length >= 2 && data.length % 2 === 0 && data.subarray(-4).every((byte) => byte === 0);
}

function widen(ansi: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(ansi).toString('latin1'), 'utf16le'));
}

function rootName(root: string): string {
  return root.toUpperCase() === 'HKLM' ? 'HKEY_LOCAL_MACHINE' : root.toUpperCase();
}

function decodeText(bytes: Uint8Array, source: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) {
    const appended = findAppendedAnsi(buffer);
    if (appended !== undefined) return buffer.toString('utf16le', 2, appended) + buffer.toString('latin1', appended);
    const end = buffer.length % 2 === 1 && buffer.at(-1) === ctrlZ.charCodeAt(0) ? buffer.length - 1 : buffer.length;
    if (end % 2 === 1) throw encodingError(source, end - 1, 'half-character');
    return buffer.toString('utf16le', 2, end);
  }
  if (buffer[0] === 0xfe && buffer[1] === 0xff) throw encodingError(source, 0, 'big-endian');
  const zero = buffer.indexOf(0);
  if (zero !== -1) throw encodingError(source, zero, zero === 1 ? 'no-byte-order-mark' : 'zero-byte');
  if (buffer.toString('latin1', 0, 8) === 'REGEDIT4') return buffer.toString('latin1');
  return buffer.toString('utf8').replace(/^\ufeff/, '');
}

/** Where text of one byte a character goes on after a whole line of UTF-16: what `type a >> b` and `more +1 a >> b` do. */
function findAppendedAnsi(buffer: Buffer): number | undefined {
  const key = buffer.indexOf('[HKEY_', 2, 'latin1');
  if (key === -1) return undefined;
  const start = buffer.lastIndexOf(Buffer.from('\r\n', 'utf16le'), key) + 4;
  return start >= 4 && start % 2 === 0 && buffer.indexOf(0, start) === -1 ? start : undefined;
}

function encodingError(source: string, offset: number, found: FoundInput): InvalidInputError {
  return new InvalidInputError(source, { offset }, 'reg-encoding', found);
}

/** What stands in the file, fit for one line of an error message. */
function excerpt(text: string): FoundInput {
  const printable = text.replace(/[^\x20-\x7e\u00a1-\u{10ffff}]/gu, '?');
  return { text: printable.length > 60 ? `${printable.slice(0, 60)}...` : printable };
}

function formatValue(name: string, { type, data }: RegistryValue): string {
  const quoted = name === '' ? '@' : `"${escapeText(name)}"`;
  if (type === RegistryType.string && isPlainString(data)) return `${quoted}="${escapeText(decodeString(data))}"`;
  if (type === RegistryType.dword && data.length === 4) {
    const number = new DataView(data.buffer, data.byteOffset, 4).getUint32(0, true);
    return `${quoted}=dword:${number.toString(16).padStart(8, '0')}`;
  }
  const kind = type === RegistryType.binary ? 'hex:' : `hex(${type.toString(16)}):`;
  return wrapHex(`${quoted}=${kind}`, data);
}

/** Whether the quoted form gives these very bytes back. */
function isPlainString(data: Uint8Array): boolean {
  return Buffer.compare(encodeString(decodeString(data)).data, data) === 0 && !/[\r\n]/.test(decodeString(data));
}

function escapeText(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}

/** As regedit does it: lines of at most 80 columns, each but the last ending in a backslash. */
function wrapHex(start: string, data: Uint8Array): string {
  const lines: string[] = [];
  let line = start;
  data.forEach((byte, index) => {
    const text = `${byte.toString(16).padStart(2, '0')}${index === data.length - 1 ? '' : ','}`;
    if (line.length + text.length > 78) {
      lines.push(`${line}\\`);
      line = '  ';
    }
    line += text;
  });
  return [...lines, line].join('\r\n');
}
