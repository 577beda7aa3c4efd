/** A small TLS 1.2 DHE server that can be wrong in every way that matters, over any stream. */
import { checkPrimeSync, randomBytes } from 'node:crypto';
import { Duplex } from 'node:stream';
import { type DheSuite, dheSuites } from '../../lib/probe/dhe-suites';
import { type Group, leadingZeros, power, toBigInt, toBytes } from '../../lib/probe/finite-field';
import { directionKeys, masterSecret, verifyData } from '../../lib/probe/key-schedule';
import { RecordProtection } from '../../lib/probe/record-protection';
import { RecordStream } from '../../lib/probe/record-stream';
import {
  contentType,
  handshakeMessage,
  handshakeType,
  MessageReader,
  number,
  tls12,
  vector,
} from '../../lib/probe/wire';

export interface PeerFaults {
  /** What it does with the leading zeros of the shared secret. */
  readonly sharedSecret?: 'strip' | 'keep' | 'garble';
  readonly refuses?: 'short' | 'padded';
  /** Its own public value begins with a zero byte, and is sent so. */
  readonly ownPublic?: 'short' | 'padded';
  /** Instead of its flight. */
  readonly instead?:
    | 'close'
    | 'stall'
    | 'garbage'
    | 'tls-1.0'
    | 'foreign-suite'
    | { readonly alert: number }
    | { readonly bytes: Buffer };
  /** Records of one byte. */
  readonly fragments?: boolean;
  readonly suite?: DheSuite;
  readonly extendedMasterSecret?: boolean;
  readonly encryptThenMac?: boolean;
  /** From this connection on it refuses everything. */
  readonly refusesFrom?: number;
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
    void new Connection(stream, this.group, faults).run().catch(() => stream.destroy());
  }
}

class Connection {
  readonly #records: RecordStream;
  readonly #transcript: Buffer[] = [];

  constructor(
    readonly stream: Duplex,
    readonly group: Group,
    readonly faults: PeerFaults,
  ) {
    this.#records = new RecordStream(stream);
  }

  async run(): Promise<void> {
    const { faults, group } = this;
    const hello = await this.#records.nextMessage();
    this.#transcript.push(hello.bytes);
    const offer = parseClientHello(hello.body);
    if (faults.instead !== undefined) return this.#answerInstead(faults.instead, offer.ids);
    const suite = faults.suite ?? dheSuites.find(({ id }) => id === offer.ids[0]);
    if (suite === undefined) throw new Error('no suite');
    const isExtended = offer.extensions.has(23) && faults.extendedMasterSecret !== false;
    const isEtm = offer.extensions.has(22) && faults.encryptThenMac === true && suite.mac !== undefined;
    const serverRandom = randomBytes(32);
    const { exponent, value } = this.#chooseKey();
    const extensions = [...(isEtm ? [22] : []), ...(isExtended ? [23] : [])].map((type) =>
      Buffer.concat([number(type, 2), vector(2)]),
    );
    this.#say(
      handshakeMessage(
        handshakeType.serverHello,
        number(tls12, 2),
        serverRandom,
        vector(1),
        number(suite.id, 2),
        number(0, 1),
        vector(2, ...extensions),
      ),
      handshakeMessage(handshakeType.certificate, vector(3)),
      handshakeMessage(
        handshakeType.serverKeyExchange,
        vector(2, toBytes(group.p, group.length)),
        vector(2, Buffer.from([Number(group.g)])),
        vector(2, faults.ownPublic === 'short' ? short(value, group) : toBytes(value, group.length)),
        number(0x0401, 2),
        vector(2, Buffer.alloc(256)),
      ),
      handshakeMessage(handshakeType.serverHelloDone),
    );

