/** Evidence from before a change and from after it → whether anything broke. Pure. */

import { chanceOfAtLeast } from '../statistics/binomial';
import { type Evidence, isAllTold, mayTell } from './gather-evidence';
import { hour } from './log-time';

/** Two windows of the same length, in milliseconds since 1970. */
export interface EqualWindows {
  readonly milliseconds: number;
  readonly before: { readonly from: number; readonly to: number };
  readonly after: { readonly from: number; readonly to: number };
}

type Period = Pick<Evidence, 'first' | 'last'>;

/** The last of what was before, and as much of what came first after; null where one of the two holds no times. */
export function equalWindows(before: Period, after: Period): EqualWindows | null {
  if (before.first === null || before.last === null || after.first === null || after.last === null) return null;
  const [from, until, since, to] = [before.first, before.last, after.first, after.last].map((time) => Date.parse(time));
  if (from === undefined || until === undefined || since === undefined || to === undefined) return null;
  const milliseconds = Math.min(until - from, to - since);
  return {
    milliseconds,
    before: { from: until - milliseconds, to: until },
    after: { from: since, to: since + milliseconds },
  };
}

/**
 * Why it cannot be said that nothing broke. `no-window`: no times. `windows-overlap`: what is given as after begins before the
 * other ends. `dhe-still-used`: this machine still negotiates it, so the change is not in force. `short-window`: less than a
 * day, and much is done once a day. `nothing-seen`: no handshake and no failure before, or none after. `peers-missing`: some
 * that used DHE before did not call, or were not called. `more-failures`: more than before, though chance may do that.
 * `new-peers-fail`: peers that were not there before. `not-all-told`: lines that were malformed, or without the fields.
 */
export const comparisonDoubts = [
  'no-window',
  'windows-overlap',
  'dhe-still-used',
  'short-window',
  'nothing-seen',
  'peers-missing',
  'more-failures',
  'new-peers-fail',
  'not-all-told',
] as const;

export type ComparisonDoubt = (typeof comparisonDoubts)[number];

/** Schannel's events, those with an alert for 40 (handshake_failure) alone. */
export interface FailureChange {
  readonly event: 36873 | 36874 | 36887 | 36888;
  readonly before: number;
  readonly after: number;
  /** That chance alone brings so many after, of those of both windows. */
  readonly chance: number;
}

export type PeerChange = Pick<Evidence['peers'][number], 'role' | 'client' | 'server' | 'port' | 'name'> & {
  readonly seen: number;
  readonly failed: number;
};

/** Whether anything broke, and by what that was seen. */
export interface EvidenceComparison {
  readonly verdict: 'nothing-broke' | 'these-broke' | 'too-little';
  /** With `too-little`, else empty. */
  readonly doubts: readonly ComparisonDoubt[];
  readonly events: readonly FailureChange[];
  /** Peers that succeeded before, and only fail after. */
  readonly broke: readonly PeerChange[];
  readonly newPeersThatFail: readonly PeerChange[];
  /** Peers that used DHE before and were not seen after. */
  readonly missing: readonly PeerChange[];
}

/** The first and the last line of a day's log are a little less than a day apart. */
const shortestWindow = 23 * hour;

/** What chance alone does once in so many times is not called a break. */
const mostChance = 0.001;

const failureEvents = [36873, 36874, 36887, 36888] as const;

/** @param windows of both; null where there is none */
export function compareEvidence(before: Evidence, after: Evidence, windows: EqualWindows | null): EvidenceComparison {
  const earlier = new Map(before.peers.map((peer) => [keyOf(peer), peer]));
  const later = new Map(after.peers.map((peer) => [keyOf(peer), peer]));
  const onlyFailing = after.peers.filter(({ seen, failed }) => failed > 0 && failed === seen).filter(isKnown);
  const broke = onlyFailing.filter((peer) => succeeded(earlier.get(keyOf(peer))));
  const newPeersThatFail = onlyFailing.filter((peer) => !earlier.has(keyOf(peer)));
  const missing = before.peers.filter((peer) => peer.keyExchanges.DHE !== undefined && !later.has(keyOf(peer)));
  const events = failureEvents.map((event): FailureChange => {
    const [old, now] = [countOf(before, event), countOf(after, event)];
    return { event, before: old, after: now, chance: chanceOfAtLeast(now, old + now, 0.5) };
  });
  const overlap = windows !== null && windows.after.from < windows.before.to;
  const failMore = after.peers.some((peer) => {
    const old = earlier.get(keyOf(peer));
    return isKnown(peer) && old !== undefined && succeeded(old) && peer.failed > old.failed;
  });
  const isBroken = broke.length > 0 || events.some(({ chance }) => chance < mostChance / failureEvents.length);
  const found: Readonly<Record<ComparisonDoubt, boolean>> = {
    'no-window': windows === null,
    'windows-overlap': overlap,
    'dhe-still-used': after.peers.some(({ role, keyExchanges }) => role !== null && keyExchanges.DHE !== undefined),
    'short-window': windows !== null && windows.milliseconds < shortestWindow,
    'nothing-seen': before.totals.seen === 0 || after.totals.seen === 0,
    'peers-missing': missing.length > 0,
    'more-failures': failMore || events.some((one) => one.after > one.before),
    'new-peers-fail': newPeersThatFail.length > 0,
    'not-all-told': ![before, after].every((one) => isAllTold(one) && !one.skipped.some(mayTell)),
  };
  const doubts = comparisonDoubts.filter((doubt) => found[doubt]);
  // What is no before and after accuses nobody either.
  const isJudged = isBroken && !overlap;
  return {
    verdict: isJudged ? 'these-broke' : doubts.length > 0 ? 'too-little' : 'nothing-broke',
    doubts: isJudged ? [] : doubts,
    events,
    broke: broke.map(describe),
    newPeersThatFail: newPeersThatFail.map(describe),
    missing: missing.map(describe),
  };
}

/** Failures of nobody in particular are counted as events. */
function isKnown({ client, server, name, role }: Evidence['peers'][number]): boolean {
  return name !== null || (role === 'server' ? client : server) !== null;
}

function succeeded(peer: Evidence['peers'][number] | undefined): boolean {
  return peer !== undefined && peer.seen > peer.failed;
}

/** Each end of the others is the machine's own, whose addresses may be several. */
function keyOf({ role, client, server, port, name }: Evidence['peers'][number]): string {
  return [role, role === 'client' ? '' : client, role === 'server' ? '' : server, port, name].join('\n');
}

function countOf({ failureEvents: all }: Evidence, wanted: FailureChange['event']): number {
  const counted = all.filter(({ event, alert }) => event === wanted && (alert === null || alert === 40));
  return counted.reduce((sum, { count }) => sum + count, 0);
}

function describe({ role, client, server, port, name, seen, failed }: Evidence['peers'][number]): PeerChange {
  return { role, client, server, port, name, seen, failed };
}
