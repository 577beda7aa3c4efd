/** A small TLS 1.2 DHE server that can be wrong in every way that matters, over any stream. */
import { checkPrimeSync, randomBytes } from 'node:crypto';
import { Duplex } from 'node:stream';
import { type DheSuite, dheSuites } from '../../lib/probe/dhe-suites';
import { type Group, toBigInt } from '../../lib/probe/finite-field';
import { RecordStream } from '../../lib/probe/record-stream';
import { serveHandshake } from '../../lib/probe/server-handshake';
import {
  contentType,
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
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
    | 'tls-1.3'
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
    void serve(stream, this.group, faults).catch(() => stream.destroy());
  }
}

/** Signs nothing: the probe looks at no signature. */
const identity = { certificates: [], sign: () => Buffer.alloc(256) };

const premasters = {
  strip: undefined,
  keep: (secret: Buffer) => secret,
  garble: (secret: Buffer) => (secret[0] === 0 ? Buffer.concat([secret, secret]) : secret),
};

async function serve(stream: Duplex, group: Group, faults: PeerFaults): Promise<void> {
  if (faults.instead !== undefined) return answerInstead(stream, faults.instead);
  if (faults.fragments === true) fragment(stream);
  const { refuses } = faults;
  const writePremaster = premasters[faults.sharedSecret ?? 'strip'];
  await serveHandshake(stream, {
    identity,
    group,
    suites: faults.suite === undefined ? dheSuites : [faults.suite],
    choosePublicValue: () => ({ zeros: faults.ownPublic === undefined ? 0 : 1, form: faults.ownPublic ?? 'padded' }),
    extendedMasterSecret: faults.extendedMasterSecret !== false,
    encryptThenMac: faults.encryptThenMac === true,
    ...(writePremaster !== undefined && { writePremaster }),
    ...(refuses !== undefined && {
      refuses: (value: Buffer) => (refuses === 'short' ? value.length < group.length : value[0] === 0),
    }),
  });
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
  'tls-1.0': [0x0301, 0x0033],
  'tls-1.3': [tls12, 0x1301, extension(extensionType.supportedVersions, number(0x0304, 2))],
  'foreign-suite': [tls12, 0xc02f],
} as const;
