/** The certificate that a client shows where it is asked for one, and the proof that it has its key. */
import { constants, createHash, type KeyObject, privateEncrypt, sign } from 'node:crypto';
import { tls12 } from './wire';

/** What a client shows where a server asks for a certificate. */
export interface ClientIdentity {
  /** In DER, the client's own first. */
  readonly certificates: readonly Buffer[];
  /** RSA, RSA-PSS, EC or DSA. */
  readonly key: KeyObject;
}

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;

interface SigningScheme {
  readonly id: number;
  readonly keyType: string;
  readonly hash: string | null;
  readonly padding?: number;
}

const signingSchemes: readonly SigningScheme[] = [
  ...(['sha256', 'sha384', 'sha512'] as const).flatMap((hash, index) => [
    { id: 0x0804 + index, keyType: 'rsa', hash, padding: RSA_PKCS1_PSS_PADDING },
    { id: 0x0809 + index, keyType: 'rsa-pss', hash, padding: RSA_PKCS1_PSS_PADDING },
    { id: 0x0401 + 0x0100 * index, keyType: 'rsa', hash, padding: RSA_PKCS1_PADDING },
    { id: 0x0403 + 0x0100 * index, keyType: 'ec', hash },
    { id: 0x0402 + 0x0100 * index, keyType: 'dsa', hash },
  ]),
  { id: 0x0807, keyType: 'ed25519', hash: null },
  { id: 0x0808, keyType: 'ed448', hash: null },
  { id: 0x0201, keyType: 'rsa', hash: 'sha1', padding: RSA_PKCS1_PADDING },
  { id: 0x0203, keyType: 'ec', hash: 'sha1' },
  { id: 0x0202, keyType: 'dsa', hash: 'sha1' },
];

/** A signature by the client's key in a scheme that the server takes. Undefined where there is none. */
export function signAsClient(
  { key }: ClientIdentity,
  accepted: readonly number[],
  data: Buffer,
): { readonly scheme: number; readonly signature: Buffer } | undefined {
  const scheme = signingSchemes.find(({ id, keyType }) => accepted.includes(id) && keyType === key.asymmetricKeyType);
  if (scheme === undefined) return undefined;
  const { id, hash, padding } = scheme;
  const options = { key, saltLength: RSA_PSS_SALTLEN_DIGEST, ...(padding !== undefined && { padding }) };
  return { scheme: id, signature: sign(hash, data, padding === undefined ? key : options) };
}

/** What CertificateVerify holds in that version (RFC 5246 and 4346, 7.4.8). Undefined where the key does not fit. */
export function proveKey(
  identity: ClientIdentity,
  version: number,
  accepted: readonly number[],
  transcript: Buffer,
): { readonly scheme: number | undefined; readonly signature: Buffer } | undefined {
  if (version >= tls12) return signAsClient(identity, accepted, transcript);
  const { key } = identity;
  if (key.asymmetricKeyType !== 'rsa') return { scheme: undefined, signature: sign('sha1', transcript, key) };
  const digest = Buffer.concat(['md5', 'sha1'].map((hash) => createHash(hash).update(transcript).digest()));
  return { scheme: undefined, signature: privateEncrypt({ key, padding: RSA_PKCS1_PADDING }, digest) };
}
