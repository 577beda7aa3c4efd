/** One TLS 1.2 handshake as a client that chooses its own Diffie-Hellman key, up to the server's Finished. */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { PeerMessageError } from '../errors';
import { type DheSuite, dheSuites } from './dhe-suites';
import { findKey, type Group, isUsableGroup, toBigInt, toBytes, toShortBytes } from './finite-field';
import { directionKeys, masterSecret, verifyData } from './key-schedule';
import { RecordProtection } from './record-protection';
import { type Ending, HandshakeEnded, RecordStream } from './record-stream';
import {
  contentType,
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
  MessageReader,
  number,
  renegotiationSignal,
  tls12,
  vector,
} from './wire';

/** What the client's key leads to, and how its values are written. */
export interface KeyWish {
  /** Zero bytes at the front of the client's public value and of the shared secret. */
  readonly clientPublicZeros: 0 | 1;
  readonly sharedSecretZeros: 0 | 1 | 2;
  /** RFC 5246, 8.1.2 says `strip`; a faulty peer expects `keep`. */
  readonly premaster: 'strip' | 'keep';
  /** Both are good: RFC 5246, 7.4.7.2 says nothing of leading zeros. */
  readonly clientPublic: 'short' | 'padded';
}

export interface HandshakeRequest {
  readonly serverName: string;
  readonly extendedMasterSecret: boolean;
  readonly wish: KeyWish;
}

/** What the server showed before the end, where it came so far. */
export interface ServerFacts {
  readonly suite: string;
  readonly group: Group;
  readonly serverPublic: bigint;
  /** Bytes in which the server sent its public value. */
  readonly serverPublicLength: number;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
}

/** `hello` up to ServerHelloDone, `key` after the client's key and Finished were sent. */
export type Stage = 'hello' | 'key';

export type HandshakeResult = { readonly stage: Stage; readonly server: ServerFacts | undefined } & (
  | { readonly kind: 'completed' }
  | Ending
  | { readonly kind: 'malformed'; readonly error: PeerMessageError }
  /** The group has no key as wished, as where its order is tiny. */
  | { readonly kind: 'no-such-key' }
);

/** Never throws for what the peer does; time limits are the caller's, who destroys the stream. */
export async function shakeHands(stream: Duplex, request: HandshakeRequest): Promise<HandshakeResult> {
  const progress: { stage: Stage; server: ServerFacts | undefined } = { stage: 'hello', server: undefined };
  try {
    const kind = (await runHandshake(stream, request, progress)) ? 'completed' : 'no-such-key';
    return { ...progress, kind };
  } catch (error) {
    if (error instanceof HandshakeEnded) return { ...progress, ...error.ending };
    if (error instanceof PeerMessageError) return { ...progress, kind: 'malformed', error };
    throw error;
  }
}

async function runHandshake(
  stream: Duplex,
  { serverName, extendedMasterSecret, wish }: HandshakeRequest,
  progress: { stage: Stage; server: ServerFacts | undefined },
): Promise<boolean> {
  const records = new RecordStream(stream);
  const transcript: Buffer[] = [];
  const say = (message: Buffer) => {
    transcript.push(message);
    records.send(contentType.handshake, message);
  };

  const clientRandom = randomBytes(32);
  say(clientHello(clientRandom, serverName, extendedMasterSecret));
  const flight = await readServerFlight(records, transcript);
  progress.server = flight.facts;
  const { group, serverPublic, suite } = flight;
  const key = findKey(group, serverPublic, {
    clientPublic: wish.clientPublicZeros,
    sharedSecret: wish.sharedSecretZeros,
  });
  if (key === undefined) return false;

  if (flight.wantsCertificate) say(handshakeMessage(handshakeType.certificate, vector(3)));
  const written = (value: bigint, short: boolean) => (short ? toShortBytes(value) : toBytes(value, group.length));
  say(
    handshakeMessage(
      handshakeType.clientKeyExchange,
      vector(2, written(key.clientPublic, wish.clientPublic === 'short')),
    ),
  );
  const master = masterSecret({
    suite,
    premaster: written(key.sharedSecret, wish.premaster === 'strip'),
    clientRandom,
    serverRandom: flight.serverRandom,
    sessionTranscript: flight.facts.extendedMasterSecret ? Buffer.concat(transcript) : undefined,
  });
  const keys = directionKeys(suite, master, clientRandom, flight.serverRandom);
  records.sendChangeCipherSpec(new RecordProtection(suite, keys.client, flight.facts.encryptThenMac));
  progress.stage = 'key';
  say(handshakeMessage(handshakeType.finished, verifyData(suite, master, 'client', Buffer.concat(transcript))));

  await records.expectChangeCipherSpec();
  records.opening = new RecordProtection(suite, keys.server, flight.facts.encryptThenMac);
  const expected = verifyData(suite, master, 'server', Buffer.concat(transcript));
  const answer = await records.nextMessage();
  if (answer.type !== handshakeType.finished || !answer.body.equals(expected)) {
    throw new PeerMessageError('Finished', 0, 'other verification data than this handshake has');
  }
  return true;
}

