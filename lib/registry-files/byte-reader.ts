/** Bounds-checked reads of little-endian bytes. What is not there is an error with its offset. */
import { type ExpectedInput, type FoundInput, InvalidInputError } from '../errors';

export class ByteReader {
  readonly length: number;
  readonly view: DataView;
  readonly #bytes: Buffer;

  constructor(
    bytes: Uint8Array,
    readonly source: string,
  ) {
    this.length = bytes.byteLength;
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An unsigned 32-bit number. */
  uint32(offset: number, expected: ExpectedInput): number {
    if (offset + 4 > this.length) this.fail(offset, expected);
    return this.view.getUint32(offset, true);
  }

  /** One given UTF-16LE code unit. */
  requireUnit(offset: number, unit: number, expected: ExpectedInput): void {
    if (offset + 2 > this.length || this.view.getUint16(offset, true) !== unit) this.fail(offset, expected);
  }

  /** A view of the bytes from `offset` on. */
  bytes(offset: number, count: number, expected: ExpectedInput): Uint8Array {
    this.requireBytes(offset, count, expected);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + offset, count);
  }

  requireBytes(offset: number, count: number, expected: ExpectedInput): void {
    const left = this.length - offset;
    if (count > left) this.fail(offset, expected, { announced: count, left });
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
