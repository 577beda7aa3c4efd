/**
 * Registry.pol, the file in which Group Policy keeps registry settings ([MS-GPREG] 2.2.1): a header and records
 * `[key;value name;type;size;data]` without a count. The brackets and semicolons are UTF-16LE, and so may bytes of a
 * type, a size or data be: only lengths tell where a record ends.
 */
import { type ExpectedInput, InputTooLargeError, InvalidArgumentError } from '../errors';
import { ByteReader } from './byte-reader';
import { GatheredText } from './gathered-text';
import { decodeString } from './registry-value';

/** Larger than any real one by orders of magnitude; 64 MiB. */
export const largestRegistryPol = 64 * 1024 * 1024;

/** [MS-GPREG] 2.2.1. */
export const longestValueName = 259;
export const largestData = 0xffff;
/** A key path in characters: what a Windows string can hold. */
export const longestKey = 32_767;

/** What a record says. Names may hold anything but NUL, also halves of surrogate pairs. */
export interface RegistryPolSetting {
  /** Without a hive: the file of the computer half is below HKLM, that of the user half below HKCU. */
  readonly key: string;
  /** `''` is the key's default value; a name that begins with `**` is a directive. */
  readonly valueName: string;
  /** Any number: one that Windows does not name survives. */
  readonly type: number;
  readonly data: Uint8Array;
}

/** A record and where it stands; `data` is a view of the file's bytes. */
export interface RegistryPolEntry extends RegistryPolSetting {
  /** Of the opening bracket, in bytes from the start of the file. */
  readonly offset: number;
  /** In bytes, both brackets included. */
  readonly length: number;
}

const signature = 0x67655250; // "PReg"
const version = 1;
const headerLength = 8;
const [open, separator, close] = [0x5b, 0x3b, 0x5d];

/**
 * The records in file order, duplicates included, one at a time: of a file with millions of them, only those are in
 * memory that the caller keeps. The header is read at once; a record at fault is
 * an error where it is reached. The bytes must not change meanwhile.
 *
 * @param source names the file in errors
 * @throws InvalidInputError with the offset and what was expected there
 * @throws InputTooLargeError above `largestRegistryPol`
 */
export function readRegistryPol(bytes: Uint8Array, source: string): IterableIterator<RegistryPolEntry> {
  if (bytes.byteLength > largestRegistryPol) throw new InputTooLargeError(source, largestRegistryPol, bytes.byteLength);
  const reader = new ByteReader(bytes, source);
  if (reader.uint32(0, 'pol-signature') !== signature) reader.fail(0, 'pol-signature');
  if (reader.uint32(4, 'pol-version') !== version) reader.fail(4, 'pol-version');
  return new RecordIterator(reader);
}

/** How many records are looked at before their names are decoded together. */
const recordsAhead = 64;

/** Of one look ahead: of each record the lengths of key and value name, the key and the value name. */
const names = new GatheredText(4 + 2 * (longestKey + 1) + 2 * (longestValueName + 1));

/** V8 does not inline a generator into the loop over it. */
class RecordIterator implements IterableIterator<RegistryPolEntry> {
  #offset = headerLength;
  #names = '';
  #place = 0;

  constructor(readonly reader: ByteReader) {}

  next(): IteratorResult<RegistryPolEntry, undefined> {
    if (this.#place === this.#names.length) {
      if (this.#offset >= this.reader.length) return { done: true, value: undefined };
      this.#lookAhead();
    }
    const names = this.#names;
    const keyStart = this.#place + 2;
    const keyLength = names.charCodeAt(keyStart - 2);
    const nameLength = names.charCodeAt(keyStart - 1);
    const nameStart = keyStart + paddedLength(keyLength);
    this.#place = nameStart + paddedLength(nameLength);
    const key = names.slice(keyStart, keyStart + keyLength);
    const valueName = names.slice(nameStart, nameStart + nameLength);
    const { reader } = this;
    const offset = this.#offset;
    // Behind `[key\0;value name\0;`.
    const numbers = offset + 2 * (keyLength + nameLength + 5);
    const type = reader.uint32(numbers, 'pol-type');
    const size = reader.uint32(numbers + 6, 'pol-size');
    const data = reader.bytes(numbers + 12, size, 'pol-data');
    const length = numbers + 14 + size - offset;
    this.#offset += length;
    return { done: false, value: { offset, length, key, valueName, type, data } };
  }

  /** Up to a record at fault, or without room for its names: as the first, it has the room, and a fault is an error. */
  #lookAhead(): void {
    names.clear();
    let { used } = names;
    let offset = this.#offset;
    try {
      for (let count = 0; count < recordsAhead && offset < this.reader.length; count += 1) {
        offset = checkRecord(this.reader, offset);
        ({ used } = names);
      }
    } catch (error) {
      if (used === 0) throw error;
    }
    this.#names = names.decode(used);
    this.#place = 0;
  }

