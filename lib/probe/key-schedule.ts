/** From the premaster secret to keys and Finished values (RFC 5246, 5, 6.3, 7.4.9, 8.1; RFC 7627, 4). */
import { createHash, createHmac } from 'node:crypto';
import type { DheSuite } from './dhe-suites';

export function pseudoRandom(hash: string, secret: Buffer, label: string, seed: Buffer, length: number): Buffer {
  const labelled = Buffer.concat([Buffer.from(label, 'latin1'), seed]);
  const hmac = (data: Buffer) => createHmac(hash, secret).update(data).digest();
  const blocks: Buffer[] = [];
  let a = labelled;
  for (let have = 0; have < length; ) {
    a = hmac(a);
    const block = hmac(Buffer.concat([a, labelled]));
    blocks.push(block);
    have += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

export interface HandshakeSecrets {
  readonly suite: DheSuite;
  readonly premaster: Buffer;
  readonly clientRandom: Buffer;
  readonly serverRandom: Buffer;
  /** The handshake messages up to and with ClientKeyExchange where the extended master secret was agreed on. */
  readonly sessionTranscript: Buffer | undefined;
}

export function masterSecret(secrets: HandshakeSecrets): Buffer {
  const { suite, premaster, clientRandom, serverRandom, sessionTranscript } = secrets;
  return sessionTranscript === undefined
    ? pseudoRandom(suite.prf, premaster, 'master secret', Buffer.concat([clientRandom, serverRandom]), 48)
    : pseudoRandom(suite.prf, premaster, 'extended master secret', digest(suite, sessionTranscript), 48);
}

export function digest({ prf }: DheSuite, transcript: Buffer): Buffer {
  return createHash(prf).update(transcript).digest();
}

export function verifyData(suite: DheSuite, master: Buffer, side: 'client' | 'server', transcript: Buffer): Buffer {
  return pseudoRandom(suite.prf, master, `${side} finished`, digest(suite, transcript), 12);
}

export interface DirectionKeys {
  readonly mac: Buffer;
  readonly key: Buffer;
  readonly iv: Buffer;
}

export function directionKeys(
  suite: DheSuite,
  master: Buffer,
  clientRandom: Buffer,
  serverRandom: Buffer,
): { readonly client: DirectionKeys; readonly server: DirectionKeys } {
  const macLength = suite.mac === undefined ? 0 : suite.mac === 'sha1' ? 20 : 32;
  const lengths = [macLength, macLength, suite.keyLength, suite.keyLength, suite.ivLength, suite.ivLength];
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const block = pseudoRandom(suite.prf, master, 'key expansion', Buffer.concat([serverRandom, clientRandom]), total);
  let offset = 0;
  const [clientMac, serverMac, clientKey, serverKey, clientIv, serverIv] = lengths.map((length) => {
    offset += length;
    return block.subarray(offset - length, offset);
  }) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  return {
    client: { mac: clientMac, key: clientKey, iv: clientIv },
    server: { mac: serverMac, key: serverKey, iv: serverIv },
  };
}
