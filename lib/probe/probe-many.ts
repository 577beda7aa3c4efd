/** Probes of many servers, in flat memory and politely. */
import { AddressLimit } from './address-limit';
import { inWindow, iterate } from './in-window';
import { type ProbeOptions, probePeer } from './probe-peer';
import type { ProbeReport } from './probe-report';

/** How the reports of many servers come. */
export interface ProbeManyOptions {
  /** Reports in the order of the servers, and as they come where false; in order where left out. */
  readonly ordered?: boolean;
  /** Ends it after the probes that have begun; their own signal ends those. */
  readonly signal?: AbortSignal;
}

/** More would be no faster where every probe waits for its peer. */
export const probesAtOnce = 8;

/** Each probe has one connection at a time. */
export const connectionsToOneAddress = 4;

/** A server that was not probed: what `probePeer` threw over its options. */
export interface FailedProbe {
  readonly host: string;
  readonly port: number;
  readonly error: unknown;
}

/**
 * Probes one server after another, eight at once and no more than four at one address. Options that `probePeer` refuses end
 * nothing but that probe.
 */
export function probeMany(
  servers: AsyncIterable<ProbeOptions> | Iterable<ProbeOptions>,
  { ordered = true, signal }: ProbeManyOptions = {},
): AsyncGenerator<ProbeReport | FailedProbe> {
  const limit = new AddressLimit(connectionsToOneAddress);
  const settle = async (options: ProbeOptions): Promise<ProbeReport | FailedProbe> => {
    try {
      return await limit.run(options.host, (lookup) => probePeer({ lookup, ...options }), options.signal);
    } catch (error) {
      return { host: options.host, port: options.port, error };
    }
  };
  return inWindow(untilAborted(servers, signal), settle, { atOnce: probesAtOnce, ordered });
}

/** Items up to the moment at which the signal fires, also where the next one never comes. */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, undefined> {
  const iterator = iterate(items);
  let stopWaiting: () => void = () => {};
  const stop = () => stopWaiting();
  signal?.addEventListener('abort', stop);
  try {
    while (signal?.aborted !== true) {
      const next = await new Promise<IteratorResult<Item, undefined> | undefined>((resolve, reject) => {
        stopWaiting = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    // Not waited for: where the next item never comes, it never ends.
    iterator.return(undefined).catch(() => {});
  }
}
