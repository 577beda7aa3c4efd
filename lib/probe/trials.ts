/** Handshakes of a probe, one after another, and what they prove: one that passes clears its case, and one that fails alone proves nothing. */
import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type DheSuite, dheSuites } from '../cipher-suite/dhe-suites';
import { PeerMessageError } from '../errors';
import { chanceThatAllFail } from '../statistics/fisher';
import { serverNameOf, type VersionRange, versionOf, writeOrdinaryHello } from './client-hello';
import type { ClientIdentity } from './client-identity';
import { leadingZeros } from './finite-field';
import { type HandshakeRequest, type HandshakeResult, shakeHands } from './handshake';
import type { PeerClock } from './peer-clock';
import { type ConnectionEnd, type ConnectionOptions, Interrupted, PeerAddress, usePeer } from './peer-connection';
import { probeCases } from './probe-cases';
import type { CaseId, CaseResult, InconclusiveReason } from './probe-report';
import { detailOf, HandshakeEnded, RecordStream } from './record-stream';
import type { ServerFacts } from './server-flight';
import { type GroupWeakness, weaknessOf } from './weak-group';
import { contentType, handshakeType, tls10, tls13 } from './wire';

/** What was found cannot be relied on. */
export class Doubt extends Error {
  constructor(readonly reason: InconclusiveReason) {
    super(reason);
  }
}

export interface TrialOptions extends ConnectionOptions {
  readonly serverName: string;
  readonly pauseMilliseconds: number;
  readonly identity?: ClientIdentity | undefined;
}

/** What the ClientHellos offer. */
export type HelloOffer = Required<Pick<HandshakeRequest, 'versions' | 'unspoken' | 'namedGroups'>> & {
  readonly suites: readonly DheSuite[];
};

/** How a case becomes a handshake. */
export type Shake = (stream: Duplex, id: HandshakeCaseId, clock: PeerClock) => Promise<HandshakeResult>;

export type HandshakeCaseId = Exclude<CaseId, 'ordinary-hello'>;

export interface Trial {
  readonly result: CaseResult;
  /** Undefined where the connection did not come to a ServerHello. */
  readonly server: ServerFacts | undefined;
}

/** An accusation takes failures that chance brings about less often than this: a probe has many cases, and a fleet many probes. */
export const mostChance = 1 / 100_000;
const fewestFailures = 4;
/** Of a case that waits for luck: 82 controls that pass, or as many other connections of a hunt, are enough then. */
export const fewestDearFailures = 3;
const mostControlsForProof = 120;
/** Of what accuses nobody. */
export const mostChanceOfHarmless = 1 / 1_000;
const mostAttempts = 10;
const mostAttemptsForOnce = 3;
/** What fails more often than once in five times has not just bad luck. */
const passesForFailure = 4;
/** Two servers that take turns keep step with four failures and their controls in 1 of 6^4. */
const mostControlsAtOnce = 6;

/** Waits after a refusal, each four times the one before. */
const firstBackOffMilliseconds = 200;
const mostRetries = 3;

export class Trials {
  readonly results: CaseResult[] = [];
  /** What the server showed, connection by connection. */
  readonly seen: Trial[] = [];
  /** The largest chance among those of the accusations. */
  chance = 0;
  readonly #peer: PeerAddress;
  #weakness: Promise<GroupWeakness | undefined> | undefined;
  #pause: number;
  #connections = 0;
  #refusals = 0;
  /** Of the last handshake. */
  #searchMilliseconds = 0;
  /** Handshakes of cases that are not decided to fail: what is left is what fails without a cause. */
  #passed = 0;
  #failed = 0;

  constructor(
    readonly options: TrialOptions,
    public offer: HelloOffer,
    readonly shake?: Shake,
  ) {
    this.#pause = options.pauseMilliseconds;
    this.#peer = new PeerAddress(options.host, options.port, options.lookup);
  }

  /** The one that all connections went to; undefined where none was made, or they were made by the caller. */
  get address(): string | undefined {
    return this.#peer.address;
  }