  [Symbol.iterator]() {
    return this;
  }
}

const paddedLength = (length: number) => (length + 2) & ~1;

/** Adds its names to `names`. @returns the offset of its end */
function checkRecord(reader: ByteReader, offset: number): number {
  reader.requireUnit(offset, open, 'pol-record');
  const lengths = names.addPair();
  const keyStart = offset + 2;
  const keyEnd = addName(reader, keyStart, longestKey, 'pol-key');
  if (keyEnd === keyStart) reader.fail(keyStart, 'pol-key', 'empty-key');
  reader.requireUnit(keyEnd + 2, separator, 'pol-separator');
  const nameStart = keyEnd + 4;
  const nameEnd = addName(reader, nameStart, longestValueName, 'pol-value-name');
  names.setPair(lengths, (keyEnd - keyStart) >> 1, (nameEnd - nameStart) >> 1);
  reader.requireUnit(nameEnd + 2, separator, 'pol-separator');
  reader.uint32(nameEnd + 4, 'pol-type');
  reader.requireUnit(nameEnd + 8, separator, 'pol-separator');
  const size = reader.uint32(nameEnd + 10, 'pol-size');
  if (size > largestData) reader.fail(nameEnd + 10, 'pol-size', { number: size });
  reader.requireUnit(nameEnd + 14, separator, 'pol-separator');
  const dataStart = nameEnd + 16;
  reader.requireBytes(dataStart, size, 'pol-data');
  reader.requireUnit(dataStart + size, close, 'pol-record-end');
  return dataStart + size + 2;
}

function addName(reader: ByteReader, start: number, longest: number, expected: ExpectedInput): number {
  const end = names.add(reader.view, start, Math.min(reader.length, start + 2 * (longest + 1)));
  if (end === -1) {
    const isLonger = reader.length - start > 2 * longest;
    reader.fail(start, expected, isLonger ? { longerThan: longest } : 'end-of-file');
  }
  return end;
}

/** A file of these records, in this order. @throws InvalidArgumentError for what no record can hold */
export function writeRegistryPol(settings: readonly RegistryPolSetting[]): Uint8Array {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(signature, 0);
  header.writeUInt32LE(version, 4);
  return plainBytes(Buffer.concat([header, ...settings.map(encodeSetting)]));
}

/**
 * The file with one record replaced; every byte outside of it stays as it is.
 *
 * @param entry as `readRegistryPol` gave it for these very bytes
 * @throws InvalidArgumentError for what no record can hold
 */
export function replaceRegistryPolEntry(
  bytes: Uint8Array,
  entry: RegistryPolEntry,
  setting: RegistryPolSetting,
): Uint8Array {
  const before = bytes.subarray(0, entry.offset);
  const after = bytes.subarray(entry.offset + entry.length);
  return plainBytes(Buffer.concat([before, encodeSetting(setting), after]));
}

function encodeSetting({ key, valueName, type, data }: RegistryPolSetting): Buffer {
  requireText('key', key, 1, longestKey);
  requireText('value name', valueName, 0, longestValueName);
  if (data.byteLength > largestData)
    throw new InvalidArgumentError('data', `at most ${largestData} bytes`, data.byteLength);
  if (!Number.isInteger(type) || type < 0 || type > 0xffffffff)
    throw new InvalidArgumentError('type', 'a 32-bit number', type);
  const numbers = Buffer.alloc(14);
  numbers.writeUInt16LE(separator, 0);
  numbers.writeUInt32LE(type, 2);
  numbers.writeUInt16LE(separator, 6);
  numbers.writeUInt32LE(data.byteLength, 8);
  numbers.writeUInt16LE(separator, 12);
  const start = Buffer.from(`[${key}\0;${valueName}\0`, 'utf16le');
  return Buffer.concat([start, numbers, data, Buffer.from(']', 'utf16le')]);
}

