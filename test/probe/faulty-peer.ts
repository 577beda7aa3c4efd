/** A small TLS 1.2 DHE server that can be wrong in every way that matters, over any stream. */
import { checkPrimeSync, randomBytes } from 'node:crypto';
import { Duplex } from 'node:stream';
import { type DheSuite, dheSuites, rareDheSuites } from '../../lib/cipher-suite/dhe-suites';
import {
  findExponent,
  type Group,
  leadingZeros,
  type PrivateKey,
  toBigInt,
  toBytes,
  toShortBytes,
} from '../../lib/probe/finite-field';
import { RecordStream } from '../../lib/probe/record-stream';
import { makeSelfSigned } from '../../lib/probe/self-signed-certificate';
import { type ClientOffer, parseClientHello, serveHandshake } from '../../lib/probe/server-handshake';
import type { ServerIdentity } from '../../lib/probe/server-identity';
import {
  contentType,
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
  MessageReader,
  number,
  tls12,
  vector,
} from '../../lib/probe/wire';

export interface PeerFaults {
  /** What it does with the leading zeros of the shared secret; `strip-one` takes one of two, `keep-two` none of two. */
  readonly sharedSecret?: 'strip' | 'keep' | 'garble' | 'strip-one' | 'keep-two';
  /** It does so only where the extended master secret is not agreed on. */
  readonly onlyWithoutExtendedMasterSecret?: boolean;
  readonly refuses?: 'short' | 'padded';
  /** Only so many times; then it takes them. */
  readonly refusesFirst?: number;
  /** It ends the connection without a word once the client's key is there. */
  readonly closesOnKey?: boolean;
  /** It turns down every key where the extended master secret is not agreed on. */
  readonly failsWithoutExtendedMasterSecret?: boolean;
  /** Its own public value begins with a zero byte, and is sent so. */
  readonly ownPublic?: 'short' | 'padded';
  /** It does so in every so-many-th connection only. */
  readonly ownPublicEvery?: number;
  /** It has so many keys of its own, which its connections use in turn; a new one for each where left out. */
  readonly ownKeys?: number;
  /** It breaks down over such a value of its own, before it sends it or once the client's key is there. */
  readonly breaksOnOwnZero?: 'hello' | 'key';
  /** It signs its parameters: as it sends them, with its public value in the other form, or something else. */
  readonly signs?: 'sent' | 'other-form' | 'nonsense';
  /** Instead of its flight. */
  readonly instead?:
    | 'close'
    | 'stall'
    | 'garbage'
    | 'tls-1.0'
    | 'tls-1.3'
    | 'foreign-suite'
    | { readonly alert: number }
    | { readonly bytes: Buffer };
  /** Records of one byte. */
  readonly fragments?: boolean;
  readonly suite?: DheSuite;
  readonly extendedMasterSecret?: boolean | 'required';
  readonly encryptThenMac?: boolean;
  /** It ends the connection in its flight, after so many bytes, and answers those that offer no DHE. */
  readonly cutsFlightAt?: number;
  /** From this connection on it gives up right after its flight, with an alert, and leaves the connection open. */
  readonly impatientFrom?: number;
  /** It turns a key down, once it is there, that took the client so many milliseconds. */
  readonly patienceMilliseconds?: number;
  /** From this connection on it refuses everything. */
  readonly refusesFrom?: number;
  /** What stands in `instead` it says to those that offer DHE or no TLS 1.2; it answers the others. */
  readonly answersOthers?: boolean;
  /** The share of connections that it drops at random, on the client's key or on the first byte. */
  readonly drops?: number;
  readonly dropsOn?: 'hello' | 'key';
}

/** A prime of so many bits whose first byte is given; two has an order that is large enough for what tests do. */
export function makeGroup(bits: number, firstByte: number): Group {
  for (;;) {
    const bytes = randomBytes(bits / 8);
    bytes[0] = firstByte;
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 1;
    const p = toBigInt(bytes);
    if (checkPrimeSync(p)) return { p, g: 2n, length: bytes.length };
  }
}

/** Two ends of one connection, in memory. */
export function streamPair(): [Duplex, Duplex] {
  const ends: Duplex[] = [];
  const make = (index: number): Duplex =>
    new Duplex({
      read() {},
      write(chunk, _, done) {
        ends[1 - index]?.push(chunk);
        done();
      },
      final(done) {
        ends[1 - index]?.push(null);
        done();
      },
      destroy(error, done) {
        const other = ends[1 - index];
        if (other !== undefined && !other.destroyed) other.push(null);
        done(error);
      },
    });
  ends.push(make(0), make(1));
  return ends as [Duplex, Duplex];
}

