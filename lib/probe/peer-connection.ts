/** One connection to a peer, from TCP and what is said before TLS to its end, within its time. */
import { connect as connectSocket, type LookupFunction, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { domainToASCII } from 'node:url';
import { PeerMessageError } from '../errors';
import { PeerClock } from './peer-clock';
import { type Ending, HandshakeEnded } from './record-stream';
import { type StartTls, startTls } from './starttls';
import { StartTlsRefused } from './starttls/answer-reader';

export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
  readonly startTls?: StartTls | undefined;
  /** What the server is asked for by name; the host where left out. */
  readonly serverName?: string | undefined;
  /** Leads from the host's name to addresses; the system does where left out. */
  readonly lookup?: LookupFunction | undefined;
  /** Makes a connection; TCP to host and port where left out. */
  readonly connect?: (() => Promise<Duplex>) | undefined;
}

/** What came of it. `value` is there where its use came to an end, if only because it was cut off. */
export interface ConnectionEnd<Value> {
  readonly value: Value | undefined;
  readonly failure:
    | { readonly kind: 'timeout' }
    | { readonly kind: 'unreachable'; readonly code: string }
    | { readonly kind: 'malformed'; readonly error: PeerMessageError }
    | { readonly kind: 'starttls-refused'; readonly error: StartTlsRefused }
    | Ending
    | undefined;
  readonly milliseconds: number;
}

/** The signal fired. */
export class Interrupted extends Error {}

/**
 * Connects, uses the connection and ends it. Never throws for what the peer does.
 *
 * @throws Interrupted
 */
export async function usePeer<Value>(
  options: ConnectionOptions,
  use: (stream: Duplex, clock: PeerClock) => Promise<Value>,
): Promise<ConnectionEnd<Value>> {
  const { host, port, timeoutMilliseconds, signal } = options;
  if (signal?.aborted === true) throw new Interrupted();
  const connect = options.connect ?? (() => connectTcp(host, port));
  const start = performance.now();
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
  const clock = new PeerClock(timeoutMilliseconds, cutOff('timeout'));
  const end = (value: Value | undefined, failure: ConnectionEnd<Value>['failure']) => {
    if (cut === 'interrupted') throw new Interrupted();
    clock.stop();
    const milliseconds = Math.round(performance.now() - start);
    const why = cut === undefined ? failure : { kind: cut };
    return { value, failure: why, milliseconds };
  };
  const overdue = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  overdue.catch(() => {});
  try {
    const connecting = connect();
    connecting.then((late) => cut !== undefined && late.destroy()).catch(() => {});
    stream = await Promise.race([connecting, overdue]);
    // Until somebody else listens: an error that nobody hears would end the process.
    stream.on('error', () => {});
    if (options.startTls !== undefined) {
      stream = await Promise.race([startTls(stream, options.startTls, options.serverName ?? host), overdue]);
    }
    return end(await use(stream, clock), undefined);
  } catch (error) {
    if (cut !== undefined) return end(undefined, undefined);
    if (error instanceof PeerMessageError) return end(undefined, { kind: 'malformed', error });
    if (error instanceof StartTlsRefused) return end(undefined, { kind: 'starttls-refused', error });
    if (error instanceof HandshakeEnded) return end(undefined, error.ending);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return end(undefined, { kind: code === 'ETIMEDOUT' ? 'timeout' : 'unreachable', code });
  } finally {
    clock.stop();
    signal?.removeEventListener('abort', interrupt);
    stream?.destroy();
  }
}

/** How the system is asked for a name: in ASCII (RFC 5891), by the platform's own conversion. */
export function hostInAscii(host: string): string {
  return /[^\x20-\x7e]/.test(host) ? domainToASCII(host) || host : host;
}

/** @throws the system's error, with its code */
export function connectTcp(host: string, port: number, lookup?: LookupFunction): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host: hostInAscii(host), port, noDelay: true, ...(lookup && { lookup }) });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

/** A name may lead to several servers, another one each time it is asked for: the first that answers is kept to. */
export class PeerAddress {
  address: string | undefined;

  constructor(
    readonly host: string,
    readonly port: number,
    readonly lookup?: LookupFunction,
  ) {}

  readonly connect = async (): Promise<Duplex> => {
    const socket = await connectTcp(this.address ?? this.host, this.port, this.lookup);
    this.address ??= socket.remoteAddress;
    return socket;
  };
}

/** Why the signal fired. */
export function reasonOf(signal: AbortSignal | undefined): 'total-time' | 'interrupted' {
  return (signal?.reason as Error | undefined)?.name === 'TimeoutError' ? 'total-time' : 'interrupted';
}
