/** Ordinary handshakes through Node's own TLS, counted: DHE alone, then ECDHE alone. */
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import { clopperPearson } from '../statistics/binomial';
import { zeroByteRate } from '../statistics/zero-byte-rate';
import { serverNameOf } from './client-hello';
import { findControl } from './find-control';
import type { Group } from './finite-field';
import { type ConnectionOptions, Interrupted, PeerAddress, usePeer } from './peer-connection';
import { requireRange } from './require-range';
import { anyVersion } from './server-flight';
import type { StartTls } from './starttls';
import { Doubt, Trials, usualOffer } from './trials';
import { tls12 } from './wire';

/** Whom to measure, and how often. */
export interface MeasureOptions {
  readonly host: string;
  /** 1 to 65,535. */
  readonly port: number;
  /** Handshakes of each kind, 1 to 1,000,000. */
  readonly count: number;
  readonly serverName?: string;
  readonly startTls?: StartTls;
  /** For each connection from its beginning to the end of its handshake, 100 to 600,000 milliseconds; 5,000 where left out. */
  readonly timeoutMilliseconds?: number;
  /** Handshakes at once, 1 to 64; 8 where left out. */
  readonly concurrency?: number;
  /** Handshakes that begin in a second at most, 1 to 1,000,000; 50 where left out. */
  readonly perSecond?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Of one kind of key exchange. */
export interface Measurement {
  readonly handshakes: number;
  /** Handshakes that began and failed. */
  readonly failures: number;
  /** Connections that never came to TLS; they count as no handshake. */
  readonly unreachable: number;
  readonly rate: number;
  /** Clopper-Pearson, 95 %. */
  readonly low: number;
  readonly high: number;
}

/** How many of the shared secret and the two public values fail where they begin with a zero byte. */
export type ExpectedRate = 'one-value' | 'two-values' | 'three-values';

/** What the measurements say together. */
export type MeasureFinding =
  | 'nobody-reachable'
  | 'no-dhe-offered'
  /** It does so in an older version of TLS, or with rare suites or groups alone, which ordinary handshakes do not offer. */
  | 'dhe-not-countable'
  /** As often as DHE, as far as the numbers tell. */
  | 'ecdhe-fails-too'
  | 'no-failures'
  | 'fits'
  | 'fits-nothing';

/** How often ordinary connections failed, with and without DHE. */
export interface MeasureReport {
  readonly host: string;
  readonly port: number;
  readonly finding: MeasureFinding;
  readonly dhe: Measurement;
  readonly ecdhe: Measurement;
  /** From the server's own p; null where it showed none. */
  readonly expected: Readonly<Record<ExpectedRate, number>> | null;
  /** The expected rates inside of the interval of DHE. */
  readonly fits: readonly ExpectedRate[];
}

/**
 * Never throws for what the peer does. An interruption ends it with what is counted by then.
 *
 * @throws TypeError for a number outside of its range
 */
export async function measurePeer(options: MeasureOptions): Promise<MeasureReport> {
  requireRange(options.port, 1, 65_535, 'a port');
  requireRange(options.count, 1, 1_000_000, 'a number of handshakes');
  requireRange(options.timeoutMilliseconds ?? 5_000, 100, 600_000, 'milliseconds');
  requireRange(options.concurrency ?? 8, 1, 64, 'handshakes at once');
  requireRange(options.perSecond ?? 50, 1, 1_000_000, 'handshakes a second');
  const total = 2 * options.count;
  const peer = { ...options, connect: new PeerAddress(options.host, options.port).connect };
  const { group, offer } = await lookAtDhe(peer);
  const dhe =
    offer === 'countable'
      ? await count(peer, 'DHE:@SECLEVEL=0', (done) => options.onProgress?.(done, total))
      : nothingCounted;
  const ecdhe = await count(peer, 'ECDHE:@SECLEVEL=0', (done) => options.onProgress?.(options.count + done, total));
  const expected = group === undefined ? null : expectedRates(group);
  const fits = (Object.keys(expected ?? {}) as ExpectedRate[]).filter((name) => {
    const rate = expected?.[name] ?? 0;
    return dhe.failures > 0 && dhe.low <= rate && rate <= dhe.high;
  });
  const finding = findingOf(dhe, ecdhe, offer, fits);
  return { host: options.host, port: options.port, finding, dhe, ecdhe, expected, fits };
}

const nothingCounted: Measurement = { handshakes: 0, failures: 0, unreachable: 0, rate: 0, low: 0, high: 1 };

type MeasuredPeer = MeasureOptions & Required<Pick<ConnectionOptions, 'connect'>>;

type DheOffer = 'countable' | 'dhe-not-countable' | 'no-dhe-offered';

/** Whether DHE is offered, and with which group. */
async function lookAtDhe(
  options: MeasuredPeer,
): Promise<{ readonly group: Group | undefined; readonly offer: DheOffer }> {
  const { timeoutMilliseconds = 5_000, serverName = options.host } = options;
  const usual = { ...usualOffer, versions: anyVersion };
  const trials = new Trials({ ...options, timeoutMilliseconds, serverName, pauseMilliseconds: 0 }, usual);
  let offer: DheOffer = 'countable';
  try {
    if ((await findControl(trials, true)) !== 'found') offer = 'no-dhe-offered';
  } catch (error) {
    if (error instanceof Doubt) offer = error.reason === 'suite-not-spoken' ? 'dhe-not-countable' : offer;
    else if (!(error instanceof Interrupted)) throw error;
  }
  const { server } = trials.seen.find((one) => one.server !== undefined) ?? {};
  const isOther = trials.offer !== usual || (server !== undefined && server.version !== tls12);
  if (isOther) offer = 'dhe-not-countable';
  return { group: server?.group, offer };
}

function expectedRates(group: Group): Readonly<Record<ExpectedRate, number>> {
  const passing = 1 - zeroByteRate(group);
  return { 'one-value': 1 - passing, 'two-values': 1 - passing ** 2, 'three-values': 1 - passing ** 3 };
}

function findingOf(
  dhe: Measurement,
  ecdhe: Measurement,
  offer: DheOffer,
  fits: readonly ExpectedRate[],
): MeasureFinding {
  if (dhe.handshakes + ecdhe.handshakes === 0) return 'nobody-reachable';
  if (offer !== 'countable') return offer;
  if (dhe.handshakes === 0) return 'nobody-reachable';
  if (dhe.failures === 0) return 'no-failures';
  // Where every one fails, ECDHE is not offered, and tells nothing.
  const isTelling = ecdhe.failures > 0 && ecdhe.failures < ecdhe.handshakes;
  if (isTelling && dhe.low <= ecdhe.high) return 'ecdhe-fails-too';
  return fits.length === 0 ? 'fits-nothing' : 'fits';
}

async function count(options: MeasuredPeer, ciphers: string, onProgress: (done: number) => void): Promise<Measurement> {
  const { count: wanted, concurrency = 8, perSecond = 50, signal } = options;
  const start = performance.now();
  let [begun, done, failures, unreachable] = [0, 0, 0, 0];
  const work = async () => {
    while (begun < wanted && signal?.aborted !== true) {
      const left = start + (begun * 1000) / perSecond - performance.now();
      begun += 1;
      // An interruption ends the handshake too, before it begins.
      if (left > 0) await wait(left, undefined, { signal }).catch(() => {});
      const result = await shakeOnce(options, ciphers);
      if (result === undefined) return;
      if (result === 'failed') failures += 1;
      if (result === 'unreachable') unreachable += 1;
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const handshakes = done - unreachable;
  const [low, high] = handshakes === 0 ? [0, 1] : clopperPearson(failures, handshakes);
  return { handshakes, failures, unreachable, rate: handshakes === 0 ? 0 : failures / handshakes, low, high };
}

/** Undefined where it was interrupted. */
async function shakeOnce(
  options: MeasuredPeer,
  ciphers: string,
): Promise<'completed' | 'failed' | 'unreachable' | undefined> {
  const { timeoutMilliseconds = 5_000, serverName = options.host } = options;
  const servername = serverNameOf(serverName);
  let hasBegun = false;
  try {
    const { value } = await usePeer({ ...options, timeoutMilliseconds }, (stream) => {
      hasBegun = true;
      return new Promise<'completed' | 'failed'>((resolve) => {
        const secure = connect({
          socket: stream,
          // Nothing is trusted and nothing is sent: only whether the handshake ends well is looked at.
          rejectUnauthorized: false,
          minVersion: 'TLSv1.2',
          maxVersion: 'TLSv1.2',
          ciphers,
          minDHSize: 512,
          ...(servername !== undefined && { servername }),
        });
        const finish = (result: 'completed' | 'failed') => {
          secure.destroy();
          resolve(result);
        };
        secure.once('secureConnect', () => finish('completed'));
        secure.on('error', () => finish('failed'));
        secure.once('close', () => finish('failed'));
        stream.once('close', () => finish('failed'));
      });
    });
    return value ?? (hasBegun ? 'failed' : 'unreachable');
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    throw error;
  }
}
