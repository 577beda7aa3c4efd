/** One TLS 1.2 DHE handshake as a server that chooses its own Diffie-Hellman key, up to its own Finished. */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { DheSuite } from '../cipher-suite/dhe-suites';
import { PeerMessageError } from '../errors';
import {
  findExponent,
  type Group,
  isUsableGroup,
  type PrivateKey,
  power,
  toBigInt,
  toBytes,
  toShortBytes,
} from './finite-field';
import { directionKeys, masterSecret, verifyData } from './key-schedule';
import { RecordProtection } from './record-protection';
import { type Ending, HandshakeEnded, RecordStream } from './record-stream';
import type { ServerIdentity } from './server-identity';
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

/** How the server's own public value looks. */
export interface PublicValueWish {
  readonly zeros: 0 | 1;
  readonly form: 'short' | 'padded';
  /**
   * Instead of the group of the settings. Anybody can compute the keys: the handshake ends with the client's Finished, so that
   * it never sends what somebody else could read.
   */
  readonly weakGroup?: Group;
  /** A new one where left out. */
  readonly key?: PrivateKey;
}

export interface ServerSettings {
  readonly identity: ServerIdentity;
  readonly group: Group;
  /** Of these, the one that the client likes best. */
  readonly suites: readonly DheSuite[];
  /** What to do with a public value, asked when a client has offered a suite. */
  readonly choosePublicValue: () => PublicValueWish;
  /** Agreed on where the client offers them; both where left out. */
  readonly extendedMasterSecret?: boolean;
  readonly encryptThenMac?: boolean;
  /** The premaster secret from a shared secret as long as p; without its zeros (RFC 5246, 8.1.2) where left out. */
  readonly writePremaster?: (sharedSecret: Buffer) => Buffer;
  /** Whether a client's public value is turned down that is within its range. */
  readonly refuses?: (clientPublic: Buffer) => boolean;
}

/** `connected` before a ClientHello was read, `hello` until the client's key was, `key` after. */
export type ServedStage = 'connected' | 'hello' | 'key';

interface Progress {
  stage: ServedStage;
  /** Agreed on; undefined before that. */
  suite: string | undefined;
  /** Whether the shared secret begins with a zero byte; undefined before the client's key. */
  sharedSecretZero: boolean | undefined;
}

/**
 * `kept-zeros`: the client's Finished was made from the shared secret with its zeros. `wrong-keys`: from neither.
 * `unlucky-key`: in a weak group, its key led to 1.
 */
export type ServedRefusal = 'no-tls-1.2' | 'no-dhe-offered' | 'wrong-keys' | 'kept-zeros' | 'unlucky-key';

export type ServedHandshake = Readonly<Progress> &
  (
    | { readonly kind: 'completed' }
    | Ending
    | { readonly kind: 'malformed'; readonly error: PeerMessageError }
    | { readonly kind: ServedRefusal }
  );

/** Alerts (RFC 5246, 7.2). */
const alerts = {
  closeNotify: 0,
  badRecordMac: 20,
  handshakeFailure: 40,
  decodeError: 50,
  decryptError: 51,
  protocolVersion: 70,
  userCanceled: 90,
} as const;

class Refusal extends Error {
  constructor(
    readonly kind: ServedRefusal,
    readonly alert: number,
  ) {
    super(kind);
  }
}

/** Never throws for what the peer does; time limits are the caller's, who destroys the stream. */
export async function serveHandshake(stream: Duplex, settings: ServerSettings): Promise<ServedHandshake> {
  const records = new RecordStream(stream);
  const progress: Progress = { stage: 'connected', suite: undefined, sharedSecretZero: undefined };
  const alert = (level: 1 | 2, description: number) => {
    records.send(contentType.alert, Buffer.from([level, description]));
    stream.end();
  };
  try {
    const isAnswered = await runHandshake(records, settings, progress);
    if (!isAnswered) records.send(contentType.alert, Buffer.from([1, alerts.userCanceled]));
    alert(1, alerts.closeNotify);
    return { ...progress, kind: 'completed' };
  } catch (error) {
    if (error instanceof HandshakeEnded) return { ...progress, ...error.ending };
    if (error instanceof Refusal) {
      alert(2, error.alert);
      return { ...progress, kind: error.kind };
    }
    if (error instanceof PeerMessageError) {
      alert(2, alerts.decodeError);
      return { ...progress, kind: 'malformed', error };
    }
    throw error;
  }
}

