/** Bounds-checked reads of little-endian bytes. What is not there is an error with its offset. */
import { type ExpectedInput, type FoundInput, InvalidInputError } from '../errors';

/** Code units: a key and a value name fit into it, mostly; more costs more than a second look. */
const usualText = 160;

export class ByteReader {
  readonly length: number;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /** UTF-16LE from `#textStart` on, a piece of the bytes: the names of a record are found and cut out of one. */
  #text = '';
  #textStart = 0;

  constructor(
    bytes: Uint8Array,
    readonly source: string,
  ) {
    this.length = bytes.byteLength;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An unsigned 32-bit number. */
  uint32(offset: number, expected: ExpectedInput): number {
    if (offset + 4 > this.length) this.fail(offset, expected);
    return this.#view.getUint32(offset, true);
  }

  /** One given UTF-16LE code unit. */
  requireUnit(offset: number, unit: number, expected: ExpectedInput): void {
    if (offset + 2 > this.length || this.#view.getUint16(offset, true) !== unit) this.fail(offset, expected);
  }

  /** The UTF-16LE string of at most `longest` code units that begins here and ends ahead of a NUL. */
  textToNul(start: number, longest: number, expected: ExpectedInput): string {
    let first = this.#placeOf(start);
    let end = first === -1 ? -1 : this.#text.indexOf('\0', first);
    for (let units = usualText; end === -1; units = longest + 1) {
      this.#decode(start, start + 2 * units);
      first = 0;
      end = this.#text.indexOf('\0');
      if (units > longest) break;
    }
    if (end === -1 || end - first > longest) {
      const isLonger = this.length - start > 2 * longest;
      this.fail(start, expected, isLonger ? { longerThan: longest } : 'end-of-file');
    }
    return this.#text.slice(first, end);
  }

  /** Where an offset stands in `#text`, or -1. */
  #placeOf(offset: number): number {
    const distance = offset - this.#textStart;
    return distance >= 0 && (distance & 1) === 0 && distance >> 1 < this.#text.length ? distance >> 1 : -1;
  }

  #decode(start: number, end: number): void {
    this.#text = this.#bytes.toString('utf16le', start, end);
    this.#textStart = start;
  }

  /** A view of the bytes from `offset` on. */
  bytes(offset: number, count: number, expected: ExpectedInput): Uint8Array {
    const left = this.length - offset;
    if (count > left) this.fail(offset, expected, { announced: count, left });
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + offset, count);
  }

  /** @throws InvalidInputError always */
  fail(offset: number, expected: ExpectedInput, found?: FoundInput): never {
    throw new InvalidInputError(this.source, { offset }, expected, found ?? this.#describe(offset));
  }

  #describe(offset: number): FoundInput {
    const bytes = this.#bytes.subarray(offset, offset + 4);
    return bytes.length === 0 ? 'end-of-file' : { bytes: bytes.toString('hex').replace(/..\B/g, '$& ') };
  }
}
