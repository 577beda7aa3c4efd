/** Encrypted records of TLS 1.2: AES-GCM (RFC 5288), and CBC with the MAC before (RFC 5246, 6.2.3.2) or after (RFC 7366). */
import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { PeerMessageError } from '../errors';
import type { DheSuite } from './dhe-suites';
import type { DirectionKeys } from './key-schedule';
import { number, tls12 } from './wire';

/** One direction of a connection; every record is one further in its sequence. */
export class RecordProtection {
  #sequence = 0n;

  constructor(
    readonly suite: DheSuite,
    readonly keys: DirectionKeys,
    readonly encryptThenMac: boolean,
  ) {}

  seal(type: number, content: Buffer): Buffer {
    const sequence = this.#next();
    if (this.suite.mac === undefined) {
      const cipher = createCipheriv(
        this.suite.cipher as CipherGCMTypes,
        this.keys.key,
        Buffer.concat([this.keys.iv, sequence]),
      );
      cipher.setAAD(additionalData(sequence, type, content.length));
      return Buffer.concat([sequence, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    }
    const plain = this.encryptThenMac ? content : Buffer.concat([content, this.#mac(sequence, type, content)]);
    const iv = randomBytes(this.suite.ivLength);
    const padding = this.suite.ivLength - (plain.length % this.suite.ivLength);
    const cipher = createCipheriv(this.suite.cipher, this.keys.key, iv).setAutoPadding(false);
    const padded = Buffer.concat([plain, Buffer.alloc(padding, padding - 1)]);
    const sealed = Buffer.concat([iv, cipher.update(padded), cipher.final()]);
    return this.encryptThenMac ? Buffer.concat([sealed, this.#mac(sequence, type, sealed)]) : sealed;
  }

  /** @throws PeerMessageError where the record was not made with these keys */
  open(type: number, record: Buffer): Buffer {
    const sequence = this.#next();
    try {
      return this.suite.mac === undefined
        ? this.#openGcm(sequence, type, record)
        : this.#openCbc(sequence, type, record);
    } catch {
      throw new PeerMessageError('encrypted record', 0, 'it was not made with the keys of this connection');
    }
  }

  #openGcm(sequence: Buffer, type: number, record: Buffer): Buffer {
    const nonce = Buffer.concat([this.keys.iv, record.subarray(0, 8)]);
    const decipher = createDecipheriv(this.suite.cipher as CipherGCMTypes, this.keys.key, nonce, { authTagLength: 16 });
    const sealed = record.subarray(8, -16);
    decipher.setAAD(additionalData(sequence, type, sealed.length)).setAuthTag(record.subarray(-16));
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  }

  #openCbc(sequence: Buffer, type: number, record: Buffer): Buffer {
    const macLength = this.keys.mac.length;
    const sealed = this.encryptThenMac ? record.subarray(0, -macLength) : record;
    if (this.encryptThenMac) requireEqual(record.subarray(-macLength), this.#mac(sequence, type, sealed));
    const iv = sealed.subarray(0, this.suite.ivLength);
    const decipher = createDecipheriv(this.suite.cipher, this.keys.key, iv).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(sealed.subarray(this.suite.ivLength)), decipher.final()]);
    const unpadded = plain.subarray(0, plain.length - 1 - (plain.at(-1) ?? 0));
    if (this.encryptThenMac) return unpadded;
    const content = unpadded.subarray(0, unpadded.length - macLength);
    requireEqual(unpadded.subarray(content.length), this.#mac(sequence, type, content));
    return content;
  }

  #mac(sequence: Buffer, type: number, content: Buffer): Buffer {
    return createHmac(this.suite.mac ?? 'sha1', this.keys.mac)
      .update(additionalData(sequence, type, content.length))
      .update(content)
      .digest();
  }

  #next(): Buffer {
    const sequence = Buffer.alloc(8);
    sequence.writeBigUInt64BE(this.#sequence);
    this.#sequence += 1n;
    return sequence;
  }
}

function additionalData(sequence: Buffer, type: number, length: number): Buffer {
  return Buffer.concat([sequence, number(type, 1), number(tls12, 2), number(length, 2)]);
}

function requireEqual(one: Buffer, other: Buffer): void {
  if (one.length !== other.length || !timingSafeEqual(one, other)) throw new Error('wrong MAC');
}
