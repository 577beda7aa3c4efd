/** From counts to what the removal of DHE means for each peer. Pure. */

import type { ProtocolVersion } from '../cipher-suite/cipher-suite';
import { findMeantSuite } from '../cipher-suite/curve-suffix';
import type { Effect } from '../windows/suite-effect';
import type { Role } from '../windows/versions';
import { type FaultCounts, FaultTally } from './fault-tally';
import { type FaultJudgement, type FaultVerdict, judgeFault } from './judge-fault';
import type { ClientOffer, SeenKeyExchange } from './observation';
import type { RemainingList } from './remaining-list';
import { keyExchangeOfName, protocolOfVersion } from './suite-numbers';
import type { EvidenceCounts, PeerCounts } from './tally';

/**
 * `no-dhe-seen`: none of its handshakes used it. `keeps-others`: whatever negotiated DHE also offered a suite that stays and works.
 * `left-with-nothing`: it offered none that stays.
 */
export const removalIds = ['left-with-nothing', 'unknown', 'keeps-others', 'no-dhe-seen'] as const;

export type RemovalId = (typeof removalIds)[number];

/**
 * Why it is not known. `no-list`: no machine's list was given. `which-end`: a capture between others, of which neither end
 * is known to be this machine. `offer-not-seen`: the source does not hold what the client offered. `server-not-asked`: what
 * else a server takes it was not asked; `probe` asks. `may-work`: what stays in common may work, and nobody documented it.
 * `more-offers`: it offered this and that too often to keep all. `suite-not-told`: the source does not say which suites.
 */
export const removalReasons = [
  'no-list',
  'which-end',
  'offer-not-seen',
  'server-not-asked',
  'may-work',
  'more-offers',
  'suite-not-told',
] as const;

export type RemovalReason = (typeof removalReasons)[number];

export interface Removal {
  readonly id: RemovalId;
  /** With `unknown`, else null. */
  readonly reason: RemovalReason | null;
}

export interface JudgedPeer extends Omit<PeerCounts, 'offers' | 'hasMoreOffers' | 'hasUnseenOffer' | 'fault'> {
  /** Of the machine whose peers these are. */
  readonly role: Role | null;
  /** Whether DHE was all that was negotiated. */
  readonly onlyDhe: boolean;
  readonly removal: Removal;
  /** Null where no key exchange with DHE was seen. */
  readonly fault: FaultJudgement | null;
}

export interface JudgeOptions {
  readonly remaining: RemainingList | null;
  /** The addresses of this machine in a capture; where left out, the one that takes part in every connection. */
  readonly local?: readonly string[];
}

export interface JudgedPeers {
  /** Those that the removal concerns most come first, among them those with the most DHE. */
  readonly peers: readonly JudgedPeer[];
  /** Of all peers that use DHE together. */
  readonly fault: FaultJudgement;
}

export function judgePeers(counts: EvidenceCounts, { remaining, local }: JudgeOptions): JudgedPeers {
  const own = new Set(local ?? findOwnAddress(counts.peers));
  const withDhe = counts.peers.flatMap(({ fault }) => (fault !== null && hasDhe(fault.counts) ? [fault] : []));
  const all = new FaultTally();
  for (const one of withDhe) all.join(one);
  const peers = counts.peers.map((peer): JudgedPeer => {
    const { offers: _, hasMoreOffers: __, hasUnseenOffer: ___, fault, ...shown } = peer;
    const role = peer.role ?? roleOf(peer, own);
    const isFaultSeen = fault !== null && hasDhe(fault.counts);
    return {
      ...shown,
      role,
      onlyDhe: isOnlyDhe(peer),
      removal: judgeRemoval(peer, role, remaining),
      fault: isFaultSeen ? judgeFault(fault.counts, withDhe.length) : null,
    };
  });
  const fault = judgeFault(all.counts);
  return { peers: peers.sort(byConcern), fault: { ...fault, verdict: judgeTogether(fault.verdict, peers) } };
}

/** One faulty peer among many that are healthy: their number must not hide it. */
function judgeTogether(verdict: FaultVerdict, peers: readonly JudgedPeer[]): FaultVerdict {
  const verdicts = peers.flatMap(({ fault }) => (fault === null ? [] : [fault]));
  // Logs show no key exchange, nor do sessions that were resumed, nor packets that were cut.
  if (verdicts.length === 0 && peers.some((peer) => dheCount(peer) > 0))
    return { id: 'too-little', reason: 'exchange-not-seen' };
  const values = verdicts.flatMap((one) => (one.verdict.id === 'fits-the-fault' ? one.verdict.values : []));
  if (values.length > 0 && verdict.id !== 'fits-the-fault')
    return { id: 'fits-the-fault', values: [...new Set(values)] };
  const isOpen = verdicts.some((one) => one.dhe.failed > 0 && one.verdict.id === 'too-little');
  return verdict.id === 'does-not-fit' && verdict.reason === 'too-rare' && isOpen
    ? { id: 'too-little', reason: 'too-few' }
    : verdict;
}

