/** A certificate and its key: what a server shows of itself, and signs its key exchange with. */
import { constants, type KeyObject, sign } from 'node:crypto';
import { InvalidInputError } from '../errors';

/** What a server shows of itself, and signs its key exchange with. */
export interface ServerIdentity {
  /** In DER, the server's own first. */
  readonly certificates: readonly Buffer[];
  /** Numbers of TLS's signature schemes that the key can sign with, in order of preference: a short one not with each hash. */
  readonly schemes: readonly number[];
  /** By one of these. */
  readonly sign: (scheme: number, data: Buffer) => Buffer;
}

interface SignatureScheme {
  readonly id: number;
  readonly hash: string;
  readonly padding: number;
}

const { RSA_PKCS1_PADDING: pkcs1, RSA_PKCS1_PSS_PADDING: pss } = constants;

/** rsa_pkcs1, rsa_pss_rsae and, for old clients, rsa_pkcs1_sha1 (RFC 8446, 4.2.3), in order of preference. */
const signatureSchemes: readonly SignatureScheme[] = [
  { id: 0x0401, hash: 'sha256', padding: pkcs1 },
  { id: 0x0501, hash: 'sha384', padding: pkcs1 },
  { id: 0x0601, hash: 'sha512', padding: pkcs1 },
  { id: 0x0804, hash: 'sha256', padding: pss },
  { id: 0x0805, hash: 'sha384', padding: pss },
  { id: 0x0806, hash: 'sha512', padding: pss },
  { id: 0x0201, hash: 'sha1', padding: pkcs1 },
];

/** @throws InvalidInputError for a key that is not RSA: a DHE suite for any other kind of key is none that this server has */
export function identityOf(certificates: readonly Buffer[], key: KeyObject): ServerIdentity {
  if (key.asymmetricKeyType !== 'rsa') {
    throw new InvalidInputError('--key', undefined, 'rsa-key', 'key-of-other-type');
  }
  const schemes = signatureSchemes.map(({ id }) => id).filter((id) => canSign(key, id));
  return { certificates, schemes, sign: (scheme, data) => signWith(key, scheme, data) };
}

/** PSS takes two hashes and 9 bits (RFC 8017, 9.1.1): not SHA-512 in 1,024. */
function canSign(key: KeyObject, scheme: number): boolean {
  try {
    signWith(key, scheme, Buffer.alloc(0));
    return true;
  } catch {
    return false;
  }
}

function signWith(key: KeyObject, scheme: number, data: Buffer): Buffer {
  const known = signatureSchemes.find(({ id }) => id === scheme);
  if (known === undefined) throw new TypeError(`Expected a signature scheme of RSA, found ${scheme}.`);
  const { hash, padding } = known;
  return sign(hash, data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
}
