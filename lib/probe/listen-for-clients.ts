/**
 * The probe's other direction: a server that looks how its clients fare with values that begin with a zero byte. As the server
 * chooses the group, it need not wait for luck: BoringSSL's own tests have used that.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { dheSuites } from '../cipher-suite/dhe-suites';
import { ListenError } from '../errors';
import { ffdheGroup } from './finite-field';
import { type ClientReport, ClientTally, type ServedCase, type ServedConnection } from './judge-client';
import { detailOf } from './record-stream';
import { requireRange } from './require-range';
import { makeSelfSigned } from './self-signed-certificate';
import { type PublicValueWish, type ServerSettings, serveHandshake } from './server-handshake';
import type { ServerIdentity } from './server-identity';
import { type GroupBits, longGroup, sparseGroup } from './weak-group';

/** Where to listen, for how long, and with what. */
export interface ListenOptions {
  /** 1 to 65,535; 0 takes one that is free. */
  readonly port: number;
  /** A local IP address or host name; 127.0.0.1, which nobody else can reach, where left out. */
  readonly address?: string;
  /** For each handshake, 100 to 600,000 milliseconds; 10,000 where left out. */
  readonly timeoutMilliseconds?: number;
  /** Ends after so many connections, 1 to 100,000; only with the signal where left out. */
  readonly connections?: number;
  /** Of the group of RFC 7919, in bits, and of the weak ones, the second of which has one more; 2,048 where left out. */
  readonly groupBits?: GroupBits;
  /** For clients that check the certificate; one that signs itself where left out. */
  readonly identity?: ServerIdentity;
  /** Ends it; connections that run are given up. */
  readonly signal?: AbortSignal;
  readonly onListening?: (address: string, port: number) => void;
  readonly onConnection?: (connection: ServedConnection) => void;
}

/** All that was seen of those who called. */
export interface ListenReport {
  readonly address: string;
  readonly port: number;
  readonly group: string;
  /** Connections that were served to their end. */
  readonly connections: number;
  /** Connections that were turned away: too many at once, or from too many addresses. */
  readonly turnedAway: number;
  readonly clients: readonly ClientReport[];
}

const mostAtOnce = 32;
const mostClients = 1_000;
/** For a client to close its end after ours; then it is closed for it. */
const lingerMilliseconds = 1_000;

function wishesFor(bits: GroupBits): Readonly<Record<ServedCase, PublicValueWish>> {
  return {
    'shared-secret-zeros': { zeros: 0, form: 'padded', weakGroup: sparseGroup(bits) },
    'shared-secret-one-zero': { zeros: 1, form: 'short', weakGroup: longGroup(bits) },
    control: { zeros: 0, form: 'padded' },
    'server-public-zero-short': { zeros: 1, form: 'short' },
    'server-public-zero-padded': { zeros: 1, form: 'padded' },
  };
}

/**
 * Serves TLS 1.2 handshakes with DHE suites until it is ended, and judges each client by its address. Reads and sends no
 * application data; in a weak group the handshake ends before a client can send any. Never throws for what a client does.
 *
 * @throws InvalidArgumentError for a number outside of its range
 * @throws ListenError where the address and port cannot be had
 */
export async function listenForClients(options: ListenOptions): Promise<ListenReport> {
  const { port, address = '127.0.0.1', timeoutMilliseconds = 10_000, groupBits = 2048, signal } = options;
  const wanted = options.connections ?? Number.POSITIVE_INFINITY;
  requireRange(port, 0, 65_535, 'a port');
  requireRange(timeoutMilliseconds, 100, 600_000, 'milliseconds');
  if (options.connections !== undefined) requireRange(wanted, 1, 100_000, 'a number of connections');
  const group = ffdheGroup(groupBits);
  const settings = {
    identity: options.identity ?? (await makeSelfSigned()),
    group,
    suites: dheSuites.filter(({ name }) => name.startsWith('TLS_DHE_RSA_')),
  };
  const wishes = wishesFor(groupBits);
  const clients = new Map<string, ClientTally>();
  const shakingHands = new Set<Socket>();
  let [served, turnedAway] = [0, 0];
  const server = createServer({ noDelay: true });
  server.maxConnections = mostAtOnce;
  const bound = await listen(server, address, port);

  await new Promise<void>((resolve) => {
    const stop = () => {
      server.close(() => resolve());
      for (const socket of shakingHands) socket.destroy();
    };
    const serve = async (socket: Socket) => {
      const name = (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
      const client = clients.get(name) ?? new ClientTally();
      if (!clients.has(name) && clients.size >= mostClients) {
        turnedAway += 1;
        socket.destroy();
        return;
      }
      clients.set(name, client);
      shakingHands.add(socket);
      const connection = {
        client: name,
        ...(await serveClient(socket, client, wishes, settings, timeoutMilliseconds)),
      };
      shakingHands.delete(socket);
      setTimeout(() => socket.destroy(), lingerMilliseconds).unref();
      if (served >= wanted || signal?.aborted === true) return;
      served += 1;
      client.add(connection);
      options.onConnection?.(connection);
      if (served === wanted) stop();
    };
    server.on('drop', () => {
      turnedAway += 1;
    });
    server.on('connection', (socket: Socket) => {
      socket.on('error', () => {});
      void serve(socket);
    });
    options.onListening?.(bound.address, bound.port);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
  });
  return {
    ...bound,
    group: `ffdhe${groupBits}`,
    connections: served,
    turnedAway,
    clients: [...clients].map(([name, tally]) => tally.report(name, group)),
  };
}

function listen(server: Server, host: string, port: number): Promise<{ address: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => reject(new ListenError(host, port, code ?? 'unknown')));
    server.listen({ host, port }, () => {
      const bound = server.address() as { address: string; port: number };
      resolve({ address: bound.address, port: bound.port });
    });
  });
}

async function serveClient(
  socket: Socket,
  client: ClientTally,
  wishes: Readonly<Record<ServedCase, PublicValueWish>>,
  settings: Omit<ServerSettings, 'choosePublicValue'>,
  timeoutMilliseconds: number,
): Promise<Omit<ServedConnection, 'client'>> {
  const start = performance.now();
  let isOverdue = false;
  const timer = setTimeout(() => {
    isOverdue = true;
    socket.destroy();
  }, timeoutMilliseconds);
  let id: ServedCase | null = null;
  const choosePublicValue = () => {
    id = client.next();
    return wishes[id];
  };
  const handshake = await serveHandshake(socket, { ...settings, choosePublicValue });
  clearTimeout(timer);
  return {
    case: id,
    result: isOverdue ? 'timeout' : handshake.kind,
    detail: isOverdue ? null : detailOf(handshake),
    stage: handshake.stage,
    suite: handshake.suite ?? null,
    sharedSecretZero: handshake.sharedSecretZero ?? null,
    milliseconds: Math.round(performance.now() - start),
  };
}
