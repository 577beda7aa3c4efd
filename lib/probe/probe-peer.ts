/** Named cases, one handshake each, and the verdict that follows from them. */
import { connect as connectSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PeerMessageError } from '../errors';
import { bitLength, leadingZeros, nameOfGroup, zeroByteRate } from './finite-field';
import { type HandshakeResult, type KeyWish, shakeHands } from './handshake';
import { detailOf } from './record-stream';
import { requireRange } from './require-range';
import { type StartTls, startTls } from './starttls';

export interface ProbeOptions {
  readonly host: string;
  /** 1 to 65,535. */
  readonly port: number;
  /** What the server is asked for by name; the host where left out. */
  readonly serverName?: string;
  /** For each handshake, 100 to 600,000 milliseconds; 5,000 where left out. */
  readonly timeoutMilliseconds?: number;
  /** Ends the probe at once, `AbortSignal.timeout` after a total time; what is known by then is the report. */
  readonly signal?: AbortSignal;
  /** What to say before TLS begins; TLS at once where left out. */
  readonly startTls?: StartTls;
  /** Up to so many more connections, 0 to 100,000, to see a server's own public value begin with a zero byte. */
  readonly hunt?: number;
  /** Makes a connection; TCP to host and port where left out. */
  readonly connect?: () => Promise<Duplex>;
}

export type CaseId =
  | 'control'
  | 'control-without-extended-master-secret'
  | 'shared-secret-zero'
  | 'shared-secret-zero-without-extended-master-secret'
  | 'shared-secret-zero-kept'
  | 'shared-secret-two-zeros'
  | 'shared-secret-two-zeros-kept'
  | 'client-public-zero-short'
  | 'client-public-zero-padded'
  | 'control-again';

export interface CaseResult {
  readonly id: CaseId;
  readonly result: 'completed' | 'alert' | 'closed' | 'timeout' | 'unreachable' | 'malformed' | 'no-such-key';
  /** The alert's number (RFC 5246, 7.2), the system's error code, or what is wrong with which message. */
  readonly detail: string | null;
  /** `hello` before the client sent its key, `key` after. */
  readonly stage: 'hello' | 'key';
  readonly milliseconds: number;
}

/** On a server or on a client: what it does wrong, or why nobody can tell. */
export type VerdictOn<PeerFault, Doubt> =
  | { readonly id: 'not-affected' }
  | {
      readonly id: 'affected';
      readonly faults: readonly PeerFault[];
      /** The share of connections expected to fail, from the actual p, and the same as "1 in N". */
      readonly failureRate: number;
      readonly oneIn: number;
    }
  | { readonly id: 'no-dhe-offered' }
  | { readonly id: 'inconclusive'; readonly reason: Doubt };

export type Verdict = VerdictOn<Fault, InconclusiveReason>;

/**
 * `keeps-zeros`: it takes the shared secret with its leading zeros. `fails-on-zeros`: it does so neither with them nor
 * without. The others tell which form of a client's public value it refuses.
 */
export type Fault = 'keeps-zeros' | 'fails-on-zeros' | 'refuses-short-public' | 'refuses-padded-public';

export type InconclusiveReason =
  | 'unreachable'
  | 'no-such-host'
  | 'timeout'
  | 'malformed'
  | 'control-failed'
  | 'unstable'
  | 'no-such-key'
  | 'interrupted'
  /** The signal was that of a total time. */
  | 'total-time';

export interface ProbeReport {
  readonly host: string;
  readonly port: number;
  readonly verdict: Verdict;
  readonly server: ServerReport | null;
  readonly cases: readonly CaseResult[];
}

export interface ServerReport {
  readonly suite: string;
  /** `ffdhe2048`, `modp14` and the like; null for a group of the server's own. */
  readonly group: string | null;
  readonly groupBits: number;
  /** Whether it used one key for several connections (Raccoon needs that). */
  readonly reusesKey: boolean;
  /** How it sends a public value of its own that begins with a zero byte; null where none was seen. */
  readonly ownPublicZeros: 'padded' | 'short' | null;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
}

const plain: KeyWish = { clientPublicZeros: 0, sharedSecretZeros: 0, premaster: 'strip', clientPublic: 'short' };

