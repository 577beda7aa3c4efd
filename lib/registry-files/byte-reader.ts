/** Bounds-checked reads of little-endian bytes. What is not there is an error with its offset. */
import { type ExpectedInput, InvalidInputError } from '../errors';

export class ByteReader {
  readonly length: number;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /**
   * All of the bytes as UTF-16LE, from the first one and from the second one, each made when first needed: to cut a
   * name out of one text costs a fraction of decoding it alone.
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
    const view = this.#view;
    const last = Math.min(start + 2 * longest, this.length - 2);
    let offset = start;
    // Two units at once, while neither is zero: the borrow of one that is reaches its highest bit.
    for (; offset + 2 <= last; offset += 4) {
      const pair = view.getInt32(offset, true);
      if (((pair - 0x00010001) & ~pair & 0x80008000) !== 0) break;
    }
    while (offset <= last && view.getUint16(offset, true) !== 0) offset += 2;
    if (offset > last) {
      const isLonger = this.length - start > 2 * longest;
      this.fail(start, expected, isLonger ? `more than ${longest} characters` : 'the end of the file');
    }
    return offset;
  }

  /** The UTF-16LE string between two offsets. */
  text(start: number, end: number): string {
    const first = start & 1;
    this.#texts[first] ??= this.#bytes.toString('utf16le', first);
    return this.#texts[first].slice(start >> 1, end >> 1);
  }

  /** A view of the bytes from `offset` on. */
  bytes(offset: number, count: number, expected: ExpectedInput): Uint8Array {
    const left = this.length - offset;
    if (count > left) this.fail(offset, expected, `${count} bytes announced and ${left} left`);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + offset, count);
  }

  /** @throws InvalidInputError always */
  fail(offset: number, expected: ExpectedInput, found?: string): never {
    throw new InvalidInputError(this.source, { offset }, expected, found ?? this.#describe(offset));
  }

  #describe(offset: number): string {
    const bytes = this.#bytes.subarray(offset, offset + 4);
    return bytes.length === 0 ? 'the end of the file' : `the bytes ${bytes.toString('hex').replace(/..\B/g, '$& ')}`;
  }
}