  /** One handshake; `record` keeps it for the report. @throws Interrupted */
  async once(id: HandshakeCaseId, record = true, searchesAtLeast = 0): Promise<CaseResult> {
    await this.#rest(this.#connections === 0 ? 0 : this.#pause);
    this.#connections += 1;
    const { timeoutMilliseconds } = this.options;
    const end = await usePeer({ connect: this.#peer.connect, ...this.options }, (stream, clock) =>
      this.shake === undefined ? this.#shakeHands(stream, id, clock, searchesAtLeast) : this.shake(stream, id, clock),
    );
    const result = describeHandshake(id, end, timeoutMilliseconds);
    if (record) this.results.push(result);
    this.seen.push({ result, server: end.value?.server });
    return result;
  }

  #shakeHands(
    stream: Duplex,
    id: HandshakeCaseId,
    clock: PeerClock,
    searchesAtLeastMilliseconds: number,
  ): Promise<HandshakeResult> {
    const { serverName, identity, signal, timeoutMilliseconds } = this.options;
    const { wish, extendedMasterSecret } = probeCases[id];
    let begun = 0;
    const onSearch = (isSearching: boolean) => {
      if (isSearching) clock.pause();
      else clock.resume();
      if (isSearching) begun = performance.now();
      else this.#searchMilliseconds = performance.now() - begun;
    };
    return shakeHands(stream, {
      ...this.offer,
      serverName,
      extendedMasterSecret,
      wish,
      identity,
      signal,
      // A peer has a limit of its own, which nobody knows.
      searchMilliseconds: timeoutMilliseconds,
      searchesAtLeastMilliseconds,
      onSearch,
    });
  }

