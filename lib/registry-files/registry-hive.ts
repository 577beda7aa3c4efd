/**
 * Registry hives, the files in which Windows keeps `SYSTEM` and `SOFTWARE` (regf; M. Suhanov, "Windows registry file format
 * specification"): a header of 4,096 bytes, then cells that refer to each other by their offset behind it. Read only; every
 * offset and count is checked against the file, and only the keys that are asked for are looked at.
 */
import { InputTooLargeError } from '../errors';
import { ByteReader } from './byte-reader';
import type { RegistryValue } from './registry-value';

/** `SOFTWARE` of a machine with many programs has some hundred megabytes; 512 MiB. */
export const largestHive = 512 * 1024 * 1024;

const headerLength = 4096;
/** A value with more data than this is split (version 1.4 and later). */
const longestSegment = 16_344;
const compressedKeyName = 0x20;
const compressedValueName = 1;

export interface HiveKey {
  readonly name: string;
  /** The key below it of that name, case-insensitive; undefined where there is none. @throws InvalidInputError */
  subkey(name: string): HiveKey | undefined;
  /** @throws InvalidInputError */
  subkeys(): readonly HiveKey[];
  /** With their names; the default value of a key has the name `''`. @throws InvalidInputError */
  values(): readonly { readonly name: string; readonly value: RegistryValue }[];
}

export interface RegistryHive {
  readonly root: HiveKey;
  /** Windows had more in the logs beside the file than in it. */
  readonly isDirty: boolean;
}

export function isRegistryHive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x72 && bytes[1] === 0x65 && bytes[2] === 0x67 && bytes[3] === 0x66;
}

/** @throws InvalidInputError, here and from what it answers with; InputTooLargeError above `largestHive` */
export function openRegistryHive(bytes: Uint8Array, source: string): RegistryHive {
  if (bytes.byteLength > largestHive) throw new InputTooLargeError(source, largestHive, bytes.byteLength);
  const reader = new ByteReader(bytes, source);
  const header = (offset: number) => reader.uint32(offset, 'hive-header');
  if (!isRegistryHive(bytes)) reader.fail(0, 'hive-header');
  // Logs have the same signature and another type.
  if (header(20) !== 1 || header(28) !== 0) reader.fail(20, 'hive-header');
  let checksum = 0;
  for (let offset = 0; offset < 508; offset += 4) checksum ^= header(offset);
  checksum >>>= 0;
  const expected = checksum === 0 ? 1 : checksum === 0xffffffff ? 0xfffffffe : checksum;
  const isDirty = header(4) !== header(8) || header(508) !== expected;
  return { root: new Key(new Cells(reader), header(36)), isDirty };
}

/** A record inside of a cell: reads by offsets from its start, and never behind its end. */
class Record {
  readonly signature: string;

  constructor(
    readonly reader: ByteReader,
    readonly start: number,
    readonly length: number,
  ) {
    this.signature = length < 2 ? '' : Buffer.from(reader.bytes(start, 2, 'hive-record')).toString('latin1');
  }

  uint16(offset: number): number {
    const [low = 0, high = 0] = this.bytes(offset, 2);
    return low | (high << 8);
  }

  uint32(offset: number): number {
    this.bytes(offset, 4);
    return this.reader.uint32(this.start + offset, 'hive-record');
  }

  bytes(offset: number, count: number): Uint8Array {
    if (offset + count > this.length) this.fail();
    return this.reader.bytes(this.start + offset, count, 'hive-record');
  }

  /** Latin-1 where the flags say that it was compressed, else UTF-16LE. */
  name(offset: number, length: number, isCompressed: boolean): string {
    return Buffer.from(this.bytes(offset, length)).toString(isCompressed ? 'latin1' : 'utf16le');
  }

  fail(): never {
    return this.reader.fail(this.start, 'hive-record');
  }
}

class Cells {
  /** No more keys can be in the file, whatever its lists say. */
  readonly most: number;

  constructor(readonly reader: ByteReader) {
    this.most = Math.ceil(reader.length / 80);
  }

  /** The record of the cell at an offset; `signatures` are those that may stand there, none for plain data. */
  record(offset: number, ...signatures: readonly string[]): Record {
    const start = headerLength + offset;
    // The size of a cell in use is negative.
    const size = -(this.reader.uint32(start, 'hive-cell') | 0);
    if (size < 8 || start + size > this.reader.length) this.reader.fail(start, 'hive-cell');
    const record = new Record(this.reader, start + 4, size - 4);
    if (signatures.length > 0 && !signatures.includes(record.signature)) record.fail();
    return record;
  }
}

class Key implements HiveKey {
  readonly #record: Record;

  constructor(
    readonly cells: Cells,
    offset: number,
  ) {
    this.#record = cells.record(offset, 'nk');
  }

  get name(): string {
    const isCompressed = (this.#record.uint16(2) & compressedKeyName) !== 0;
    return this.#record.name(76, this.#record.uint16(72), isCompressed);
  }

  subkey(name: string): HiveKey | undefined {
    const wanted = name.toUpperCase();
    return this.subkeys().find((key) => key.name.toUpperCase() === wanted);
  }

  subkeys(): readonly HiveKey[] {
    if (this.#record.uint32(20) === 0) return [];
    const list = this.cells.record(this.#record.uint32(28), 'lf', 'lh', 'li', 'ri');
    const lists =
      list.signature === 'ri' ? this.#offsets(list, 4).map((at) => this.cells.record(at, 'lf', 'lh', 'li')) : [list];
    const keys: Key[] = [];
    for (const one of lists) {
      for (const offset of this.#offsets(one, one.signature === 'li' ? 4 : 8)) {
        if (keys.length >= this.cells.most) one.fail();
        keys.push(new Key(this.cells, offset));
      }
    }
    return keys;
  }

  #offsets(list: Record, width: number): readonly number[] {
    const count = list.uint16(2);
    if (4 + count * width > list.length) list.fail();
    return Array.from({ length: count }, (_, index) => list.uint32(4 + index * width));
  }

  values(): readonly { readonly name: string; readonly value: RegistryValue }[] {
    const count = this.#record.uint32(36);
    if (count === 0) return [];
    const list = this.cells.record(this.#record.uint32(40));
    if (count * 4 > list.length) list.fail();
    return Array.from({ length: count }, (_, index) => readValue(this.cells, list.uint32(index * 4)));
  }
}

function readValue(cells: Cells, offset: number): { readonly name: string; readonly value: RegistryValue } {
  const record = cells.record(offset, 'vk');
  const name = record.name(20, record.uint16(2), (record.uint16(16) & compressedValueName) !== 0);
  return { name, value: { type: record.uint32(12), data: readData(cells, record) } };
}

function readData(cells: Cells, record: Record): Uint8Array {
  const size = record.uint32(4);
  // Up to four bytes stand where the offset would.
  if (size >= 0x80000000) {
    if (size - 0x80000000 > 4) record.fail();
    return record.bytes(8, size - 0x80000000);
  }
  if (size === 0) return new Uint8Array();
  const data = cells.record(record.uint32(8));
  if (size <= longestSegment || data.signature !== 'db') return data.bytes(0, size);
  const count = data.uint16(2);
  const list = cells.record(data.uint32(4));
  if (size > count * longestSegment) data.fail();
  const pieces: Uint8Array[] = [];
  for (let left = size, index = 0; left > 0; left -= longestSegment, index += 1) {
    pieces.push(cells.record(list.uint32(index * 4)).bytes(0, Math.min(left, longestSegment)));
  }
  return new Uint8Array(Buffer.concat(pieces));
}
