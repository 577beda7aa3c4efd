/** A cursor over bytes that never reads past their end. What is not there is an error with its offset. */
import { type ExpectedInput, InvalidInputError } from '../errors';

export class ByteReader {
  offset: number;
  readonly #bytes: Buffer;

  constructor(
    bytes: Uint8Array,
    readonly source: string,
    offset = 0,
  ) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  get atEnd(): boolean {
    return this.offset === this.#bytes.length;
  }

  /** An unsigned 32-bit number, low byte first. */
  readUint32(expected: ExpectedInput): number {
    if (this.offset + 4 > this.#bytes.length) throw this.error(expected);
    const value = this.#bytes.readUInt32LE(this.offset);
    this.offset += 4;
    return value;
  }

  /** One given UTF-16LE code unit. */
  expectUnit(unit: number, expected: ExpectedInput): void {
    const { offset } = this;
    if (offset + 2 > this.#bytes.length || this.#bytes.readUInt16LE(offset) !== unit) throw this.error(expected);
    this.offset += 2;
  }

  /** A UTF-16LE string up to its NUL, which is passed over; at most `longest` code units. */
  readTerminatedText(longest: number, expected: ExpectedInput): string {
    const start = this.offset;
    const bytes = this.#bytes;
    const limit = Math.min(bytes.length - 1, start + 2 * longest + 1);
    let end = start;
    while (end < limit && (bytes[end] !== 0 || bytes[end + 1] !== 0)) end += 2;
    if (end >= limit) throw this.error(expected, describeRest(bytes.length - start, longest));
    this.offset = end + 2;
    return bytes.toString('utf16le', start, end);
  }

  /** The next bytes, as a view of the input. */
  readBytes(count: number, expected: ExpectedInput): Uint8Array {
    const left = this.#bytes.length - this.offset;
    if (count > left) throw this.error(expected, `${count} bytes announced and ${left} left`);
    const start = this.offset;
    this.offset += count;
    return this.#bytes.subarray(start, start + count);
  }

  error(expected: ExpectedInput, found?: string, offset = this.offset): InvalidInputError {
    return new InvalidInputError(this.source, { offset }, expected, found ?? this.#describe(offset));
  }

  #describe(offset: number): string {
    const bytes = this.#bytes.subarray(offset, offset + 4);
    return bytes.length === 0 ? 'the end of the file' : `the bytes ${bytes.toString('hex').replace(/..\B/g, '$& ')}`;
  }
}

function describeRest(left: number, longest: number): string {
  return left > 2 * longest ? `more than ${longest} characters` : 'the end of the file';
}
