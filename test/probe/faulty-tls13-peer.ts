/** A small TLS 1.3 server with ffdhe2048 that can be wrong in every way that matters, in memory. */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import {
  ffdheGroup,
  ffdheGroupIds,
  findExponent,
  power,
  toBigInt,
  toBytes,
  toShortBytes,
} from '../../lib/probe/finite-field';
import { RecordStream } from '../../lib/probe/record-stream';
import { makeSelfSigned } from '../../lib/probe/self-signed-certificate';
import { parseClientHello } from '../../lib/probe/server-handshake';
import { handshakeSides, tls13Suites } from '../../lib/probe/tls13-keys';
import {
  contentType,
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
  MessageReader,
  number,
  tls12,
  tls13,
  vector,
} from '../../lib/probe/wire';
import { streamPair } from './faulty-peer';

export interface Tls13Faults {
  readonly sharedSecret?: 'strip' | 'garble';
  /** Its own public value begins with a zero byte and is sent so. */
  readonly ownPublic?: 'short' | 'padded';
  readonly reusesKey?: boolean;
  readonly signsNonsense?: boolean;
  readonly refusesPaddedPublic?: boolean;
  /** To those that offer a finite-field group. */
  readonly alert?: number;
  /** It ends the connection in the midst of its ServerHello to them. */
  readonly cutsFlight?: boolean;
}

const group = ffdheGroup(2048);
const identity = makeSelfSigned();
const [suite] = tls13Suites;

export class FaultyTls13Peer {
  readonly #ownKey = findExponent(group, 0);

  constructor(readonly faults: Tls13Faults = {}) {}

  readonly connect = async (): Promise<Duplex> => {
    const [client, server] = streamPair();
    server.on('error', () => {});
    void this.#serve(server).catch(() => server.destroy());
    return client;
  };

  async #serve(stream: Duplex): Promise<void> {
    const { sharedSecret, ownPublic, reusesKey, signsNonsense, refusesPaddedPublic, alert } = this.faults;
    const records = new RecordStream(stream);
    const hello = await records.nextMessage();
    const { extensions } = parseClientHello(hello.body);
    const share = new MessageReader('key_share', extensions.get(extensionType.keyShare) ?? Buffer.alloc(0));
    const entry = new MessageReader('key_share', share.vector(2));
    const groupId = entry.number(2);
    const clientBytes = entry.vector(2);
    const refuse = (description: number) => {
      records.send(contentType.alert, Buffer.from([2, description]));
      stream.end();
    };
    const isFiniteField = Object.values<number>(ffdheGroupIds).includes(groupId);
    if (alert !== undefined && isFiniteField) return refuse(alert);
    if (isFiniteField && groupId !== ffdheGroupIds[2048]) return refuse(40);
    if (refusesPaddedPublic === true && clientBytes[0] === 0) return refuse(47);
    const key = reusesKey === true ? this.#ownKey : findExponent(group, ownPublic === undefined ? 0 : 1);
    const ownBytes = ownPublic === 'short' ? toShortBytes(key.publicValue) : toBytes(key.publicValue, group.length);
    const serverHello = handshakeMessage(
      handshakeType.serverHello,
      number(tls12, 2),
      randomBytes(32),
      vector(1),
      number(suite?.id ?? 0, 2),
      number(0, 1),
      vector(
        2,
        extension(extensionType.supportedVersions, number(tls13, 2)),
        extension(extensionType.keyShare, number(groupId, 2), vector(2, ownBytes)),
      ),
    );
    if (this.faults.cutsFlight === true && isFiniteField) {
      stream.end(Buffer.concat([Buffer.from([contentType.handshake, 3, 3, 1, 90]), serverHello.subarray(0, 50)]));
      return;
    }
    records.send(contentType.handshake, serverHello);
    if (!isFiniteField || suite === undefined) return;
    const secret = toBytes(power(toBigInt(clientBytes), key.exponent, group.p), group.length);
    const hasZero = secret[0] === 0;
    if (hasZero && sharedSecret === 'garble') secret.reverse();
    const used = hasZero && sharedSecret === 'strip' ? toShortBytes(toBigInt(secret)) : secret;
    const transcript = [hello.bytes, serverHello];
    const { server } = handshakeSides(suite, used, Buffer.concat(transcript));
    records.sealing = server.protection;
    const say = (type: number, ...parts: readonly Buffer[]) => {
      const message = handshakeMessage(type, ...parts);
      transcript.push(message);
      records.send(contentType.handshake, message);
    };
    const { certificates, sign } = await identity;
    say(handshakeType.encryptedExtensions, vector(2));
    say(
      handshakeType.certificate,
      vector(1),
      vector(3, ...certificates.map((one) => Buffer.concat([vector(3, one), vector(2)]))),
    );
    // RFC 8446, 4.4.3.
    const signed = Buffer.concat([
      Buffer.from(`${' '.repeat(64)}TLS 1.3, server CertificateVerify\0`, 'latin1'),
      server.digest(Buffer.concat(transcript)),
    ]);
    const scheme = 0x0804;
    say(
      handshakeType.certificateVerify,
      number(scheme, 2),
      vector(2, sign(scheme, signsNonsense === true ? Buffer.alloc(9) : signed)),
    );
    say(handshakeType.finished, server.verifyData(Buffer.concat(transcript)));
  }
}