/** Serves one connection after another, with these faults. */
export class FaultyPeer {
  connections = 0;
  refused = 0;
  readonly keys = new Map<number, PrivateKey>();

  constructor(
    readonly group: Group,
    readonly faults: PeerFaults = {},
  ) {}

  /** What a probe connects with. */
  readonly connect = async (): Promise<Duplex> => {
    const [client, server] = streamPair();
    this.serve(server);
    return client;
  };

  serve(stream: Duplex): void {
    this.connections += 1;
    const isRefusing = this.connections >= (this.faults.refusesFrom ?? Number.POSITIVE_INFINITY);
    // However a test ends a connection, this end just ends too.
    stream.on('error', () => {});
    const faults: PeerFaults = isRefusing ? { instead: { alert: 80 } } : this.faults;
    void serve(stream, this, faults).catch(() => stream.destroy());
  }
}

/** Shows no certificate, so that there is no signature to check. */
const anonymous: ServerIdentity = { certificates: [], schemes: [], sign: () => Buffer.alloc(256) };
let signer: Promise<ServerIdentity> | undefined;

async function identityOf(signs: PeerFaults['signs'], length: number): Promise<ServerIdentity> {
  if (signs === undefined) return anonymous;
  signer ??= makeSelfSigned();
  const { sign, ...identity } = await signer;
  const inOtherForm = (data: Buffer) => {
    const reader = new MessageReader('parameters', data.subarray(64));
    const [p, g, value] = [reader.vector(2), reader.vector(2), toBigInt(reader.vector(2))];
    const other = reader.bytes.length - p.length - g.length - 6 < length ? toBytes(value, length) : toShortBytes(value);
    return Buffer.concat([data.subarray(0, 64), vector(2, p), vector(2, g), vector(2, other)]);
  };
  const forms = { sent: (data: Buffer) => data, 'other-form': inOtherForm, nonsense: () => Buffer.alloc(9) };
  return { ...identity, sign: (scheme, data) => sign(scheme, forms[signs](data)) };
}

const withoutZeros = (secret: Buffer, most = Number.POSITIVE_INFINITY) =>
  secret.subarray(Math.min(most, leadingZeros(toBigInt(secret), secret.length)));

const premasters: Readonly<Record<NonNullable<PeerFaults['sharedSecret']>, (secret: Buffer) => Buffer>> = {
  strip: withoutZeros,
  keep: (secret) => secret,
  garble: (secret) => (secret[0] === 0 ? Buffer.concat([secret, secret]) : secret),
  'strip-one': (secret) => withoutZeros(secret, 1),
  'keep-two': (secret) => (secret[0] === 0 && secret[1] === 0 ? secret : withoutZeros(secret)),
};

async function serve(outer: Duplex, peer: FaultyPeer, faults: PeerFaults): Promise<void> {
  const { group, connections } = peer;
  const identity = await identityOf(faults.signs, group.length);
  const [offer, stream] = await peekOffer(outer);
  stream.on('error', () => {});
  const isDropping = Math.random() < (faults.drops ?? 0);
  if (isDropping && faults.dropsOn === 'hello') return void stream.destroy();
  const hasExtension = offer?.extensions.has(extensionType.extendedMasterSecret) === true;
  if (faults.extendedMasterSecret === 'required' && !hasExtension) return answerInstead(stream, { alert: 40 });
  const offersDhe = offer?.suiteIds.some((id) => dheSuites.some((suite) => suite.id === id)) === true;
  if (faults.cutsFlightAt !== undefined && !offersDhe) return answerInstead(stream, 'foreign-suite');
  if (faults.cutsFlightAt !== undefined) cutFlight(stream, faults.cutsFlightAt);
  if (faults.instead !== undefined) {
    const isRare = offer?.suiteIds.some((id) => rareDheSuites.some((suite) => suite.id === id)) === true;
    const isAnswered = faults.answersOthers === true && !offersDhe && !isRare && offer?.speaksTls12 === true;
    return answerInstead(stream, isAnswered ? 'foreign-suite' : faults.instead);
  }
  if (faults.fragments === true) fragment(stream);
  if (connections >= (faults.impatientFrom ?? Number.POSITIVE_INFINITY)) giveUpAfterFlight(stream);
  const { refuses, ownPublic, ownPublicEvery = 1, breaksOnOwnZero } = faults;
  // Of the keys that it keeps, the first begins with a zero where any does.
  const slot = faults.ownKeys === undefined ? undefined : connections % faults.ownKeys;
  const isOwnZero = ownPublic !== undefined && (slot ?? connections % ownPublicEvery) === 0;
  if (isOwnZero && breaksOnOwnZero === 'hello') return void stream.destroy();
  let flightAt = 0;
  const isRight = faults.onlyWithoutExtendedMasterSecret === true && hasExtension;
  await serveHandshake(stream, {
    identity,
    group,
    suites: faults.suite === undefined ? [...dheSuites, ...rareDheSuites] : [faults.suite],
    choosePublicValue: () => {
      flightAt = performance.now();
      const zeros = isOwnZero ? 1 : 0;
      const key = slot === undefined ? undefined : (peer.keys.get(slot) ?? findExponent(group, zeros));
      if (slot !== undefined && key !== undefined) peer.keys.set(slot, key);
      return { zeros, form: ownPublic ?? 'padded', ...(key !== undefined && { key }) };
    },
    extendedMasterSecret: faults.extendedMasterSecret !== false,
    encryptThenMac: faults.encryptThenMac === true,
    writePremaster: premasters[isRight ? 'strip' : (faults.sharedSecret ?? 'strip')],
    refuses: (value: Buffer) => {
      if (performance.now() - flightAt > (faults.patienceMilliseconds ?? Number.POSITIVE_INFINITY)) return true;
      if (isDropping || (isOwnZero && breaksOnOwnZero === 'key')) return true;
      if (faults.closesOnKey === true) stream.destroy();
      if (faults.failsWithoutExtendedMasterSecret === true && !hasExtension) return true;
      const isRefused = refuses === 'short' ? value.length < group.length : refuses === 'padded' && value[0] === 0;
      if (isRefused) peer.refused += 1;
      return isRefused && peer.refused <= (faults.refusesFirst ?? Number.POSITIVE_INFINITY);
    },
  });
}

