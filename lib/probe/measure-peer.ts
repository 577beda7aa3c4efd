/** Ordinary handshakes through Node's own TLS, counted: DHE alone, then ECDHE alone. */
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { clopperPearson } from './binomial';
import { connectTcp } from './probe-peer';
import { type StartTls, startTls } from './starttls';

export interface MeasureOptions {
  readonly host: string;
  readonly port: number;
  /** Handshakes of each kind, 1 to 1,000,000. */
  readonly count: number;
  readonly serverName?: string;
  readonly startTls?: StartTls;
  /** For each handshake, in milliseconds; 5,000 where left out. */
  readonly timeoutMilliseconds?: number;
  /** Handshakes at once, 1 to 64; 8 where left out. */
  readonly concurrency?: number;
  /** Handshakes that begin in a second at most; 50 where left out. */
  readonly perSecond?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Measurement {
  readonly handshakes: number;
  /** Handshakes that began and failed. */
  readonly failures: number;
  /** Connections that never came about; they count as no handshake. */
  readonly unreachable: number;
  readonly rate: number;
  /** Clopper-Pearson, 95 %. */
  readonly low: number;
  readonly high: number;
}

/** 1/256: one value with a leading zero. 3/256, 1.17 %: the shared secret and both public values. */
export type ExpectedRate = '1/256' | '3/256';

export interface MeasureReport {
  readonly host: string;
  readonly port: number;
  readonly dhe: Measurement;
  readonly ecdhe: Measurement;
  /** The known rates inside of the interval of DHE; none where it shows no failure or fits neither. */
  readonly fits: readonly ExpectedRate[];
}

/** Never throws for what the peer does. An interruption ends it with what is counted by then. */
export async function measurePeer(options: MeasureOptions): Promise<MeasureReport> {
  const total = 2 * options.count;
  const dhe = await count(options, 'DHE:@SECLEVEL=0', (done) => options.onProgress?.(done, total));
  const ecdhe = await count(options, 'ECDHE:@SECLEVEL=0', (done) => options.onProgress?.(options.count + done, total));
  const rates = [
    ['1/256', 1 / 256],
    ['3/256', 3 / 256],
  ] as const;
  const fits = rates.flatMap(([name, rate]) => (dhe.failures > 0 && dhe.low <= rate && rate <= dhe.high ? [name] : []));
  return { host: options.host, port: options.port, dhe, ecdhe, fits };
}

async function count(
  options: MeasureOptions,
  ciphers: string,
  onProgress: (done: number) => void,
): Promise<Measurement> {
  const { count: wanted, concurrency = 8, perSecond = 50, signal } = options;
  const start = performance.now();
  let [begun, done, failures, unreachable] = [0, 0, 0, 0];
  const work = async () => {
    while (begun < wanted && signal?.aborted !== true) {
      const wait = start + (begun * 1000) / perSecond - performance.now();
      begun += 1;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const result = await shakeOnce(options, ciphers);
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

async function shakeOnce(options: MeasureOptions, ciphers: string): Promise<'completed' | 'failed' | 'unreachable'> {
  const { host, port, timeoutMilliseconds = 5_000 } = options;
  let stream: Duplex;
  try {
    stream = await connectTcp(host, port, timeoutMilliseconds);
    if (options.startTls !== undefined) stream = await startTls(stream, options.startTls);
  } catch {
    return 'unreachable';
  }
  return new Promise((resolve) => {
    const secure = connect({
      socket: stream,
      // Nothing is trusted and nothing is sent: only whether the handshake ends well is looked at.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers,
      minDHSize: 512,
      ...(/[a-z]/i.test(host) && !host.includes(':') && { servername: options.serverName ?? host }),
    });
    const finish = (result: 'completed' | 'failed') => {
      clearTimeout(timer);
      secure.destroy();
      stream.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => finish('failed'), timeoutMilliseconds);
    secure.once('secureConnect', () => finish('completed'));
    secure.on('error', () => finish('failed'));
    secure.once('close', () => finish('failed'));
  });
}
