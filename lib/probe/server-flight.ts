/** What a server of TLS 1.0 to 1.2 answers to a ClientHello, up to ServerHelloDone. */

import { type DheSuite, suiteInVersion } from '../cipher-suite/dhe-suites';
import { PeerMessageError } from '../errors';
import { type Group, isUsableGroup, leadingZeros, toBigInt, toBytes, toShortBytes } from './finite-field';
import type { RecordStream } from './record-stream';
import { checkSignature, type SignatureCheck } from './server-signature';
import { extensionType, handshakeType, MessageReader, tls10, tls12, vector } from './wire';

/** What the server showed before the end, where it came so far. */
export interface ServerFacts {
  readonly suite: string;
  /** TLS's version number. */
  readonly version: number;
  readonly group: Group;
  readonly serverPublic: bigint;
  /** Bytes in which the server sent its public value. */
  readonly serverPublicLength: number;
  /** `other-form`: it is good for the public value in the other form, with or without its leading zeros. */
  readonly signature: SignatureCheck | 'other-form';
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly asksForCertificate: boolean;
  /** The server's own, in DER; undefined where it shows none. */
  readonly certificate: Buffer | undefined;
}

export interface ServerFlight {
  readonly suite: DheSuite;
  readonly serverRandom: Buffer;
  /** Signature schemes that the server takes from a client; undefined where it asks for no certificate. */
  readonly wantsCertificate: readonly number[] | undefined;
  readonly facts: ServerFacts;
}

/** What the ClientHello said, as far as the answer has to fit to it. */
export interface Offer {
  readonly random: Buffer;
  readonly suites: readonly DheSuite[];
  readonly unspoken: ReadonlyMap<number, string>;
  readonly versions: { readonly lowest: number; readonly highest: number };
}

/** The server chose one of the suites that were offered only to see whether it would. */
export class SuiteNotSpoken extends Error {
  constructor(readonly suite: string) {
    super(suite);
  }
}

const mostMessages = 16;

/** @throws HandshakeEnded, PeerMessageError, SuiteNotSpoken */
export async function readServerFlight(
  records: RecordStream,
  offer: Offer,
  transcript: Buffer[],
): Promise<ServerFlight> {
  let hello: ServerHello | undefined;
  let exchange: Buffer | undefined;
  let certificate: Buffer | undefined;
  let wantsCertificate: readonly number[] | undefined;
  for (;;) {
    const { type, body, bytes } = await records.nextMessage();
    if (type === handshakeType.helloRequest) continue;
    transcript.push(bytes);
    if (hello === undefined) {
      if (type !== handshakeType.serverHello) {
        throw new PeerMessageError('handshake message', 0, `type ${type} where ServerHello should be`);
      }
      hello = parseServerHello(body, offer);
      records.version = hello.suite.version;
    } else if (type === handshakeType.certificate) certificate = parseCertificate(body);
    else if (type === handshakeType.serverKeyExchange) exchange = body;
    else if (type === handshakeType.certificateRequest) {
      wantsCertificate = parseCertificateRequest(body, hello.suite.version);
    } else if (type === handshakeType.serverHelloDone) {
      if (exchange === undefined) throw new PeerMessageError('ServerHelloDone', 0, 'no ServerKeyExchange before it');
      const { suite, serverRandom, extendedMasterSecret, encryptThenMac } = hello;
      const facts = {
        suite: suite.name,
        version: suite.version,
        ...parseServerKeyExchange(exchange, hello, offer.random, certificate),
        extendedMasterSecret,
        // Suites that bring their own have no MAC to put anywhere (RFC 7366, 3).
        encryptThenMac: encryptThenMac && suite.mac !== undefined,
        asksForCertificate: wantsCertificate !== undefined,
        certificate,
      };
      return { suite, serverRandom, wantsCertificate, facts };
    }
    if (transcript.length > mostMessages) {
      throw new PeerMessageError('handshake message', 0, 'more messages than a server has to send');
    }
  }
}

