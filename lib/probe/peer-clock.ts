/** A time limit for a peer: it runs only while the peer is waited for, and only in time that this process had. */

export class PeerClock {
  readonly #tick: number;
  #used = 0;
  #since = performance.now();
  #isRunning = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly limitMilliseconds: number,
    readonly onOverdue: () => void,
  ) {
    this.#tick = Math.min(100, limitMilliseconds / 10);
    this.#wait();
  }

  pause(): void {
    this.#count();
    this.#isRunning = false;
  }

  resume(): void {
    this.#count();
    this.#isRunning = true;
  }

  stop(): void {
    this.#count();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isRunning = false;
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#count();
      if (this.#used < this.limitMilliseconds) return this.#wait();
      // What has come by now is read before anybody is called late.
      setImmediate(() => setImmediate(() => this.#timer !== undefined && this.onOverdue()));
    }, this.#tick);
  }

  /** A process that was kept from running is no proof of a slow peer: of a long gap two ticks count. */
  #count(): void {
    const now = performance.now();
    if (this.#isRunning) this.#used += Math.min(now - this.#since, 2 * this.#tick);
    this.#since = now;
  }
}
