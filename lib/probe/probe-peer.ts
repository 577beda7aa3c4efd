/** Named cases, one handshake each, and the verdict that follows from them. */
import { connect as connectSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import { PeerMessageError } from '../errors';
import { bitLength, leadingZeros, nameOfGroup, zeroByteRate } from './finite-field';
import { type HandshakeResult, type KeyWish, shakeHands } from './handshake';
import { type StartTls, startTls } from './starttls';

export interface ProbeOptions {
  readonly host: string;
  /** 1 to 65,535. */
  readonly port: number;
  /** What the server is asked for by name; the host where left out. */
  readonly serverName?: string;
  /** For each handshake, 100 to 600,000 milliseconds; 5,000 where left out. */
  readonly timeoutMilliseconds?: number;
  /** Ends the probe after the handshake that runs; what is known by then is the report. */
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

export type Verdict =
  | { readonly id: 'not-affected' }
  | {
      readonly id: 'affected';
      readonly faults: readonly Fault[];
      /** The share of connections expected to fail, from the actual p, and the same as "1 in N". */
      readonly failureRate: number;
      readonly oneIn: number;
    }
  | { readonly id: 'no-dhe-offered' }
  | { readonly id: 'inconclusive'; readonly reason: InconclusiveReason };

/**
 * `keeps-zeros`: it takes the shared secret with its leading zeros. `fails-on-zeros`: it does so neither with them nor
 * without. The others tell which form of a client's public value it refuses.
 */
export type Fault = 'keeps-zeros' | 'fails-on-zeros' | 'refuses-short-public' | 'refuses-padded-public';

export type InconclusiveReason =
  | 'unreachable'
  | 'timeout'
  | 'malformed'
  | 'control-failed'
  | 'unstable'
  | 'no-such-key'
  | 'interrupted';

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
 * Decides in at most ten handshakes whether a TLS 1.2 server has the leading-zero fault. Sends nothing but handshakes, and
 * trusts no certificate. Never throws for what the peer does.
 *
 * @throws TypeError for a port or a time outside of its range
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
  for (let left = options.hunt ?? 0; left > 0 && options.signal?.aborted !== true; left -= 1) {
    if (describeServer(shakes)?.ownPublicZeros !== null) break;
    const { shake } = await runCase('control', options, timeoutMilliseconds);
    if (shake !== undefined) shakes.push(shake);
  }
  return { host, port, verdict, server: describeServer(shakes), cases: results };
}

function requireRange(value: number, least: number, most: number, what: string): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new TypeError(`Expected ${what} as an integer from ${least} to ${most}, found ${value}.`);
  }
}

class Interrupted extends Error {}

async function decide(
  run: (id: CaseId) => Promise<CaseResult>,
  signal: AbortSignal | undefined,
  shakes: readonly HandshakeResult[],
): Promise<Verdict> {
  const inconclusive = (reason: InconclusiveReason): Verdict => ({ id: 'inconclusive', reason });
  /** Undefined where the group has no such key; then the case says nothing. */
  const passes = async (id: CaseId): Promise<boolean | undefined> => {
    if (signal?.aborted === true) throw new Interrupted();
    const { result } = await run(id);
    return result === 'no-such-key' ? undefined : result === 'completed';
  };
  try {
    const control = await run('control');
    if (control.result !== 'completed') return judgeControl(control);
    if ((await passes('control-without-extended-master-secret')) !== true) return inconclusive('control-failed');
    const faults = new Set<Fault>();
    const judgeZeros = async (stripped: CaseId, kept: CaseId) => {
      if ((await passes(stripped)) !== false) return;
      faults.add((await passes(kept)) === true ? 'keeps-zeros' : 'fails-on-zeros');
    };
    await judgeZeros('shared-secret-zero', 'shared-secret-zero-kept');
    if (faults.size === 0) {
      if ((await passes('shared-secret-zero-without-extended-master-secret')) === false) faults.add('fails-on-zeros');
      await judgeZeros('shared-secret-two-zeros', 'shared-secret-two-zeros-kept');
    }
    if ((await passes('client-public-zero-short')) === false) faults.add('refuses-short-public');
    if ((await passes('client-public-zero-padded')) === false) faults.add('refuses-padded-public');
    if (faults.size === 0) return { id: 'not-affected' };
    // A peer that has begun to refuse everything is no proof of anything.
    if ((await passes('control-again')) !== true) return inconclusive('unstable');
    const group = shakes[0]?.server?.group;
    if (group === undefined) return inconclusive('control-failed');
    const rate = zeroByteRate(group);
    return { id: 'affected', faults: [...faults], failureRate: rate, oneIn: Math.round(1 / rate) };
  } catch (error) {
    if (error instanceof Interrupted) return inconclusive('interrupted');
    throw error;
  }
}

/** Alerts by which a server refuses all that was offered (RFC 5246, 7.2.2): handshake_failure, protocol_version, insufficient_security. */
const refusals = ['40', '70', '71'];

function judgeControl({ result, stage, detail }: CaseResult): Verdict {
  if (result === 'alert' && stage === 'hello' && refusals.includes(detail ?? '')) return { id: 'no-dhe-offered' };
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
  let stream: Duplex | undefined;
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    stream?.destroy();
  }, timeoutMilliseconds);
  try {
    stream = await (options.connect ?? (() => connectTcp(options.host, options.port, timeoutMilliseconds)))();
    if (isOverdue) return finish('timeout', 'hello', null);
    if (options.startTls !== undefined) stream = await startTls(stream, options.startTls);
    const { wish, extendedMasterSecret } = cases[id];
    const serverName = options.serverName ?? options.host;
    const shake = await shakeHands(stream, { serverName, extendedMasterSecret, wish });
    if (isOverdue) return finish('timeout', shake.stage, null, shake);
    const detail =
      shake.kind === 'alert'
        ? String(shake.description)
        : shake.kind === 'malformed'
          ? shake.error.message
          : shake.kind === 'closed'
            ? (shake.code ?? null)
            : null;
    return finish(shake.kind, shake.stage, detail, shake);
  } catch (error) {
    if (isOverdue) return finish('timeout', 'hello', null);
    if (error instanceof PeerMessageError) return finish('malformed', 'hello', error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return finish(isOverdue || code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', 'hello', code);
  } finally {
    clearTimeout(timer);
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