/** Whether the client's Finished was answered with one. */
async function runHandshake(records: RecordStream, settings: ServerSettings, progress: Progress): Promise<boolean> {
  const { writePremaster = withoutZeros } = settings;
  const transcript: Buffer[] = [];
  const read = async (type: number, name: string) => {
    const message = await records.nextMessage();
    if (message.type !== type) throw new PeerMessageError(name, 0, `a handshake message of type ${message.type}`);
    transcript.push(message.bytes);
    return message.body;
  };

  const offer = parseClientHello(await read(handshakeType.clientHello, 'ClientHello'));
  progress.stage = 'hello';
  const agreed = agree(offer, settings);
  progress.suite = agreed.suite.name;
  const publicValue = settings.choosePublicValue();
  const group = publicValue.weakGroup ?? settings.group;
  const key = publicValue.key ?? findExponent(group, publicValue.zeros);
  const serverRandom = randomBytes(32);
  const ownPublic =
    publicValue.form === 'short' ? toShortBytes(key.publicValue) : toBytes(key.publicValue, group.length);
  const flight = writeFlight(settings.identity, group, offer, agreed, serverRandom, ownPublic);
  transcript.push(flight);
  records.send(contentType.handshake, flight);

  const exchange = await read(handshakeType.clientKeyExchange, 'ClientKeyExchange');
  const reader = new MessageReader('ClientKeyExchange', exchange);
  const publicBytes = reader.vector(2);
  const clientPublic = toBigInt(publicBytes);
  if (publicValue.weakGroup !== undefined && clientPublic === 1n) {
    throw new Refusal('unlucky-key', alerts.handshakeFailure);
  }
  if (!isUsableGroup(group.p, group.g, clientPublic) || settings.refuses?.(publicBytes) === true) {
    throw reader.error('a public value that is not taken');
  }
  progress.stage = 'key';
  const sharedSecret = toBytes(power(clientPublic, key.exponent, group.p), group.length);
  progress.sharedSecretZero = sharedSecret[0] === 0;
  const session = (premaster: Buffer) => {
    const { suite, extendedMasterSecret, encryptThenMac } = agreed;
    const sessionTranscript = extendedMasterSecret ? Buffer.concat(transcript) : undefined;
    const clientRandom = offer.random;
    const master = masterSecret({ suite, premaster, clientRandom, serverRandom, sessionTranscript });
    const keys = directionKeys(suite, master, clientRandom, serverRandom);
    return {
      verify: (side: 'client' | 'server') => verifyData(suite, master, side, Buffer.concat(transcript)),
      opening: new RecordProtection(suite, keys.client, encryptThenMac),
      sealing: new RecordProtection(suite, keys.server, encryptThenMac),
    };
  };
  const own = session(writePremaster(sharedSecret));
  const kept = progress.sharedSecretZero ? session(sharedSecret) : undefined;
  await records.expectChangeCipherSpec();
  records.opening = {
    open: (type, record) => {
      const content = tryOpen(own.opening, type, record);
      if (content !== undefined) return content;
      const isKept = kept !== undefined && tryOpen(kept.opening, type, record) !== undefined;
      throw new Refusal(isKept ? 'kept-zeros' : 'wrong-keys', alerts.badRecordMac);
    },
  };
  const expected = own.verify('client');
  const finished = await read(handshakeType.finished, 'Finished');
  if (!finished.equals(expected)) throw new Refusal('wrong-keys', alerts.decryptError);
  if (publicValue.weakGroup !== undefined) return false;
  records.sendChangeCipherSpec(own.sealing);
  records.send(contentType.handshake, handshakeMessage(handshakeType.finished, own.verify('server')));
  return true;
}

function tryOpen(protection: RecordProtection, type: number, record: Buffer): Buffer | undefined {
  try {
    return protection.open(type, record);
  } catch (error) {
    if (error instanceof PeerMessageError) return undefined;
    throw error;
  }
}