  /**
   * Whether the server answers a ClientHello as browsers send it, in one of the versions, after a few tries.
   *
   * @throws Interrupted
   */
  async ordinaryHello(versions: VersionRange = everyVersion): Promise<CaseResult> {
    return this.#patiently(
      () => this.#ordinaryHelloOnce(versions),
      ({ outcome }) => outcome === 'passed',
    );
  }

  async #ordinaryHelloOnce(versions: VersionRange): Promise<CaseResult> {
    await this.#rest(this.#pause);
    const { serverName } = this.options;
    const end = await usePeer({ connect: this.#peer.connect, ...this.options }, async (stream) => {
      const records = new RecordStream(stream);
      records.send(contentType.handshake, writeOrdinaryHello(serverNameOf(serverName), versions));
      try {
        const { type, body } = await records.nextMessage();
        if (type !== handshakeType.serverHello) throw new PeerMessageError('handshake message', 0, `type ${type}`);
        const version = versionOf(body);
        if (version >= versions.lowest && version <= versions.highest) return { kind: 'completed' as const };
        throw new PeerMessageError('ServerHello', 0, `version 0x0${version.toString(16)}, which was not offered`);
      } catch (error) {
        if (error instanceof HandshakeEnded) return error.ending;
        if (error instanceof PeerMessageError) return { kind: 'malformed' as const, error };
        throw error;
      }
    });
    const { kind, detail } = describeEnd(end);
    const outcome = kind === 'completed' ? 'passed' : 'not-tested';
    const result: CaseResult = {
      id: 'ordinary-hello',
      outcome,
      result: kind,
      detail,
      stage: 'hello',
      milliseconds: end.milliseconds,
      lengths: null,
    };
    this.results.push(result);
    return result;
  }

  /** One handshake that is tested, after a few tries and with longer and longer pauses where the server refuses. */
  async attempt(id: HandshakeCaseId, searchesAtLeast = 0): Promise<CaseResult> {
    const isDone = ({ outcome, result }: CaseResult) => outcome !== 'not-tested' || result === 'no-such-key';
    for (let retry = 0; ; retry += 1) {
      const result = await this.#patiently(() => this.once(id, true, searchesAtLeast), isDone);
      // Another handshake of the kind is needed: this one may have failed for the server's own value.
      const mayBeItsOwn = result.outcome === 'failed' && this.#beginsWithZero(this.seen.at(-1));
      if (!mayBeItsOwn || retry === mostRetries) return result;
    }
  }

  async #patiently(once: () => Promise<CaseResult>, isDone: (result: CaseResult) => boolean): Promise<CaseResult> {
    for (let refusals = 0; ; ) {
      const result = await once();
      // The pause that helped is kept to.
      if (isDone(result)) this.#pause = Math.max(this.#pause, this.#backOff(refusals));
      if (isDone(result) || refusals === mostRetries) return result;
      refusals += 1;
      await this.restAfter(refusals);
    }
  }

  /** The longer, the more refusals there were one after another. @throws Interrupted */
  async restAfter(refusals: number): Promise<void> {
    await this.#rest(this.#backOff(refusals));
  }

  #backOff(refusals: number): number {
    return refusals === 0 ? 0 : Math.max(this.#pause, firstBackOffMilliseconds * 4 ** (refusals - 1));
  }

  /**
   * Whether a case passes. A failure is repeated between controls until chance is no explanation any more, or it has passed
   * four times as often as it failed.
   *
   * @throws Doubt where neither comes about, or the server takes no more connections
   */
  async passes(id: HandshakeCaseId): Promise<'passed' | 'failed' | 'not-tested'> {
    const controlId = probeCases[id].extendedMasterSecret ? 'control-again' : 'control-without-extended-master-secret';
    let [passed, failed, longestSearch] = [0, 0, 0];
    const [passedBefore, failedBefore] = [this.#passed, this.#failed];
    while (passed + failed < mostAttempts) {
      const { outcome, result } = await this.attempt(id);
      if (outcome === 'not-tested') {
        if (result !== 'no-such-key' && result !== 'search-too-slow') throw new Doubt(reasonNotTested(result));
        return outcome;
      }
      if (outcome === 'passed') passed += 1;
      else failed += 1;
      if (hasPassed(passed, failed)) {
        this.count(passed, failed);
        return 'passed';
      }
      if (outcome === 'passed') continue;
      longestSearch = Math.max(longestSearch, this.#searchMilliseconds);
      await this.controls(controlId, longestSearch);
      if (passed === 0 && failed >= fewestFailures && this.#accuse(failed)) return 'failed';
      // What fails with the case and without it alike needs no more of them.
      if (this.#passed === passedBefore && this.#failed >= failedBefore + fewestFailures) break;
    }
    throw new Doubt('unstable');
  }

  /**
   * Whether the failures of a case that has never passed are no chance. Where the case is dear and controls are cheap: adds so
   * many of these that they tell.
   *
   * @throws Doubt where the server takes no more connections
   */
  async areProof(failed: number): Promise<boolean> {
    if (failed < fewestDearFailures) return false;
    const before = this.#passed + this.#failed;
    while (!this.#accuse(failed) && this.#passed + this.#failed < before + mostControlsForProof) {
      await this.controls('control-again');
    }
    return this.#accuse(failed);
  }

  #accuse(failed: number): boolean {
    const chance = chanceThatAllFail(failed, this.#failed + failed, this.#passed + this.#failed + failed);
    const isProof = chance <= mostChance;
    if (isProof) this.chance = Math.max(this.chance, chance);
    return isProof;
  }

  /** One handshake of many; after refusals one after another it waits. @throws Doubt where they do not end */
  async hunt(id: HandshakeCaseId): Promise<CaseResult> {
    const result = await this.once(id, false);
    const isRefused = result.outcome === 'not-tested' && result.result !== 'no-such-key';
    this.#refusals = isRefused ? this.#refusals + 1 : 0;
    if (this.#refusals > mostRetries) throw new Doubt(reasonNotTested(result.result));
    // One alone may be what is hunted for.
    if (this.#refusals > 1) await this.restAfter(this.#refusals - 1);
    return result;
  }

  /** Whether one handshake of some passes: that is proof, and the others are none. */
  async passesOnce(id: HandshakeCaseId): Promise<CaseResult['outcome']> {
    for (let attempt = 1; ; attempt += 1) {
      const { outcome } = await this.attempt(id);
      if (outcome !== 'failed' || attempt === mostAttemptsForOnce) return outcome;
    }
  }

  /**
   * Handshakes without any leading zero, a random number of them: where servers take turns behind one address, no case falls to
   * the same one each time. Each is as slow as a case was that failed: the server may have minded that alone.
   *
   * @throws Doubt where the server takes no more connections
   */
  async controls(id: 'control-again' | 'control-without-extended-master-secret', searchesAtLeast = 0): Promise<void> {
    for (let left = randomInt(1, mostControlsAtOnce + 1); left > 0; left -= 1) {
      const { outcome, result } = await this.attempt(id, searchesAtLeast);
      if (outcome === 'not-tested') throw new Doubt(reasonNotTested(result));
      this.count(outcome === 'passed' ? 1 : 0, outcome === 'failed' ? 1 : 0);
    }
  }

  count(passed: number, failed: number): void {
    this.#passed += passed;
    this.#failed += failed;
  }

  /** Of the first group that the server showed. Begun while handshakes go on, it costs them no time. */
  async weakness(): Promise<GroupWeakness | undefined> {
    const { group } = this.seen.find(({ server }) => server !== undefined)?.server ?? {};
    if (group !== undefined) this.#weakness ??= weaknessOf(group, this.options.signal);
    return this.options.signal?.aborted === true ? undefined : this.#weakness;
  }

  /** Whether several servers took turns, as their certificates and groups tell: none of them has passed every case for sure. */
  get areOfSeveralServers(): boolean {
    const servers = this.seen.flatMap(({ result, server }) => (result.outcome === 'passed' ? (server ?? []) : []));
    return new Set(servers.map(({ group, certificate }) => `${group.p} ${certificate?.toString('base64')}`)).size > 1;
  }

  leaveOut(id: CaseId): void {
    const result = { id, outcome: 'not-tested', result: 'left-out', detail: null, stage: 'hello' } as const;
    this.results.push({ ...result, milliseconds: 0, lengths: null });
  }

  #beginsWithZero(trial: Trial | undefined): boolean {
    return trial?.server !== undefined && beginsWithZero(trial.server);
  }

  async #rest(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    try {
      await wait(milliseconds, undefined, { signal: this.options.signal });
    } catch {
      throw new Interrupted();
    }
  }
}

export const usualOffer = { suites: dheSuites, unspoken: new Map<number, string>(), namedGroups: false };

/** Once is enough, and after failures four times for each. */
export function hasPassed(passed: number, failed: number): boolean {
  return passed > 0 && passed >= passesForFailure * failed;
}

export function beginsWithZero({ serverPublic, group }: ServerFacts): boolean {
  return leadingZeros(serverPublic, group.length) > 0;
}

/** Why a probe is inconclusive whose case was not tested for that. */
export function reasonNotTested(result: CaseResult['result']): InconclusiveReason {
  switch (result) {
    case 'no-such-key':
    case 'search-too-slow':
    case 'timeout':
    case 'malformed':
    case 'starttls-refused':
      return result;
    default:
      return 'connections-refused';
  }
}

function describeEnd<Value extends { readonly kind: string }>({ value, failure }: ConnectionEnd<Value>) {
  if (failure === undefined && value !== undefined)
    return { kind: value.kind as Value['kind'], detail: detailOf(value) };
  if (failure?.kind === 'unreachable') return { kind: failure.kind, detail: failure.code };
  return { kind: failure?.kind ?? ('timeout' as const), detail: failure === undefined ? null : detailOf(failure) };
}

function describeHandshake(id: CaseId, end: ConnectionEnd<HandshakeResult>, timeoutMilliseconds: number): CaseResult {
  const shake = end.value;
  const stage = shake?.stage ?? 'hello';
  const { kind, detail } = describeEnd(end);
  const result = kind === 'completed' && shake?.server?.signature === 'invalid' ? 'bad-signature' : kind;
  // Who closes without a reason after a long time, our search included, may have had a time limit of its own.
  const isWordless = result === 'closed' || (result === 'alert' && detail === closeNotify);
  const isSlow = isWordless && end.milliseconds > timeoutMilliseconds / 2;
  const hasFailed = result === 'bad-signature' || (stage === 'key' && isRefusal(result) && !isSlow);
  return {
    id,
    outcome: result === 'completed' ? 'passed' : hasFailed ? 'failed' : 'not-tested',
    result,
    detail,
    stage,
    milliseconds: end.milliseconds,
    lengths: shake?.lengths ?? null,
  };
}

const everyVersion: VersionRange = { lowest: tls10, highest: tls13 };

/** RFC 5246, 7.2.1. */
const closeNotify = '0';

function isRefusal(result: CaseResult['result']): boolean {
  return result === 'alert' || result === 'closed' || result === 'malformed';
}
