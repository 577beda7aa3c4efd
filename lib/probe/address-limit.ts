/** So many at once to one address, however many names it has. */
import { lookup } from 'node:dns/promises';
import { hostInAscii } from './peer-connection';

export class AddressLimit {
  readonly #waiting = new Map<string, { inside: number; readonly queue: (() => void)[] }>();

  constructor(readonly mostAtOnce: number) {}

  async run<Result>(host: string, work: () => Promise<Result>): Promise<Result> {
    const address = await addressOf(host);
    const place = this.#waiting.get(address) ?? { inside: 0, queue: [] };
    this.#waiting.set(address, place);
    place.inside += 1;
    if (place.inside > this.mostAtOnce) await new Promise<void>((resolve) => place.queue.push(resolve));
    try {
      return await work();
    } finally {
      place.inside -= 1;
      place.queue.shift()?.();
      if (place.inside === 0) this.#waiting.delete(address);
    }
  }
}

/** The name itself where it leads to none: whoever connects then says so. */
async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(hostInAscii(host))).address;
  } catch {
    return host.toLowerCase();
  }
}
