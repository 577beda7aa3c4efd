/** Sources → what they tell together. */

import type { z } from 'zod';
import type { DeepReadonly } from '../deep-readonly';
import { InvalidInputError, SchannelDheError } from '../errors';
import type { evidenceSchema } from './evidence-schema';
import { type JudgedPeer, type JudgeOptions, judgePeers } from './judge-peers';
import { hour } from './log-time';
import {
  type Observation,
  type ObservationSink,
  type Repeats,
  type SeenKeyExchange,
  seenKeyExchanges,
} from './observation';
import { type CaptureReader, readSource, type SourceReport } from './read-source';
import { EvidenceTally, type HourCounts } from './tally';

/** A source and how to open it. */
export interface EvidenceInput {
  readonly source: string;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** @throws ProgramNotFoundError where nothing here reads captures */
  readonly openCapture: () => CaptureReader;
  /** Whether it ends the reading where it cannot be read; other files of a folder are passed over. */
  readonly isNamed: boolean;
}

/** What sources tell together: counts a peer, what the removal of DHE means for each, and whether the fault is in the traffic. */
export type Evidence = DeepReadonly<z.infer<z.ZodObject<typeof evidenceSchema>>>;

/** By what the evidence is judged, and what of it counts. */
export interface GatherOptions extends JudgeOptions {
  /** Where the list of `remaining` comes from. */
  readonly judgedBy?: 'machine' | 'files';
  /** What was observed outside of it is left out, both ends within; milliseconds since 1970. */
  readonly window?: { readonly from: number; readonly to: number };
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads one source after another, in memory that grows with the number of peers alone.
 *
 * @throws InvalidInputError, FileAccessError, ProgramNotFoundError of an input that is named
 */
export async function gatherEvidence(inputs: Iterable<EvidenceInput>, options: GatherOptions): Promise<Evidence> {
  const tally = new EvidenceTally();
  const { from, to } = options.window ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const counts = (time: number) => time >= from && time <= to;
  const observe = (observation: Observation, repeats: Repeats | undefined) => {
    const { time } = observation;
    if (time === null ? options.window === undefined : counts(time)) tally.add(observation, repeats);
  };
  const countHour: ObservationSink['countHour'] = (time, keyExchange, times) => {
    if (counts(time)) tally.countHour(time, keyExchange, times);
  };
  const sources: SourceReport[] = [];
  const skipped: { source: string; code: string; found: string | null }[] = [];
  for (const { source, open, openCapture, isNamed } of inputs) {
    if (options.signal?.aborted === true) break;
    try {
      sources.push(
        await readSource(untilAborted(open(), options.signal), source, { observe, countHour, counts }, openCapture),
      );
    } catch (error) {
      if (isNamed || !(error instanceof SchannelDheError)) throw error;
      const found = error instanceof InvalidInputError && typeof error.found === 'string' ? error.found : null;
      skipped.push({ source, code: error.code, found });
    }
  }
  const interrupted = options.signal?.aborted === true;
  const seen = tally.report();
  const { peers, fault } = judgePeers(seen, options);
  const { remaining, judgedBy = 'machine' } = options;
  const totals = totalsOf(peers, seen.leftOut);
  return {
    verdict: verdictOf(totals, { sources, skipped, interrupted }),
    interrupted,
    first: isoTime(seen.first),
    last: isoTime(seen.last),
    sources,
    skipped,
    judgedBy: remaining && {
      source: judgedBy,
      host: remaining.host,
      windows: remaining.windows,
      remaining: remaining.suites,
      fingerprint: remaining.fingerprint,
    },
    totals,
    failureEvents: [...seen.failureEvents].flatMap(([event, alerts]) =>
      [...alerts].map(([alert, count]) => ({ event, alert, count })),
    ),
    fault,
    timeline: timelineOf(seen.hours),
    peers: peers.map(describePeer),
  };
}

async function* untilAborted(
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (signal?.aborted === true) return;
    yield piece;
  }
}

/** `no-dhe-seen` only where all was read, and all could tell. */
function verdictOf(
  { untold, keyExchanges, leftOut }: Evidence['totals'],
  { sources, skipped, interrupted }: Pick<Evidence, 'sources' | 'skipped' | 'interrupted'>,
): Evidence['verdict'] {
  if (keyExchanges.DHE !== undefined) return 'dhe-seen';
  const isRead = isAllTold({ sources, interrupted }) && !skipped.some(mayTell);
  return isRead && tellsOfKeyExchange(keyExchanges) && untold + leftOut === 0 ? 'no-dhe-seen' : 'unknown';
}

/** Whether all that was read could tell. */
export function isAllTold({ sources, interrupted }: Pick<Evidence, 'sources' | 'interrupted'>): boolean {
  return !interrupted && sources.every((one) => one.untold + one.malformed.count === 0 && one.problem === null);
}

/** Failures alone, which is what Schannel writes down as a rule, tell nothing of who agrees on what. */
export function tellsOfKeyExchange(keyExchanges: Evidence['totals']['keyExchanges']): boolean {
  return seenKeyExchanges.some((id) => id !== 'unknown' && keyExchanges[id] !== undefined);
}

/** Whether a file was passed over for another reason than that it is none of the forms. */
export function isUnread({ code }: Evidence['skipped'][number]): boolean {
  return code !== 'INVALID_INPUT';
}

/** Whether what was passed over may hold more of what is looked for: old logs are packed, and events lie in files of their own. */
export function mayTell(file: Evidence['skipped'][number]): boolean {
  return isUnread(file) || ['archive', 'event-log', 'event-trace'].includes(file.found ?? '');
}

function totalsOf(peers: readonly JudgedPeer[], leftOut: number): Evidence['totals'] {
  const keyExchanges: Partial<Record<SeenKeyExchange, number>> = {};
  const removal: Partial<Record<JudgedPeer['removal']['id'], number>> = {};
  let [seen, untold] = [0, 0];
  for (const peer of peers) {
    seen += peer.seen;
    untold += peer.untold;
    for (const [id, count] of peer.keyExchanges) keyExchanges[id] = (keyExchanges[id] ?? 0) + count;
    removal[peer.removal.id] = (removal[peer.removal.id] ?? 0) + 1;
  }
  return { seen, untold, keyExchanges, peers: peers.length, removal, leftOut };
}

function describePeer({ fault, ...peer }: JudgedPeer): Evidence['peers'][number] {
  return {
    ...peer,
    keyExchanges: Object.fromEntries(peer.keyExchanges),
    protocols: Object.fromEntries(peer.protocols),
    suites: Object.fromEntries(peer.suites),
    first: isoTime(peer.first),
    last: isoTime(peer.last),
    fault: fault?.verdict ?? null,
  };
}

const day = 24 * hour;

function timelineOf(hours: readonly HourCounts[]): Evidence['timeline'] {
  const [first, last] = [hours[0]?.time ?? 0, hours.at(-1)?.time ?? 0];
  const step = last - first > 3 * day ? day : hour;
  const steps = new Map<number, { dhe: number; others: number; failed: number }>();
  for (const { time, dhe, others, failed } of hours) {
    const start = time - (time % step);
    const sum = steps.get(start) ?? { dhe: 0, others: 0, failed: 0 };
    sum.dhe += dhe;
    sum.others += others;
    sum.failed += failed;
    steps.set(start, sum);
  }
  return [...steps].map(([time, sum]) => ({ time: new Date(time).toISOString(), ...sum }));
}

function isoTime(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