function withoutZeros(sharedSecret: Buffer): Buffer {
  return toShortBytes(toBigInt(sharedSecret));
}

export interface ClientOffer {
  readonly random: Buffer;
  readonly suiteIds: readonly number[];
  readonly extensions: ReadonlyMap<number, Buffer>;
  readonly speaksTls12: boolean;
  readonly signatureSchemes: readonly number[];
}

/** @throws PeerMessageError */
export function parseClientHello(body: Buffer): ClientOffer {
  const reader = new MessageReader('ClientHello', body);
  const version = reader.number(2);
  const random = reader.take(32);
  reader.vector(1);
  const suiteIds = reader.numbers(2);
  reader.vector(1);
  const extensions = reader.extensions();
  const list = (type: number, name: string, lengthSize: 1 | 2) => {
    const content = extensions.get(type);
    return content === undefined ? undefined : new MessageReader(name, content).numbers(lengthSize);
  };
  const versions = list(extensionType.supportedVersions, 'supported_versions', 1);
  return {
    random,
    suiteIds,
    extensions,
    speaksTls12: versions === undefined ? version >= tls12 : versions.includes(tls12),
    // A client that says nothing takes SHA-1 (RFC 5246, 7.4.1.4.1).
    signatureSchemes: list(extensionType.signatureAlgorithms, 'signature_algorithms', 2) ?? [0x0201],
  };
}

interface Agreement {
  readonly suite: DheSuite;
  readonly signatureScheme: number;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
}

function agree(offer: ClientOffer, settings: ServerSettings): Agreement {
  if (!offer.speaksTls12) throw new Refusal('no-tls-1.2', alerts.protocolVersion);
  const id = offer.suiteIds.find((one) => settings.suites.some((suite) => suite.id === one));
  const suite = settings.suites.find((one) => one.id === id);
  if (suite === undefined) throw new Refusal('no-dhe-offered', alerts.handshakeFailure);
  const { extensions } = offer;
  return {
    suite,
    // A client that takes none of them says so itself.
    signatureScheme: settings.identity.schemes.find((one) => offer.signatureSchemes.includes(one)) ?? 0x0401,
    extendedMasterSecret: settings.extendedMasterSecret !== false && extensions.has(extensionType.extendedMasterSecret),
    // AES-GCM has no MAC to put anywhere (RFC 7366, 3).
    encryptThenMac:
      settings.encryptThenMac !== false && extensions.has(extensionType.encryptThenMac) && suite.mac !== undefined,
  };
}

/** ServerHello to ServerHelloDone. */
function writeFlight(
  identity: ServerIdentity,
  group: Group,
  offer: ClientOffer,
  agreed: Agreement,
  serverRandom: Buffer,
  ownPublic: Buffer,
): Buffer {
  const asksForRenegotiation =
    offer.suiteIds.includes(renegotiationSignal) || offer.extensions.has(extensionType.renegotiationInfo);
  const parameters = Buffer.concat([
    vector(2, toBytes(group.p, group.length)),
    vector(2, toShortBytes(group.g)),
    vector(2, ownPublic),
  ]);
  const signed = Buffer.concat([offer.random, serverRandom, parameters]);
  return Buffer.concat([
    handshakeMessage(
      handshakeType.serverHello,
      number(tls12, 2),
      serverRandom,
      vector(1),
      number(agreed.suite.id, 2),
      number(0, 1),
      vector(
        2,
        ...(asksForRenegotiation ? [extension(extensionType.renegotiationInfo, vector(1))] : []),
        ...(agreed.encryptThenMac ? [extension(extensionType.encryptThenMac)] : []),
        ...(agreed.extendedMasterSecret ? [extension(extensionType.extendedMasterSecret)] : []),
      ),
    ),
    handshakeMessage(handshakeType.certificate, vector(3, ...identity.certificates.map((one) => vector(3, one)))),
    handshakeMessage(
      handshakeType.serverKeyExchange,
      parameters,
      number(agreed.signatureScheme, 2),
      vector(2, identity.sign(agreed.signatureScheme, signed)),
    ),
    handshakeMessage(handshakeType.serverHelloDone),
  ]);
}
