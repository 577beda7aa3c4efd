/** One TLS 1.3 handshake with a finite-field group (RFC 7919), in which the client's key goes first (RFC 8446, 4.2.8). */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { PeerMessageError } from '../errors';
import { numbers, serverNameOf, writeClientHello } from './client-hello';
import { type ClientIdentity, signAsClient } from './client-identity';
import { type Group, isUsableGroup, power, toBigInt, toBytes, toShortBytes } from './finite-field';
import type { HandshakeResult, KeyLengths, Stage } from './handshake';
import { HandshakeEnded, RecordStream } from './record-stream';
import type { ServerFacts } from './server-flight';
import { checkSignature, type SignatureCheck } from './server-signature';
import { handshakeSides, type Tls13Protection, type Tls13Side, type Tls13Suite, tls13Suites } from './tls13-keys';
import {
  contentType,
  extension,
  extensionType,
  handshakeMessage,
  handshakeType,
  MessageReader,
  number,
  tls13,
  vector,
} from './wire';

export interface NamedGroup extends Group {
  /** IANA's number of it. */
  readonly id: number;
}

export interface Tls13Request {
  readonly serverName: string;
  readonly group: NamedGroup;
  readonly exponent: bigint;
  readonly clientPublic: bigint;
  /** Ends after ServerHello where the shared secret begins with no zero byte: `no-such-key`. */
  readonly onlyWithZero: boolean;
  readonly identity?: ClientIdentity | undefined;
}

/** `stripped`: the server's keys come from the shared secret without its zeros. */
export type Tls13Result = HandshakeResult & { readonly stripped: boolean };

/** Where a HelloRetryRequest would be a ServerHello (RFC 8446, 4.1.3): SHA-256 of its name. */
const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

interface Progress {
  stage: Stage;
  server: ServerFacts | undefined;
  lengths: KeyLengths | undefined;
  stripped: boolean;
}

/** Never throws for what the peer does; time limits are the caller's, who destroys the stream. */
export async function shakeHandsTls13(stream: Duplex, request: Tls13Request): Promise<Tls13Result> {
  const progress: Progress = { stage: 'hello', server: undefined, lengths: undefined, stripped: false };
  const records = new RecordStream(stream);
  try {
    const hasZero = await runHandshake(records, request, progress);
    return { ...progress, kind: hasZero ? 'completed' : 'no-such-key' };
  } catch (error) {
    if (progress.stage === 'hello' && records.firstType === contentType.handshake) progress.stage = 'flight';
    if (error instanceof HandshakeEnded) return { ...progress, ...error.ending };
    if (error instanceof PeerMessageError) return { ...progress, kind: 'malformed', error };
    throw error;
  }
}

async function runHandshake(records: RecordStream, request: Tls13Request, progress: Progress): Promise<boolean> {
  const { group, exponent, clientPublic, identity } = request;
  const transcript: Buffer[] = [];
  const hello = writeClientHello({
    random: randomBytes(32),
    version: tls13,
    suiteIds: tls13Suites.map(({ id }) => id),
    serverName: serverNameOf(request.serverName),
    extensions: [
      extension(extensionType.supportedGroups, numbers([group.id])),
      extension(extensionType.supportedVersions, numbers([tls13], 1)),
      extension(extensionType.keyShare, vector(2, number(group.id, 2), vector(2, toBytes(clientPublic, group.length)))),
    ],
  });
  transcript.push(hello);
  records.send(contentType.handshake, hello);
  const answer = await records.nextMessage();
  if (answer.type !== handshakeType.serverHello) {
    throw new PeerMessageError('handshake message', 0, `type ${answer.type} where ServerHello should be`);
  }
  transcript.push(answer.bytes);
  const { suite, publicBytes } = parseServerHello(answer.body, group);
  const serverPublic = toBigInt(publicBytes);
  const secret = toBytes(power(serverPublic, exponent, group.p), group.length);
  const facts = factsOf(suite, group, serverPublic, publicBytes.length);
  progress.server = facts;
  const hasZero = secret[0] === 0;
  if (request.onlyWithZero && !hasZero) return false;
  progress.stage = 'key';
  progress.lengths = {
    p: group.length,
    sharedSecret: toShortBytes(toBigInt(secret)).length,
    premaster: secret.length,
    clientPublic: toShortBytes(clientPublic).length,
    clientPublicSent: group.length,
  };

  const hellos = Buffer.concat(transcript);
  const sides = handshakeSides(suite, secret, hellos);
  const strippedSides = hasZero ? handshakeSides(suite, toShortBytes(toBigInt(secret)), hellos) : undefined;
  records.skipsChangeCipherSpec = true;
  let opening: Tls13Protection | undefined;
  records.opening = {
    open: (type, record) => {
      // What middleboxes are shown (RFC 8446, D.4), and alerts of a server that has no keys yet.
      if (type !== contentType.applicationData) return { type, content: record };
      if (opening !== undefined) return opening.open(record);
      try {
        const opened = sides.server.protection.open(record);
        opening = sides.server.protection;
        return opened;
      } catch (error) {
        if (strippedSides === undefined) throw error;
        const opened = strippedSides.server.protection.open(record);
        progress.stripped = true;
        opening = strippedSides.server.protection;
        return opened;
      }
    },
  };
  const certificateRequest = await readFlight(records, transcript, sides.server, (signature) => {
    progress.server = { ...facts, signature };
  });
  await answerFlight(records, transcript, sides.client, certificateRequest, identity);
  return true;
}