/** Looks at the ClientHello, and answers with a stream that begins with it. Undefined where none comes. */
async function peekOffer(stream: Duplex): Promise<readonly [ClientOffer | undefined, Duplex]> {
  const [near, far] = streamPair();
  near.on('data', (chunk: Buffer) => stream.write(chunk)).on('error', () => {});
  near.on('end', () => stream.end()).on('close', () => stream.destroy());
  stream.on('end', () => near.end());
  const first = await new Promise<Buffer | undefined>((resolve) => {
    stream.once('end', () => resolve(undefined));
    stream.on('data', (chunk: Buffer) => {
      near.write(chunk);
      resolve(chunk);
    });
  });
  return [first === undefined ? undefined : parseClientHello(first.subarray(9)), far];
}

/** Handshake records of one byte, up to the ones that are encrypted. */
function fragment(stream: Duplex): void {
  const write = stream.write.bind(stream) as (record: Buffer) => boolean;
  stream.write = (record: Buffer) => {
    if (record[0] !== contentType.handshake) Reflect.deleteProperty(stream, 'write');
    else
      for (const byte of record.subarray(5)) write(Buffer.concat([record.subarray(0, 3), Buffer.from([0, 1, byte])]));
    return record[0] === contentType.handshake || write(record);
  };
}

function cutFlight(stream: Duplex, length: number): void {
  const write = stream.write.bind(stream) as (record: Buffer) => boolean;
  stream.write = (record: Buffer) => {
    write(record.subarray(0, length));
    stream.end();
    return true;
  };
}

function giveUpAfterFlight(stream: Duplex): void {
  const write = stream.write.bind(stream) as (record: Buffer) => boolean;
  stream.write = (record: Buffer) => {
    Reflect.deleteProperty(stream, 'write');
    return write(Buffer.concat([record, Buffer.from([contentType.alert, 3, 3, 0, 2, 2, 80])]));
  };
}

async function answerInstead(stream: Duplex, instead: NonNullable<PeerFaults['instead']>): Promise<void> {
  const records = new RecordStream(stream);
  await records.nextMessage();
  if (instead === 'stall') return;
  if (instead === 'close') stream.end();
  else if (instead === 'garbage') stream.write(randomBytes(600));
  else if (typeof instead === 'string') {
    const [version, id, ...extensions] = serverHellos[instead];
    const hello = handshakeMessage(
      handshakeType.serverHello,
      number(version, 2),
      randomBytes(32),
      vector(1),
      number(id, 2),
      number(0, 1),
      vector(2, ...extensions),
    );
    records.send(contentType.handshake, hello);
  } else if ('alert' in instead) {
    records.send(contentType.alert, Buffer.from([2, instead.alert]));
    stream.end();
  } else {
    stream.write(instead.bytes);
    stream.end();
  }
}

/** Version, suite, and extensions. */
const serverHellos = {
  'tls-1.0': [0x0301, 0x009e],
  'tls-1.3': [tls12, 0x1301, extension(extensionType.supportedVersions, number(0x0304, 2))],
  'foreign-suite': [tls12, 0xc02f],
} as const;
