/** Observations → counts a peer, in memory that grows with the number of peers alone, and not beyond a bound. */

import type { ProtocolVersion } from '../cipher-suite/cipher-suite';
import type { Role } from '../windows/versions';
import { detach } from './detach';
import { FaultTally } from './fault-tally';
import { hour } from './log-time';
import type { ClientOffer, FailureEvent, Observation, Repeats, SeenKeyExchange } from './observation';

/** What a client offered whose handshake came to this DHE suite. */
export interface DheOffer {
  readonly offer: ClientOffer;
  readonly suite: string | null;
}

/** One side of a kind of connection: who called whom, where, under which name. */
export interface PeerCounts {
  readonly role: Role | null;
  readonly client: string | null;
  readonly server: string | null;
  readonly port: number | null;
  readonly name: string | null;
  seen: number;
  readonly keyExchanges: Map<SeenKeyExchange, number>;
  readonly protocols: Map<ProtocolVersion, number>;
  readonly suites: Map<string, number>;
  /** Agreed handshakes of which the key exchange is not known. */
  untold: number;
  /** Handshakes that came to no end that is good, where the source tells. */
  failed: number;
  first: number | null;
  last: number | null;
  /** What the ClientHellos of its handshakes with DHE offered, each once. */
  readonly offers: Set<DheOffer>;
  /** Whether there were more than are kept. */
  hasMoreOffers: boolean;
  /** Whether it used DHE where the source does not hold what it offered. */
  hasUnseenOffer: boolean;
  fault: FaultTally | null;
}

/** Of one hour that begins at `time`, in milliseconds since 1970. Those that failed are among the others too, where it is known of what. */
export interface HourCounts {
  readonly time: number;
  dhe: number;
  others: number;
  failed: number;
}

export interface EvidenceCounts {
  readonly peers: readonly PeerCounts[];
  /** Observations of peers beyond the bound: they are in no row. */
  readonly leftOut: number;
  readonly hours: readonly HourCounts[];
  readonly failureEvents: ReadonlyMap<FailureEvent, ReadonlyMap<number | null, number>>;
  readonly first: number | null;
  readonly last: number | null;
}

const mostPeers = 100_000;
/** Of one peer, and of all: the programs of one maker offer the same. */
const mostOffers = 16;
const mostDifferentOffers = 10_000;
const longestOffer = 1_000;
const mostSuites = 32;
/** Two years and more. */
const mostHours = 20_000;

export class EvidenceTally {
  readonly #peers = new Map<string, PeerCounts>();
  /** Of observations that repeat: they come again, with another time. */
  readonly #known = new WeakMap<Observation, PeerCounts>();
  readonly #hours = new Map<number, HourCounts>();
  readonly #offers = new Map<string, DheOffer>();
  readonly #events = new Map<FailureEvent, Map<number | null, number>>();
  #leftOut = 0;
  #first: number | null = null;
  #last: number | null = null;
  /** Busy logs have the same peer, and the same hour, many times in a row. */
  #lastHour: HourCounts | undefined;

  add(observation: Observation, repeats: Repeats | undefined): void {
    const { time, event, alert } = observation;
    const { times, last } = repeats ?? { times: 1, last: time };
    this.#first = earlier(this.#first, time);
    this.#last = later(this.#last, last);
    if (event !== null) {
      const counts = this.#events.get(event) ?? new Map<number | null, number>();
      this.#events.set(event, counts);
      countIn(counts, alert, times);
    }
    if (repeats === undefined && time !== null) this.#addToHour(time, observation.keyExchange, observation.end, 1);
    const peer = repeats === undefined ? this.#find(observation) : this.#findAgain(observation);
    if (peer === undefined) {
      this.#leftOut += times;
      return;
    }
    count(peer, observation, times);
    peer.first = earlier(peer.first, time);
    peer.last = later(peer.last, last);
    if (observation.keyExchange !== 'DHE') return;
    if (observation.offer === null) peer.hasUnseenOffer = true;
    else {
      const offer = this.#intern(observation.offer, observation.suite);
      if (offer === undefined || (peer.offers.size >= mostOffers && !peer.offers.has(offer))) peer.hasMoreOffers = true;
      else peer.offers.add(offer);
    }
  }

