/** Bounds-checked reads of little-endian bytes. What is not there is an error with its offset. */
import { type ExpectedInput, type FoundInput, InvalidInputError } from '../errors';

export class ByteReader {
  readonly length: number;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /**
   * All of the bytes as UTF-16LE, from the first one and from the second one, each made when first needed: to find
   * the end of a name there and cut it out costs a fraction of decoding it alone.
   */
  readonly #texts: (string | undefined)[] = [];

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

  /** Where the NUL stands that ends a UTF-16LE string of at most `longest` code units. */
  findNul(start: number, longest: number, expected: ExpectedInput): number {
    const first = start >> 1;
    const end = this.#textOf(start).indexOf('\0', first);
    if (end === -1 || end - first > longest) {
      const isLonger = this.length - start > 2 * longest;
      this.fail(start, expected, isLonger ? { longerThan: longest } : 'end-of-file');
    }
    return start + 2 * (end - first);
  }

  /** The UTF-16LE string between two offsets. */
  text(start: number, end: number): string {
    return this.#textOf(start).slice(start >> 1, end >> 1);
  }

  #textOf(offset: number): string {
    const first = offset & 1;
    this.#texts[first] ??= this.#bytes.toString('utf16le', first);
    return this.#texts[first];
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
