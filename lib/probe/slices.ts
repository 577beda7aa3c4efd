/** Long computing in slices, between which others get their turn. */

/** So long it works before. */
const sliceMilliseconds = 8;

export class Slices {
  readonly #end: number;
  #sliceEnd = performance.now() + sliceMilliseconds;

  constructor(
    milliseconds: number,
    readonly signal: AbortSignal | undefined,
  ) {
    this.#end = performance.now() + milliseconds;
  }

  /** Whether the time is up or the signal has fired. Gives way where the slice is used up. */
  async isOver(): Promise<boolean> {
    const now = performance.now();
    if (now < this.#sliceEnd) return false;
    if (now > this.#end || this.signal?.aborted === true) return true;
    await new Promise((resolve) => setImmediate(resolve));
    this.#sliceEnd = performance.now() + sliceMilliseconds;
    return false;
  }
}