const cases: Readonly<Record<CaseId, { readonly wish: KeyWish; readonly extendedMasterSecret: boolean }>> = {
  control: { wish: plain, extendedMasterSecret: true },
  'control-without-extended-master-secret': { wish: plain, extendedMasterSecret: false },
  'shared-secret-zero': { wish: { ...plain, sharedSecretZeros: 1 }, extendedMasterSecret: true },
  'shared-secret-zero-without-extended-master-secret': {
    wish: { ...plain, sharedSecretZeros: 1 },
    extendedMasterSecret: false,
  },
  'shared-secret-zero-kept': {
    wish: { ...plain, sharedSecretZeros: 1, premaster: 'keep' },
    extendedMasterSecret: true,
  },
  'shared-secret-two-zeros': { wish: { ...plain, sharedSecretZeros: 2 }, extendedMasterSecret: true },
  'shared-secret-two-zeros-kept': {
    wish: { ...plain, sharedSecretZeros: 2, premaster: 'keep' },
    extendedMasterSecret: true,
  },
  'client-public-zero-short': { wish: { ...plain, clientPublicZeros: 1 }, extendedMasterSecret: true },
  'client-public-zero-padded': {
    wish: { ...plain, clientPublicZeros: 1, clientPublic: 'padded' },
    extendedMasterSecret: true,
  },
  'control-again': { wish: plain, extendedMasterSecret: true },
};

/**
 * Decides in at most twelve handshakes whether a TLS 1.2 server has the leading-zero fault. Sends nothing but handshakes, and
 * trusts no certificate. Never throws for what the peer does.
 *
 * @throws InvalidArgumentError for a port or a time outside of its range
 */
export async function probePeer(options: ProbeOptions): Promise<ProbeReport> {
  const { host, port, timeoutMilliseconds = 5_000 } = options;
  requireRange(port, 1, 65_535, 'a port');
  requireRange(options.hunt ?? 0, 0, 100_000, 'a number of connections');
  requireRange(timeoutMilliseconds, 100, 600_000, 'milliseconds');
  const results: CaseResult[] = [];
  const shakes: HandshakeResult[] = [];
  const run = async (id: CaseId): Promise<CaseResult> => {
    const { result, shake } = await runCase(id, options, timeoutMilliseconds);
    results.push(result);
    if (shake !== undefined) shakes.push(shake);
    return result;
  };
  const verdict = await decide(run, options.signal, shakes);
  const hunt = async () => {
    for (let left = options.hunt ?? 0; left > 0 && describeServer(shakes)?.ownPublicZeros === null; left -= 1) {
      const { shake } = await runCase('control', options, timeoutMilliseconds);
      if (shake !== undefined) shakes.push(shake);
    }
  };
  await unlessInterrupted(hunt);
  return { host, port, verdict, server: describeServer(shakes), cases: results };
}

class Interrupted extends Error {}

/** What was found cannot be relied on. */
class Doubt extends Error {
  constructor(readonly reason: InconclusiveReason) {
    super(reason);
  }
}

/** Undefined where the signal came first. */
async function unlessInterrupted<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    throw error;
  }
}

async function decide(
  run: (id: CaseId) => Promise<CaseResult>,
  signal: AbortSignal | undefined,
  shakes: readonly HandshakeResult[],
): Promise<Verdict> {
  try {
    const verdict = await unlessInterrupted(() => runCases(run, shakes));
    const isTotalTime = (signal?.reason as Error | undefined)?.name === 'TimeoutError';
    return verdict ?? { id: 'inconclusive', reason: isTotalTime ? 'total-time' : 'interrupted' };
  } catch (error) {
    if (error instanceof Doubt) return { id: 'inconclusive', reason: error.reason };
    throw error;
  }
}

async function runCases(
  run: (id: CaseId) => Promise<CaseResult>,
  shakes: readonly HandshakeResult[],
): Promise<Verdict> {
  const passes = async (id: CaseId): Promise<boolean> => {
    const { result } = await run(id);
    // A server that takes no more connections says nothing about zeros.
    if (result === 'unreachable') throw new Doubt('unstable');
    // Nor does a group without such a key.
    return result === 'completed' || result === 'no-such-key';
  };
  /** Twice: what fails once may be the network's doing. */
  const fails = async (id: CaseId): Promise<boolean> => {
    if (await passes(id)) return false;
    if (await passes(id)) throw new Doubt('unstable');
    return true;
  };
  const control = await run('control');
  if (control.result !== 'completed') return judgeControl(control);
  if (!(await passes('control-without-extended-master-secret'))) throw new Doubt('control-failed');
  const faults: Fault[] = [];
  const judgeZeros = async (stripped: CaseId, kept: CaseId) => {
    if (await fails(stripped)) faults.push((await passes(kept)) ? 'keeps-zeros' : 'fails-on-zeros');
  };
  await judgeZeros('shared-secret-zero', 'shared-secret-zero-kept');
  if (faults.length === 0 && (await fails('shared-secret-zero-without-extended-master-secret'))) {
    faults.push('fails-on-zeros');
  }
  if (faults.length === 0) await judgeZeros('shared-secret-two-zeros', 'shared-secret-two-zeros-kept');
  if (await fails('client-public-zero-short')) faults.push('refuses-short-public');
  if (await fails('client-public-zero-padded')) faults.push('refuses-padded-public');
  if (faults.length === 0) return { id: 'not-affected' };
  // A peer that has begun to refuse everything is no proof of anything.
  if (!(await passes('control-again'))) throw new Doubt('unstable');
  const group = shakes[0]?.server?.group;
  if (group === undefined) throw new Doubt('control-failed');
  const rate = zeroByteRate(group);
  return { id: 'affected', faults, failureRate: rate, oneIn: Math.round(1 / rate) };
}

