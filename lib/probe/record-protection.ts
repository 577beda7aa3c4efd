/**
 * Encrypted records of TLS 1.0 to 1.2: GCM (RFC 5288), CCM (RFC 6655), ChaCha20-Poly1305 (RFC 7905), and CBC with the MAC
 * before (RFC 5246, 6.2.3.2) or after (RFC 7366).
 */
import {
  type CipherGCMTypes,
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { DheSuite } from '../cipher-suite/dhe-suites';
import { PeerMessageError } from '../errors';
import type { DirectionKeys } from './key-schedule';
import { number, tls10 } from './wire';

/** One direction of a connection; every record is one further in its sequence. */
export class RecordProtection {
  #sequence = 0n;
  /** In TLS 1.0 the last block of a record is what the next one begins from. */
  #chained: Buffer;

  constructor(
    readonly suite: DheSuite,
    readonly keys: DirectionKeys,
    readonly encryptThenMac: boolean,
  ) {
    this.#chained = keys.iv;
  }

  seal(type: number, content: Buffer): Buffer {
    const sequence = this.#next();
    if (this.suite.mac === undefined) {
      const { cipher, tagLength: authTagLength } = this.suite;
      const { nonce, explicit } = this.#nonce(sequence);
      const sealing = createCipheriv(cipher as CipherGCMTypes, this.keys.key, nonce, { authTagLength });
      sealing.setAAD(this.#additionalData(sequence, type, content.length), { plaintextLength: content.length });
      return Buffer.concat([explicit, sealing.update(content), sealing.final(), sealing.getAuthTag()]);
    }
    const { cipher, ivLength } = this.suite;
    const plain = this.encryptThenMac ? content : Buffer.concat([content, this.#mac(sequence, type, content)]);
    const padding = ivLength - (plain.length % ivLength);
    const padded = Buffer.concat([plain, Buffer.alloc(padding, padding - 1)]);
    const iv = this.#isChained ? this.#chained : randomBytes(ivLength);
    const sealing = createCipheriv(cipher, this.keys.key, iv).setAutoPadding(false);
    const encrypted = Buffer.concat([sealing.update(padded), sealing.final()]);
    this.#chained = encrypted.subarray(-ivLength);
    const sealed = this.#isChained ? encrypted : Buffer.concat([iv, encrypted]);
    return this.encryptThenMac ? Buffer.concat([sealed, this.#mac(sequence, type, sealed)]) : sealed;
  }

  /** @throws PeerMessageError where the record was not made with these keys */
  open(type: number, record: Buffer): Buffer {
    const sequence = this.#next();
    try {
      return this.suite.mac === undefined
        ? this.#openAead(sequence, type, record)
        : this.#openCbc(sequence, type, record);
    } catch {
      throw new PeerMessageError('encrypted record', 0, 'it was not made with the keys of this connection');
    }
  }

  #openAead(sequence: Buffer, type: number, record: Buffer): Buffer {
    const { cipher, tagLength: authTagLength } = this.suite;
    const { nonce, explicit } = this.#nonce(sequence, record);
    const opening = createDecipheriv(cipher as CipherGCMTypes, this.keys.key, nonce, { authTagLength });
    const sealed = record.subarray(explicit.length, -authTagLength);
    opening.setAuthTag(record.subarray(-authTagLength));
    opening.setAAD(this.#additionalData(sequence, type, sealed.length), { plaintextLength: sealed.length });
    return Buffer.concat([opening.update(sealed), opening.final()]);
  }

  #openCbc(sequence: Buffer, type: number, record: Buffer): Buffer {
    const { cipher, ivLength } = this.suite;
    const macLength = this.keys.mac.length;
    const sealed = this.encryptThenMac ? record.subarray(0, -macLength) : record;
    if (this.encryptThenMac) requireEqual(record.subarray(-macLength), this.#mac(sequence, type, sealed));
    const iv = this.#isChained ? this.#chained : sealed.subarray(0, ivLength);
    const encrypted = this.#isChained ? sealed : sealed.subarray(ivLength);
    const opening = createDecipheriv(cipher, this.keys.key, iv).setAutoPadding(false);
    const plain = Buffer.concat([opening.update(encrypted), opening.final()]);
    this.#chained = encrypted.subarray(-ivLength);
    const unpadded = plain.subarray(0, plain.length - 1 - (plain.at(-1) ?? 0));
    if (this.encryptThenMac) return unpadded;
    const content = unpadded.subarray(0, unpadded.length - macLength);
    requireEqual(unpadded.subarray(content.length), this.#mac(sequence, type, content));
    return content;
  }

  get #isChained(): boolean {
    return this.suite.version === tls10;
  }

  /** A part of it travels with the record, except in ChaCha20-Poly1305. */
  #nonce(sequence: Buffer, record: Buffer = sequence): { readonly nonce: Buffer; readonly explicit: Buffer } {
    const { iv } = this.keys;
    if (iv.length < 12) {
      const explicit = record.subarray(0, 8);
      return { nonce: Buffer.concat([iv, explicit]), explicit };
    }
    const nonce = Buffer.from(iv);
    for (const [index, byte] of sequence.entries()) nonce[index + 4] = (nonce[index + 4] ?? 0) ^ byte;
    return { nonce, explicit: Buffer.alloc(0) };
  }

  #mac(sequence: Buffer, type: number, content: Buffer): Buffer {
    return createHmac(this.suite.mac ?? 'sha1', this.keys.mac)
      .update(this.#additionalData(sequence, type, content.length))
      .update(content)
      .digest();
  }

  #additionalData(sequence: Buffer, type: number, length: number): Buffer {
    return Buffer.concat([sequence, number(type, 1), number(this.suite.version, 2), number(length, 2)]);
  }

  #next(): Buffer {
    const sequence = Buffer.alloc(8);
    sequence.writeBigUInt64BE(this.#sequence);
    this.#sequence += 1n;
    return sequence;
  }
}

function requireEqual(one: Buffer, other: Buffer): void {
  if (one.length !== other.length || !timingSafeEqual(one, other)) throw new Error('wrong MAC');
}