function clientHello(clientRandom: Buffer, serverName: string, extendedMasterSecret: boolean): Buffer {
  // rsa and dsa, and RSA-PSS, with SHA-256, 384, 512 and 1; nothing is verified with them.
  const signatures = [0x0401, 0x0501, 0x0601, 0x0402, 0x0502, 0x0804, 0x0805, 0x0806, 0x0201, 0x0202];
  const name = Buffer.from(serverName, 'latin1');
  return handshakeMessage(
    handshakeType.clientHello,
    number(tls12, 2),
    clientRandom,
    vector(1),
    vector(2, ...[...dheSuites.map(({ id }) => id), renegotiationSignal].map((id) => number(id, 2))),
    vector(1, number(0, 1)),
    vector(
      2,
      ...(isIP(serverName) === 0
        ? [extension(extensionType.serverName, vector(2, number(0, 1), vector(2, name)))]
        : []),
      extension(extensionType.signatureAlgorithms, vector(2, ...signatures.map((one) => number(one, 2)))),
      extension(extensionType.encryptThenMac),
      ...(extendedMasterSecret ? [extension(extensionType.extendedMasterSecret)] : []),
    ),
  );
}

interface ServerFlight {
  readonly suite: DheSuite;
  readonly serverRandom: Buffer;
  readonly group: Group;
  readonly serverPublic: bigint;
  readonly wantsCertificate: boolean;
  readonly facts: ServerFacts;
}

async function readServerFlight(records: RecordStream, transcript: Buffer[]): Promise<ServerFlight> {
  let hello: ReturnType<typeof parseServerHello> | undefined;
  let exchange: ReturnType<typeof parseServerKeyExchange> | undefined;
  let wantsCertificate = false;
  for (;;) {
    const { type, body, bytes } = await records.nextMessage();
    if (type === handshakeType.helloRequest) continue;
    transcript.push(bytes);
    if (hello === undefined) {
      if (type !== handshakeType.serverHello) {
        throw new PeerMessageError('handshake message', 0, `type ${type} where ServerHello should be`);
      }
      hello = parseServerHello(body);
    } else if (type === handshakeType.serverKeyExchange) exchange = parseServerKeyExchange(body);
    else if (type === handshakeType.certificateRequest) wantsCertificate = true;
    else if (type === handshakeType.serverHelloDone) {
      if (exchange === undefined) throw new PeerMessageError('ServerHelloDone', 0, 'no ServerKeyExchange before it');
      const { suite, serverRandom, extendedMasterSecret, encryptThenMac } = hello;
      const { group, serverPublic, serverPublicLength } = exchange;
      const facts = {
        suite: suite.name,
        group,
        serverPublic,
        serverPublicLength,
        extendedMasterSecret,
        // AES-GCM has no MAC to put anywhere (RFC 7366, 3).
        encryptThenMac: encryptThenMac && suite.mac !== undefined,
      };
      return { suite, serverRandom, group, serverPublic, wantsCertificate, facts };
    } else if (transcript.length > 16) {
      throw new PeerMessageError('handshake message', 0, 'more messages than a server has to send');
    }
  }
}

function parseServerHello(body: Buffer) {
  const reader = new MessageReader('ServerHello', body);
  const version = reader.number(2);
  if (version !== tls12) throw reader.error(`version 0x${version.toString(16).padStart(4, '0')} and not TLS 1.2`);
  const serverRandom = reader.take(32);
  reader.vector(1);
  const id = reader.number(2);
  const suite = dheSuites.find((one) => one.id === id);
  if (suite === undefined) throw reader.error(`suite 0x${id.toString(16).padStart(4, '0')}, which was not offered`);
  if (reader.number(1) !== 0) throw reader.error('compression, which was not offered');
  const extensions = reader.extensions();
  return {
    suite,
    serverRandom,
    encryptThenMac: extensions.has(extensionType.encryptThenMac),
    extendedMasterSecret: extensions.has(extensionType.extendedMasterSecret),
  };
}

/** The signature is not looked at: nothing here is trusted, only counted. */
function parseServerKeyExchange(body: Buffer) {
  const reader = new MessageReader('ServerKeyExchange', body);
  const [p, g] = [toBigInt(reader.vector(2)), toBigInt(reader.vector(2))];
  const publicBytes = reader.vector(2);
  const serverPublic = toBigInt(publicBytes);
  if (!isUsableGroup(p, g, serverPublic)) throw reader.error('a group or public value that nobody can use');
  const group = { p, g, length: Math.ceil(p.toString(16).length / 2) };
  return { group, serverPublic, serverPublicLength: publicBytes.length };
}