/** Alerts by which a server refuses all that was offered (RFC 5246, 7.2.2): handshake_failure, protocol_version, insufficient_security. */
const refusals = ['40', '70', '71'];

/** No such name, or no answer to whether there is one. */
const nameErrors = ['ENOTFOUND', 'EAI_AGAIN'];

function judgeControl({ result, stage, detail }: CaseResult): Verdict {
  if (result === 'alert' && stage === 'hello' && refusals.includes(detail ?? '')) return { id: 'no-dhe-offered' };
  if (nameErrors.includes(detail ?? '')) return { id: 'inconclusive', reason: 'no-such-host' };
  const isTelling =
    result === 'unreachable' || result === 'timeout' || result === 'malformed' || result === 'no-such-key';
  return { id: 'inconclusive', reason: isTelling ? result : 'control-failed' };
}

async function runCase(
  id: CaseId,
  options: ProbeOptions,
  timeoutMilliseconds: number,
): Promise<{ readonly result: CaseResult; readonly shake: HandshakeResult | undefined }> {
  const start = performance.now();
  const finish = (
    result: CaseResult['result'],
    stage: CaseResult['stage'],
    detail: string | null,
    shake?: HandshakeResult,
  ) => ({ result: { id, result, detail, stage, milliseconds: Math.round(performance.now() - start) }, shake });
  const { host, port, signal, connect = () => connectTcp(host, port, timeoutMilliseconds) } = options;
  if (signal?.aborted === true) throw new Interrupted();
  let stream: Duplex | undefined;
  let cut: 'timeout' | 'interrupted' | undefined;
  let giveUp: (reason: Error) => void = () => {};
  const cutOff = (why: typeof cut) => () => {
    cut ??= why;
    stream?.destroy();
    giveUp(new Error(why));
  };
  const interrupt = cutOff('interrupted');
  signal?.addEventListener('abort', interrupt);
  const timer = setTimeout(cutOff('timeout'), timeoutMilliseconds);
  /** How a handshake ended that was cut off. */
  const finishEarly = (stage: CaseResult['stage'], shake?: HandshakeResult) => {
    if (cut === 'interrupted') throw new Interrupted();
    return finish('timeout', stage, null, shake);
  };
  try {
    const connecting = connect();
    connecting.then((late) => cut !== undefined && late.destroy()).catch(() => {});
    stream = await Promise.race([
      connecting,
      new Promise<never>((_, reject) => {
        giveUp = reject;
      }),
    ]);
    if (options.startTls !== undefined) stream = await startTls(stream, options.startTls);
    const { wish, extendedMasterSecret } = cases[id];
    const serverName = options.serverName ?? host;
    const shake = await shakeHands(stream, { serverName, extendedMasterSecret, wish });
    if (cut !== undefined) return finishEarly(shake.stage, shake);
    return finish(shake.kind, shake.stage, detailOf(shake), shake);
  } catch (error) {
    if (cut !== undefined) return finishEarly('hello');
    if (error instanceof PeerMessageError) return finish('malformed', 'hello', error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return finish(code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', 'hello', code);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
    stream?.destroy();
  }
}

/** @throws the system's error, with its code; ETIMEDOUT after the time */
export function connectTcp(host: string, port: number, timeout: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host, port, noDelay: true });
    socket.setTimeout(timeout, () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

function describeServer(shakes: readonly HandshakeResult[]): ServerReport | null {
  const seen = shakes.flatMap(({ server }) => server ?? []);
  const [first] = seen;
  if (first === undefined) return null;
  const withZeros = seen.filter(({ serverPublic, group }) => leadingZeros(serverPublic, group.length) > 0);
  const isShort = withZeros.some(({ serverPublicLength, group }) => serverPublicLength < group.length);
  return {
    suite: first.suite,
    group: nameOfGroup(first.group.p) ?? null,
    groupBits: bitLength(first.group.p),
    reusesKey: new Set(seen.map(({ serverPublic }) => serverPublic)).size < seen.length,
    ownPublicZeros: withZeros.length === 0 ? null : isShort ? 'short' : 'padded',
    extendedMasterSecret: first.extendedMasterSecret,
    encryptThenMac: first.encryptThenMac,
  };
}
