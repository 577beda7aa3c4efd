/**
 * UTF-16LE strings that end with a NUL, copied one behind the other, so that one call of V8 decodes many: a call costs
 * more than most strings.
 */

/** Each string is copied with its NUL and takes an even number of code units. */
export class GatheredText {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #used = 0;

  /** @param capacity in bytes, a multiple of 4 */
  constructor(readonly capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** In bytes. */
  get used(): number {
    return this.#used;
  }

  clear(): void {
    this.#used = 0;
  }

  /** Room for two numbers of 16 bits, which stand in the text as code units. @returns where, for `setPair` */
  addPair(): number {
    this.#used += 4;
    return this.#used - 4;
  }

  setPair(at: number, first: number, second: number): void {
    this.#view.setInt32(at, first | (second << 16), true);
  }

  /** The offset of the first NUL from `start` on; -1 where it is not ahead of `end`, or the string has no room. */
  add(from: DataView, start: number, end: number): number {
    const view = this.#view;
    const last = Math.min(end, start + this.capacity - this.#used) - 4;
    const shift = this.#used - start;
    let at = start;
    for (; at <= last; at += 4) {
      const pair = from.getInt32(at, true);
      view.setInt32(at + shift, pair, true);
      // Whether one of two code units is 0: a borrow reaches the highest bit of a unit only from 0.
      if (((pair - 0x0001_0001) & ~pair & 0x8000_8000) !== 0) {
        this.#used = at + shift + 4;
        return (pair & 0xffff) === 0 ? at : at + 2;
      }
    }
    // The last unit of a file has no second one: nothing can follow it, and it is not copied.
    return end - at < 4 && end - at >= 2 && from.getUint16(at, true) === 0 ? at : -1;
  }

  /** @param end in bytes, as `used` gave it */
  decode(end: number): string {
    return this.#bytes.toString('utf16le', 0, end);
  }
}
