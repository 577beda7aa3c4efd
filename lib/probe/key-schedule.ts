/** From the premaster secret to keys and Finished values (RFC 5246, 5, 6.3, 7.4.9, 8.1; RFC 2246 and 4346, 5; RFC 7627, 4). */
import { createHash, createHmac } from 'node:crypto';
import type { DheSuite } from '../cipher-suite/dhe-suites';

export function pseudoRandom(
  hash: DheSuite['prf'],
  secret: Buffer,
  label: string,
  seed: Buffer,
  length: number,
): Buffer {
  if (hash !== 'md5-sha1') return expand(hash, secret, label, seed, length);
  // Each hash takes one half of the secret; where its length is odd, both have the byte in the middle.
  const half = Math.ceil(secret.length / 2);
  const one = expand('md5', secret.subarray(0, half), label, seed, length);
  const other = expand('sha1', secret.subarray(secret.length - half), label, seed, length);
  return one.map((byte, index) => byte ^ (other[index] ?? 0)) as Buffer;
}

function expand(hash: string, secret: Buffer, label: string, seed: Buffer, length: number): Buffer {
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
  const hashes = prf === 'md5-sha1' ? ['md5', 'sha1'] : [prf];
  return Buffer.concat(hashes.map((hash) => createHash(hash).update(transcript).digest()));
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
  const macLength = suite.mac === undefined ? 0 : { sha1: 20, sha256: 32, sha384: 48 }[suite.mac];
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