  #intern(offer: ClientOffer, suite: string | null): DheOffer | undefined {
    if (offer.suites.length > longestOffer) return undefined;
    const key = `${suite} ${offer.suites} ${offer.versions} ${offer.groups}`;
    const known = this.#offers.get(key);
    if (known !== undefined || this.#offers.size >= mostDifferentOffers) return known;
    const added = { offer, suite: suite && detach(suite) };
    this.#offers.set(key, added);
    return added;
  }

  report(): EvidenceCounts {
    return {
      peers: [...this.#peers.values()],
      leftOut: this.#leftOut,
      hours: [...this.#hours.values()].sort((one, other) => one.time - other.time),
      failureEvents: this.#events,
      first: this.#first,
      last: this.#last,
    };
  }

  #findAgain(observation: Observation): PeerCounts | undefined {
    const known = this.#known.get(observation);
    if (known !== undefined) return known;
    const peer = this.#find(observation);
    if (peer !== undefined) this.#known.set(observation, peer);
    return peer;
  }

  #find(observation: Observation): PeerCounts | undefined {
    const { role } = observation;
    const [client, server, name] = [
      bounded(observation.client),
      bounded(observation.server),
      bounded(observation.name),
    ];
    const port = isPort(observation.port) ? observation.port : null;
    // As a server this machine is reached under its own addresses and ports; who calls is the peer.
    const key = `${role}\n${client}\n${role === 'server' ? '' : server}\n${port}\n${name}`;
    const known = this.#peers.get(key);
    if (known !== undefined || this.#peers.size >= mostPeers) return known;
    const peer: PeerCounts = {
      role,
      client: client && detach(client),
      server: server && detach(server),
      port,
      name: name && detach(name),
      seen: 0,
      keyExchanges: new Map(),
      protocols: new Map(),
      suites: new Map(),
      untold: 0,
      failed: 0,
      first: null,
      last: null,
      offers: new Set(),
      hasMoreOffers: false,
      hasUnseenOffer: false,
      fault: null,
    };
    this.#peers.set(key, peer);
    return peer;
  }

  /** Of observations that repeat, which do not tell in which hours they were. */
  countHour(time: number, keyExchange: SeenKeyExchange, times: number): void {
    this.#addToHour(time, keyExchange, 'negotiated', times);
  }

  #addToHour(time: number, keyExchange: SeenKeyExchange, end: Observation['end'], times: number): void {
    const start = time - (time % hour);
    let counts = this.#lastHour;
    if (counts?.time !== start) {
      counts = this.#hours.get(start);
      if (counts === undefined) {
        if (this.#hours.size >= mostHours) return;
        counts = { time: start, dhe: 0, others: 0, failed: 0 };
        this.#hours.set(start, counts);
      }
      this.#lastHour = counts;
    }
    if (isFailure(end)) counts.failed += times;
    if (keyExchange === 'DHE') counts.dhe += times;
    else if (keyExchange !== 'unknown') counts.others += times;
  }
}

/** The ends that are known to be bad. */
export function isFailure(end: Observation['end']): boolean {
  return end !== 'negotiated' && end !== 'completed' && end !== 'cut-off' && end !== 'not-all-captured';
}

function count(peer: PeerCounts, observation: Observation, times: number): void {
  const { keyExchange, protocol, suite, end } = observation;
  peer.seen += times;
  countIn(peer.keyExchanges, keyExchange, times);
  if (protocol !== null) countIn(peer.protocols, protocol, times);
  if (suite !== null && suite.length <= 64 && (peer.suites.has(suite) || peer.suites.size < mostSuites)) {
    countIn(peer.suites, peer.suites.has(suite) ? suite : detach(suite), times);
  }
  if (isFailure(end)) peer.failed += times;
  else if (keyExchange === 'unknown' && end !== 'cut-off') peer.untold += times;
  if (observation.exchange !== null) {
    peer.fault ??= new FaultTally();
    peer.fault.add(observation);
  }
}

/** A DNS name has at most 253 characters; sources are damaged now and then. */
function bounded(text: string | null): string | null {
  return text !== null && text.length > 256 ? text.slice(0, 256) : text;
}

function isPort(port: number | null): boolean {
  return port !== null && Number.isInteger(port) && port >= 0 && port <= 65_535;
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || (other !== null && other < one) ? other : one;
}

function later(one: number | null, other: number | null): number | null {
  return one === null || (other !== null && other > one) ? other : one;
}

function countIn<Key>(counts: Map<Key, number>, key: Key, times: number): void {
  counts.set(key, (counts.get(key) ?? 0) + times);
}