function hasDhe({ dhe }: FaultCounts): boolean {
  return dhe.completed + dhe.failed > 0;
}

export function dheCount({ keyExchanges }: Pick<PeerCounts, 'keyExchanges'>): number {
  return keyExchanges.get('DHE') ?? 0;
}

function isOnlyDhe(peer: PeerCounts): boolean {
  const others: readonly SeenKeyExchange[] = ['ECDHE', 'RSA', 'TLS 1.3', 'other'];
  return dheCount(peer) > 0 && others.every((one) => !peer.keyExchanges.has(one));
}

function byConcern(one: JudgedPeer, other: JudgedPeer): number {
  const rank = ({ removal }: JudgedPeer) => removalIds.indexOf(removal.id);
  return rank(one) - rank(other) || dheCount(other) - dheCount(one) || other.seen - one.seen;
}

/** The one address that takes part in every connection of the captures; nothing where that is none, or both. */
function findOwnAddress(peers: readonly PeerCounts[]): readonly string[] {
  const captured = peers.filter(({ role, client, server }) => role === null && client !== null && server !== null);
  const [first] = captured;
  const candidates = [...new Set([first?.client, first?.server])].filter((address) => address != null);
  const found = candidates.filter((address) =>
    captured.every(({ client, server }) => client === address || server === address),
  );
  return found.length === 1 ? found : [];
}

function roleOf({ client, server }: PeerCounts, own: ReadonlySet<string>): Role | null {
  const [isClient, isServer] = [client !== null && own.has(client), server !== null && own.has(server)];
  return isClient === isServer ? null : isServer ? 'server' : 'client';
}

function judgeRemoval(peer: PeerCounts, role: Role | null, remaining: RemainingList | null): Removal {
  const unknown = (reason: RemovalReason): Removal => ({ id: 'unknown', reason });
  if (dheCount(peer) === 0) {
    return peer.untold > 0 ? unknown('suite-not-told') : { id: 'no-dhe-seen', reason: null };
  }
  if (remaining === null) return unknown('no-list');
  if (role === null) return unknown('which-end');
  if (role === 'client') return unknown('server-not-asked');
  if (peer.offers.size === 0) return unknown(peer.hasMoreOffers ? 'more-offers' : 'offer-not-seen');
  const effects = [...peer.offers].map(({ offer, suite }) => commonEffect(offer, suite, remaining));
  if (effects.includes('no-effect')) return { id: 'left-with-nothing', reason: null };
  if (effects.includes('may-work')) return unknown('may-work');
  if (peer.hasUnseenOffer) return unknown('offer-not-seen');
  if (peer.untold > 0) return unknown('suite-not-told');
  return peer.hasMoreOffers ? unknown('more-offers') : { id: 'keeps-others', reason: null };
}

/** The best that a client with this offer still finds at this server, which showed with `suite` what certificate it has. */
function commonEffect(offer: ClientOffer, suite: string | null, remaining: RemainingList): Effect {
  const offered = new Set(offer.suites);
  const versions = new Set(offer.versions.map(protocolOfVersion));
  const [, certificate] = /_(RSA|DSS|ECDSA|PSK)_/.exec(suite ?? '') ?? [];
  let best: Effect = 'no-effect';
  for (const { name, effect, protocols } of remaining.effects.server) {
    const known = findMeantSuite(name);
    if (known === undefined || effect === 'no-effect' || !offered.has(Number(known.codePoint))) continue;
    // A suite of TLS 1.3 works with any certificate.
    if (known.authentication !== undefined && known.authentication !== certificate) continue;
    const needsCurve = keyExchangeOfName(known.name) === 'ECDHE' || known.authentication === undefined;
    if (needsCurve && !hasCurve(offer)) continue;
    const shared = protocols.filter(({ protocol }) => versions.has(protocol as ProtocolVersion));
    if (shared.some((one) => one.effect === 'works')) return 'works';
    if (shared.length > 0) best = 'may-work';
  }
  return best;
}

/** P-256, P-384, P-521 and X25519, which Schannel has; a client without the extension takes any (RFC 8422, 4). */
const curves = [0x0017, 0x0018, 0x0019, 0x001d];

function hasCurve({ groups }: ClientOffer): boolean {
  return groups.length === 0 || groups.some((group) => curves.includes(group));
}
