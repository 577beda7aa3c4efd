/** Whether a server's key exchange is signed by the key of its certificate (RFC 5246, 7.4.3; RFC 8446, 4.2.3). */
import { constants, createHash, type KeyObject, publicDecrypt, verify, X509Certificate } from 'node:crypto';
import { tls12 } from './wire';

/** `not-checked`: there is no certificate, or one or a scheme that cannot be worked with. */
export type SignatureCheck = 'valid' | 'invalid' | 'not-checked';

interface Scheme {
  readonly kind: 'rsa' | 'rsa-pss' | 'ec' | 'dsa' | 'ed';
  readonly hash: string | null;
}

const schemes: ReadonlyMap<number, Scheme> = new Map<number, Scheme>([
  [0x0401, { kind: 'rsa', hash: 'sha256' }],
  [0x0501, { kind: 'rsa', hash: 'sha384' }],
  [0x0601, { kind: 'rsa', hash: 'sha512' }],
  [0x0402, { kind: 'dsa', hash: 'sha256' }],
  [0x0502, { kind: 'dsa', hash: 'sha384' }],
  [0x0403, { kind: 'ec', hash: 'sha256' }],
  [0x0503, { kind: 'ec', hash: 'sha384' }],
  [0x0603, { kind: 'ec', hash: 'sha512' }],
  [0x0804, { kind: 'rsa-pss', hash: 'sha256' }],
  [0x0805, { kind: 'rsa-pss', hash: 'sha384' }],
  [0x0806, { kind: 'rsa-pss', hash: 'sha512' }],
  [0x0807, { kind: 'ed', hash: null }],
  [0x0808, { kind: 'ed', hash: null }],
  [0x0809, { kind: 'rsa-pss', hash: 'sha256' }],
  [0x080a, { kind: 'rsa-pss', hash: 'sha384' }],
  [0x080b, { kind: 'rsa-pss', hash: 'sha512' }],
  [0x0301, { kind: 'rsa', hash: 'sha224' }],
  [0x0201, { kind: 'rsa', hash: 'sha1' }],
  [0x0202, { kind: 'dsa', hash: 'sha1' }],
  [0x0203, { kind: 'ec', hash: 'sha1' }],
]);

/** In order of preference. */
export const offeredSchemes: readonly number[] = [...schemes.keys()];

export interface ServerSignature {
  /** The server's own certificate, in DER; undefined where it showed none. */
  readonly certificate: Buffer | undefined;
  readonly version: number;
  /** The number of a signature scheme; undefined below TLS 1.2, which has none. */
  readonly scheme: number | undefined;
  readonly signature: Buffer;
}

/** Whether it signs that data. */
export function checkSignature(signed: Buffer, given: ServerSignature): SignatureCheck {
  const key = publicKeyOf(given.certificate);
  if (key === undefined) return 'not-checked';
  try {
    const isValid = given.version < tls12 ? verifyOld(key, signed, given.signature) : verifyScheme(key, signed, given);
    return isValid === undefined ? 'not-checked' : isValid ? 'valid' : 'invalid';
  } catch {
    // A key that OpenSSL will not work with, as one that is too short.
    return 'not-checked';
  }
}

function publicKeyOf(certificate: Buffer | undefined): KeyObject | undefined {
  if (certificate === undefined) return undefined;
  try {
    return new X509Certificate(certificate).publicKey;
  } catch {
    return undefined;
  }
}

function verifyScheme(key: KeyObject, signed: Buffer, { scheme, signature }: ServerSignature): boolean | undefined {
  const { kind, hash } = schemes.get(scheme ?? 0) ?? {};
  if (kind === undefined) return undefined;
  if (kind !== 'rsa' && kind !== 'rsa-pss') return verify(hash ?? null, signed, key, signature);
  const padding = kind === 'rsa' ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_PSS_PADDING;
  return verify(hash ?? null, signed, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, signature);
}

/** RSA over both hashes without naming them, DSA over SHA-1 (RFC 4346, 7.4.3). */
function verifyOld(key: KeyObject, signed: Buffer, signature: Buffer): boolean | undefined {
  if (key.asymmetricKeyType !== 'rsa') return verify('sha1', signed, key, signature);
  const expected = Buffer.concat(['md5', 'sha1'].map((hash) => createHash(hash).update(signed).digest()));
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(expected);
  } catch {
    return false;
  }
}
