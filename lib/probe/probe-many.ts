/** Probes of many servers, in flat memory and politely. */
import { AddressLimit } from './address-limit';
import { inWindow } from './in-window';
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

/** Probes one server after another, eight at once and no more than four at one address. @throws as `probePeer` does */
export async function* probeMany(
  servers: AsyncIterable<ProbeOptions> | Iterable<ProbeOptions>,
  { ordered = true, signal }: ProbeManyOptions = {},
): AsyncGenerator<ProbeReport> {
  const limit = new AddressLimit(connectionsToOneAddress);
  const settle = async (options: ProbeOptions): Promise<() => ProbeReport> => {
    try {
      const report = await limit.run(options.host, () => probePeer(options));
      return () => report;
    } catch (error) {
      return () => {
        throw error;
      };
    }
  };
  for await (const result of inWindow(untilAborted(servers, signal), settle, { atOnce: probesAtOnce, ordered })) {
    yield result();
  }
}

/** Items up to the one at which the signal has fired. */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, undefined> {
  for await (const item of items) {
    if (signal?.aborted === true) return;
    yield item;
  }
}