/** Up to the server's Finished, whose data are checked. Gives what it asks for as a certificate. */
async function readFlight(
  records: RecordStream,
  transcript: Buffer[],
  server: Tls13Side,
  onSignature: (check: SignatureCheck) => void,
): Promise<Buffer | undefined> {
  let request: Buffer | undefined;
  let certificate: Buffer | undefined;
  for (;;) {
    const { type, body, bytes } = await records.nextMessage();
    if (type === handshakeType.finished) {
      if (!body.equals(server.verifyData(Buffer.concat(transcript)))) {
        throw new PeerMessageError('Finished', 0, 'other verification data than this handshake has');
      }
      transcript.push(bytes);
      return request;
    }
    if (type === handshakeType.certificateRequest) request = body;
    if (type === handshakeType.certificate) certificate = parseCertificate(body);
    if (type === handshakeType.certificateVerify) {
      const reader = new MessageReader('CertificateVerify', body);
      const [scheme, signature] = [reader.number(2), reader.vector(2)];
      const signed = signedContent('server', server.digest(Buffer.concat(transcript)));
      onSignature(checkSignature(signed, { certificate, version: tls13, scheme, signature }));
    }
    transcript.push(bytes);
    if (transcript.length > 16)
      throw new PeerMessageError('handshake message', 0, 'more messages than a server has to send');
  }
}

/** What CertificateVerify signs (RFC 8446, 4.4.3). */
function signedContent(side: 'client' | 'server', digest: Buffer): Buffer {
  const context = Buffer.from(`TLS 1.3, ${side} CertificateVerify\0`, 'latin1');
  return Buffer.concat([Buffer.alloc(64, 0x20), context, digest]);
}

/** The server's own, which comes first, after the context of the request (RFC 8446, 4.4.2). */
function parseCertificate(body: Buffer): Buffer | undefined {
  const reader = new MessageReader('Certificate', body);
  reader.vector(1);
  const list = new MessageReader('Certificate', reader.vector(3));
  return list.left === 0 ? undefined : list.vector(3);
}

async function answerFlight(
  records: RecordStream,
  transcript: Buffer[],
  client: Tls13Side,
  request: Buffer | undefined,
  identity: ClientIdentity | undefined,
): Promise<void> {
  records.hold();
  records.sealing = client.protection;
  const say = (message: Buffer) => {
    transcript.push(message);
    records.send(contentType.handshake, message);
  };
  if (request !== undefined) {
    const reader = new MessageReader('CertificateRequest', request);
    const context = reader.vector(1);
    const schemes = reader.extensions().get(extensionType.signatureAlgorithms);
    const accepted = schemes === undefined ? [] : new MessageReader('signature_algorithms', schemes).numbers(2);
    const shown = identity?.certificates ?? [];
    const entries = shown.map((one) => Buffer.concat([vector(3, one), vector(2)]));
    say(handshakeMessage(handshakeType.certificate, vector(1, context), vector(3, ...entries)));
    const signed = signedContent('client', client.digest(Buffer.concat(transcript)));
    const proof = identity === undefined ? undefined : signAsClient(identity, accepted, signed);
    if (proof !== undefined) {
      say(handshakeMessage(handshakeType.certificateVerify, number(proof.scheme, 2), vector(2, proof.signature)));
    }
  }
  say(handshakeMessage(handshakeType.finished, client.verifyData(Buffer.concat(transcript))));
  records.release();
}

function parseServerHello(
  body: Buffer,
  group: NamedGroup,
): { readonly suite: Tls13Suite; readonly publicBytes: Buffer } {
  const reader = new MessageReader('ServerHello', body);
  reader.number(2);
  if (reader.take(32).equals(retryRandom)) throw reader.error('a request for another group, where one was offered');
  reader.vector(1);
  const id = reader.number(2);
  const suite = tls13Suites.find((one) => one.id === id);
  reader.number(1);
  const extensions = reader.extensions();
  const version = extensions.get(extensionType.supportedVersions);
  if (suite === undefined || version?.equals(number(tls13, 2)) !== true) throw reader.error('no TLS 1.3');
  const share = new MessageReader('key_share', extensions.get(extensionType.keyShare) ?? Buffer.alloc(0));
  if (share.number(2) !== group.id) throw share.error('another group than the one that was offered');
  const publicBytes = share.vector(2);
  if (!isUsableGroup(group.p, group.g, toBigInt(publicBytes)) || publicBytes.length > group.length) {
    throw share.error('a public value that nobody can use');
  }
  return { suite, publicBytes };
}

function factsOf(suite: Tls13Suite, group: Group, serverPublic: bigint, serverPublicLength: number): ServerFacts {
  return {
    suite: suite.name,
    version: tls13,
    group,
    serverPublic,
    serverPublicLength,
    signature: 'not-checked',
    extendedMasterSecret: false,
    encryptThenMac: false,
    asksForCertificate: false,
    certificate: undefined,
  };
}
