/** TLS 1.3: from a shared secret to the keys of its handshake (RFC 8446, 7), and records encrypted with them (5.2). */
import { type CipherGCMTypes, createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { PeerMessageError } from '../errors';
import { contentType, number, tls12, vector } from './wire';

export interface Tls13Suite {
  readonly id: number;
  readonly name: string;
  /** Node's name of the cipher. */
  readonly cipher: CipherGCMTypes | 'chacha20-poly1305';
  readonly keyLength: 16 | 32;
  readonly hash: 'sha256' | 'sha384';
}

export const tls13Suites: readonly Tls13Suite[] = [
  { id: 0x1301, name: 'TLS_AES_128_GCM_SHA256', cipher: 'aes-128-gcm', keyLength: 16, hash: 'sha256' },
  { id: 0x1302, name: 'TLS_AES_256_GCM_SHA384', cipher: 'aes-256-gcm', keyLength: 32, hash: 'sha384' },
  { id: 0x1303, name: 'TLS_CHACHA20_POLY1305_SHA256', cipher: 'chacha20-poly1305', keyLength: 32, hash: 'sha256' },
];

export interface Tls13Side {
  readonly protection: Tls13Protection;
  readonly digest: (transcript: Buffer) => Buffer;
  /** What Finished holds after these messages. */
  readonly verifyData: (transcript: Buffer) => Buffer;
}

/** Both sides of a handshake, from the messages up to and with ServerHello. */
export function handshakeSides(
  suite: Tls13Suite,
  sharedSecret: Buffer,
  hellos: Buffer,
): { readonly client: Tls13Side; readonly server: Tls13Side } {
  const { hash } = suite;
  const length = hash === 'sha384' ? 48 : 32;
  const digest = (data: Buffer) => createHash(hash).update(data).digest();
  const extract = (salt: Buffer, secret: Buffer) => createHmac(hash, salt).update(secret).digest();
  const expand = (secret: Buffer, label: string, context: Buffer, size: number) => {
    const info = Buffer.concat([
      number(size, 2),
      vector(1, Buffer.from(`tls13 ${label}`, 'latin1')),
      vector(1, context),
    ]);
    // Nothing here is longer than one block of the hash.
    return createHmac(hash, secret)
      .update(Buffer.concat([info, number(1, 1)]))
      .digest()
      .subarray(0, size);
  };
  const nothing = Buffer.alloc(length);
  const early = extract(nothing, nothing);
  const secret = extract(expand(early, 'derived', digest(Buffer.alloc(0)), length), sharedSecret);
  const side = (label: string): Tls13Side => {
    const traffic = expand(secret, label, digest(hellos), length);
    const key = expand(traffic, 'key', Buffer.alloc(0), suite.keyLength);
    const iv = expand(traffic, 'iv', Buffer.alloc(0), 12);
    const finished = expand(traffic, 'finished', Buffer.alloc(0), length);
    return {
      protection: new Tls13Protection(suite, key, iv),
      digest,
      verifyData: (transcript) => extract(finished, digest(transcript)),
    };
  };
  return { client: side('c hs traffic'), server: side('s hs traffic') };
}

const tagLength = 16;

/** One direction of a connection; every record is one further in its sequence. */
export class Tls13Protection {
  /** What a record says that it is. */
  readonly outerType = contentType.applicationData;
  #sequence = 0n;

  constructor(
    readonly suite: Tls13Suite,
    readonly key: Buffer,
    readonly iv: Buffer,
  ) {}

  /** The record's content, to be sent as application data. */
  seal(type: number, content: Buffer): Buffer {
    const plain = Buffer.concat([content, number(type, 1)]);
    const cipher = createCipheriv(this.suite.cipher as CipherGCMTypes, this.key, this.#nextNonce(), {
      authTagLength: tagLength,
    });
    cipher.setAAD(header(plain.length + tagLength), { plaintextLength: plain.length });
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws PeerMessageError where the record was not made with these keys */
  open(record: Buffer): { readonly type: number; readonly content: Buffer } {
    const sealed = record.subarray(0, -tagLength);
    try {
      const decipher = createDecipheriv(this.suite.cipher as CipherGCMTypes, this.key, this.#nextNonce(), {
        authTagLength: tagLength,
      });
      decipher.setAuthTag(record.subarray(-tagLength));
      decipher.setAAD(header(record.length), { plaintextLength: sealed.length });
      const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
      // Zero bytes after the type are padding.
      const end = plain.findLastIndex((byte) => byte !== 0);
      return { type: plain[end] ?? 0, content: plain.subarray(0, Math.max(0, end)) };
    } catch {
      throw new PeerMessageError('encrypted record', 0, 'it was not made with the keys of this connection');
    }
  }

  #nextNonce(): Buffer {
    const nonce = Buffer.from(this.iv);
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) ^ this.#sequence, 4);
    this.#sequence += 1n;
    return nonce;
  }
}

function header(length: number): Buffer {
  return Buffer.concat([number(contentType.applicationData, 1), number(tls12, 2), number(length, 2)]);
}