    const exchange = await this.#records.nextMessage();
    this.#transcript.push(exchange.bytes);
    const publicBytes = new MessageReader('ClientKeyExchange', exchange.body).vector(2);
    if (faults.refuses === 'short' && publicBytes.length < group.length) return this.#alert(47);
    if (faults.refuses === 'padded' && publicBytes[0] === 0) return this.#alert(47);
    const secret = power(toBigInt(publicBytes), exponent, group.p);
    const master = masterSecret({
      suite,
      premaster: this.#writeSecret(secret),
      clientRandom: offer.random,
      serverRandom,
      sessionTranscript: isExtended ? Buffer.concat(this.#transcript) : undefined,
    });
    const keys = directionKeys(suite, master, offer.random, serverRandom);
    await this.#records.expectChangeCipherSpec();
    this.#records.protection = new RecordProtection(suite, keys.client, isEtm);
    const expected = verifyData(suite, master, 'client', Buffer.concat(this.#transcript));
    try {
      const finished = await this.#records.nextMessage();
      this.#transcript.push(finished.bytes);
      if (!finished.body.equals(expected)) return this.#alert(51);
    } catch {
      return this.#alert(20);
    }
    this.#send(contentType.changeCipherSpec, number(1, 1));
    const protection = new RecordProtection(suite, keys.server, isEtm);
    const answer = handshakeMessage(
      handshakeType.finished,
      verifyData(suite, master, 'server', Buffer.concat(this.#transcript)),
    );
    this.#write(contentType.handshake, protection.seal(contentType.handshake, answer));
  }

  #chooseKey() {
    const wanted = this.faults.ownPublic === undefined ? 0 : 1;
    for (let exponent = toBigInt(randomBytes(16)); ; exponent += 1n) {
      const value = power(this.group.g, exponent, this.group.p);
      if (leadingZeros(value, this.group.length) === wanted) return { exponent, value };
    }
  }

  #writeSecret(secret: bigint): Buffer {
    const full = toBytes(secret, this.group.length);
    if (full[0] !== 0 || this.faults.sharedSecret === 'keep') return full;
    return this.faults.sharedSecret === 'garble' ? Buffer.concat([full, full]) : short(secret, this.group);
  }

  #answerInstead(instead: NonNullable<PeerFaults['instead']>, ids: readonly number[]): void {
    if (instead === 'stall') return;
    if (instead === 'close') this.stream.end();
    else if (instead === 'garbage') this.stream.write(randomBytes(600));
    else if (instead === 'tls-1.0' || instead === 'foreign-suite') {
      const [version, id] = instead === 'tls-1.0' ? [0x0301, ids[0] ?? 0] : [tls12, 0xc02f];
      this.#say(
        handshakeMessage(
          handshakeType.serverHello,
          number(version, 2),
          randomBytes(32),
          vector(1),
          number(id, 2),
          number(0, 1),
        ),
      );
    } else if ('alert' in instead) this.#alert(instead.alert);
    else {
      this.stream.write(instead.bytes);
      this.stream.end();
    }
  }

  #say(...messages: readonly Buffer[]): void {
    this.#transcript.push(...messages);
    this.#send(contentType.handshake, Buffer.concat(messages));
  }

  #send(type: number, content: Buffer): void {
    const size = this.faults.fragments === true && type === contentType.handshake ? 1 : 2 ** 14;
    for (let at = 0; at < content.length; at += size) this.#write(type, content.subarray(at, at + size));
  }

  #write(type: number, content: Buffer): void {
    this.stream.write(Buffer.concat([number(type, 1), number(tls12, 2), vector(2, content)]));
  }

  #alert(description: number): void {
    this.#write(contentType.alert, Buffer.from([2, description]));
    this.stream.end();
  }
}

function short(value: bigint, group: Group): Buffer {
  return toBytes(value, group.length - leadingZeros(value, group.length));
}

function parseClientHello(body: Buffer) {
  const reader = new MessageReader('ClientHello', body);
  reader.number(2);
  const random = reader.take(32);
  reader.vector(1);
  const suites = new MessageReader('suites', reader.vector(2));
  const ids: number[] = [];
  while (suites.left > 0) ids.push(suites.number(2));
  reader.vector(1);
  const list = new MessageReader('extensions', reader.vector(2));
  const extensions = new Set<number>();
  while (list.left > 0) {
    extensions.add(list.number(2));
    list.vector(2);
  }
  return { random, ids, extensions };
}