function requireText(what: string, text: string, shortest: number, longest: number): void {
  if (text.length < shortest || text.length > longest || text.includes('\0')) {
    throw new InvalidArgumentError(what, `${shortest} to ${longest} characters without NUL`, text);
  }
}

function plainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** What a value name that begins with `**` tells Group Policy to do ("Registry Policy File Format", Microsoft). */
export type RegistryPolDirective =
  | { readonly kind: 'delete-values'; readonly names: readonly string[] }
  | { readonly kind: 'delete-all-values' }
  /** Keys below the record's own. */
  | { readonly kind: 'delete-keys'; readonly names: readonly string[] }
  | { readonly kind: 'secure-key' }
  /** Sets the value only where it does not exist yet. */
  | { readonly kind: 'set-if-absent'; readonly name: string };

/** The directive in a record's value name, or undefined where the record simply sets a value. */
export function directiveOf({ valueName, data }: RegistryPolSetting): RegistryPolDirective | undefined {
  const match = /^\*\*(del\.|delvals\.?$|deletevalues$|deletekeys$|securekey(?:=.*)?$|soft\.)(.*)$/is.exec(valueName);
  const [, word = '', name = ''] = match ?? [];
  switch (word.toLowerCase().replace(/[.=].*$/s, '')) {
    case 'del':
      return { kind: 'delete-values', names: [name] };
    case 'delvals':
      return { kind: 'delete-all-values' };
    case 'deletevalues':
      return { kind: 'delete-values', names: splitNames(data) };
    case 'deletekeys':
      return { kind: 'delete-keys', names: splitNames(data) };
    case 'securekey':
      return { kind: 'secure-key' };
    case 'soft':
      return { kind: 'set-if-absent', name };
    default:
      return undefined;
  }
}

function splitNames(data: Uint8Array): string[] {
  return decodeString(data)
    .split(';')
    .filter((name) => name !== '');
}

/** The record that decides about a value, and whether it sets it; undefined where the file says nothing about it. */
export function findRegistryPolValue(
  entries: Iterable<RegistryPolEntry>,
  key: string,
  valueName: string,
): { readonly entry: RegistryPolEntry; readonly isSet: boolean } | undefined {
  const wanted = { key: key.toLowerCase(), name: valueName.toLowerCase() };
  let found: { entry: RegistryPolEntry; isSet: boolean } | undefined;
  for (const entry of entries) {
    const effect = effectOf(entry, wanted);
    // What comes later wins.
    if (effect === 'set' || effect === 'delete') found = { entry, isSet: effect === 'set' };
    else if (effect === 'set-if-absent' && found?.isSet !== true) found = { entry, isSet: true };
  }
  return found;
}

function effectOf(
  entry: RegistryPolEntry,
  wanted: { readonly key: string; readonly name: string },
): 'set' | 'set-if-absent' | 'delete' | undefined {
  if (entry.key.length > wanted.key.length) return undefined;
  const key = entry.key.toLowerCase();
  const isWantedKey = key === wanted.key;
  if (!isWantedKey && !wanted.key.startsWith(`${key}\\`)) return undefined;
  if (!entry.valueName.startsWith('**')) {
    return isWantedKey && entry.valueName.toLowerCase() === wanted.name ? 'set' : undefined;
  }
  const directive = directiveOf(entry);
  const holds = (names: readonly string[], name: string) => names.some((one) => one.toLowerCase() === name);
  if (directive?.kind === 'delete-keys') {
    const below = wanted.key.slice(key.length + 1);
    const isAbove = directive.names.some((name) => `${below}\\`.startsWith(`${name.toLowerCase()}\\`));
    return isAbove && !isWantedKey ? 'delete' : undefined;
  }
  if (!isWantedKey) return undefined;
  if (directive?.kind === 'delete-all-values') return 'delete';
  if (directive?.kind === 'delete-values') return holds(directive.names, wanted.name) ? 'delete' : undefined;
  return directive?.kind === 'set-if-absent' && holds([directive.name], wanted.name) ? 'set-if-absent' : undefined;
}
