/** So many at once to one address, however many names it has. */
import dns, { type LookupAddress } from 'node:dns';
import { isIPv6, type LookupFunction, SocketAddress } from 'node:net';
import { hostInAscii } from './peer-connection';

interface Waiting {
  readonly addresses: readonly string[];
  readonly begin: () => void;
}

export class AddressLimit {
  readonly #inside = new Map<string, number>();
  #queue: Waiting[] = [];

  constructor(readonly mostAtOnce: number) {}

  /**
   * Does the work as soon as there is room at each address of the host, and hands it these: whoever asks for them again may be
   * told others, as by a name server that gives them in turn.
   */
  async run<Result>(
    host: string,
    work: (lookup: LookupFunction) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const found = await lookUp(hostInAscii(host), signal);
    const names = Array.isArray(found) ? found.map(({ address }) => canonical(address)) : [host.toLowerCase()];
    const addresses = [...new Set(names)];
    await new Promise<void>((begin) => {
      this.#queue.push({ addresses, begin });
      this.#beginWhatHasRoom();
    });
    try {
      return await work(answerWith(found));
    } finally {
      for (const address of addresses) this.#add(address, -1);
      this.#beginWhatHasRoom();
    }
  }

  #beginWhatHasRoom(): void {
    this.#queue = this.#queue.filter(({ addresses, begin }) => {
      if (addresses.some((address) => (this.#inside.get(address) ?? 0) >= this.mostAtOnce)) return true;
      for (const address of addresses) this.#add(address, 1);
      begin();
      return false;
    });
  }

  #add(address: string, change: 1 | -1): void {
    const inside = (this.#inside.get(address) ?? 0) + change;
    if (inside === 0) this.#inside.delete(address);
    else this.#inside.set(address, inside);
  }
}

/** What a name leads to, or why to nothing: whoever connects then says so. */
type Found = readonly LookupAddress[] | NodeJS.ErrnoException;

/** Not waited for where the signal fires. */
function lookUp(host: string, signal: AbortSignal | undefined): Promise<Found> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(Object.assign(new Error('The signal fired.'), { code: 'ECANCELED' }));
    if (signal?.aborted === true) return giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    dns.lookup(host, { all: true }, (error, addresses) => {
      signal?.removeEventListener('abort', giveUp);
      resolve(error ?? addresses);
    });
  });
}

function answerWith(found: Found): LookupFunction {
  return (_, { all }, done) => {
    // Never before the function that was asked has returned.
    setImmediate(() => {
      if (found instanceof Error) return done(found, '');
      const [first] = found;
      return all === true ? done(null, [...found]) : done(null, first?.address ?? '', first?.family);
    });
  };
}

/** One spelling for each address; IPv4's own where it stands in IPv6. */
function canonical(address: string): string {
  if (!isIPv6(address)) return address;
  const [bare = '', ...zone] = address.split('%');
  const { address: written } = new SocketAddress({ address: bare, family: 'ipv6' });
  return [written.replace(/^::ffff:(?=\d+\.)/, ''), ...zone].join('%');
}