interface ServerHello {
  readonly suite: DheSuite;
  readonly serverRandom: Buffer;
  readonly encryptThenMac: boolean;
  readonly extendedMasterSecret: boolean;
}

const hex = (value: number) => `0x${value.toString(16).padStart(4, '0')}`;

function parseServerHello(body: Buffer, { suites, unspoken, versions }: Offer): ServerHello {
  const reader = new MessageReader('ServerHello', body);
  const version = reader.number(2);
  if (version > versions.highest) throw reader.error(`version ${hex(version)}, which was not offered`);
  if (version < versions.lowest) throw reader.error(`version ${hex(version)}, which is lower than was asked for`);
  const serverRandom = reader.take(32);
  reader.vector(1);
  const id = reader.number(2);
  const name = unspoken.get(id);
  if (name !== undefined) throw new SuiteNotSpoken(name);
  const offered = suites.find((one) => one.id === id);
  if (offered === undefined) throw reader.error(`suite ${hex(id)}, which was not offered`);
  const suite = suiteInVersion(offered, version);
  if (suite === undefined) throw reader.error(`suite ${hex(id)}, which version ${hex(version)} does not have`);
  if (reader.number(1) !== 0) throw reader.error('compression, which was not offered');
  const extensions = reader.extensions();
  if (extensions.has(extensionType.supportedVersions)) throw reader.error('TLS 1.3, which was not offered');
  return {
    suite,
    serverRandom,
    encryptThenMac: extensions.has(extensionType.encryptThenMac),
    extendedMasterSecret: extensions.has(extensionType.extendedMasterSecret),
  };
}

/** The server's own, which comes first. */
function parseCertificate(body: Buffer): Buffer | undefined {
  const list = new MessageReader('Certificate', new MessageReader('Certificate', body).vector(3));
  return list.left === 0 ? undefined : list.vector(3);
}

function parseCertificateRequest(body: Buffer, version: number): readonly number[] {
  const reader = new MessageReader('CertificateRequest', body);
  reader.vector(1);
  return version < tls12 ? [] : reader.numbers(2);
}

function parseServerKeyExchange(
  body: Buffer,
  { suite, serverRandom }: ServerHello,
  clientRandom: Buffer,
  certificate: Buffer | undefined,
): Pick<ServerFacts, 'group' | 'serverPublic' | 'serverPublicLength' | 'signature'> {
  const reader = new MessageReader('ServerKeyExchange', body);
  const [prime, generator, publicBytes] = [reader.vector(2), reader.vector(2), reader.vector(2)];
  const parameters = body.subarray(0, body.length - reader.left);
  const [p, g, serverPublic] = [toBigInt(prime), toBigInt(generator), toBigInt(publicBytes)];
  if (!isUsableGroup(p, g, serverPublic)) throw reader.error('a group or public value that nobody can use');
  const group = { p, g, length: Math.ceil(p.toString(16).length / 2) };
  const serverPublicLength = publicBytes.length;
  const facts = { group, serverPublic, serverPublicLength };
  if (suite.name.includes('_anon_')) return { ...facts, signature: 'not-checked' };
  const { version } = suite;
  const scheme = version < tls12 ? undefined : reader.number(2);
  const given = { certificate, version, scheme, signature: reader.vector(2) };
  const check = (signed: Buffer) => checkSignature(Buffer.concat([clientRandom, serverRandom, signed]), given);
  const signature = check(parameters);
  if (signature !== 'invalid' || leadingZeros(serverPublic, group.length) === 0) return { ...facts, signature };
  const isShort = serverPublicLength < group.length;
  const otherForm = isShort ? toBytes(serverPublic, group.length) : toShortBytes(serverPublic);
  const other = Buffer.concat([vector(2, prime), vector(2, generator), vector(2, otherForm)]);
  return { ...facts, signature: check(other) === 'valid' ? 'other-form' : 'invalid' };
}

export const anyVersion = { lowest: tls10, highest: tls12 };
