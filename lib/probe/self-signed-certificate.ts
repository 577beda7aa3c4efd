/** A certificate for a server that nobody has to trust. */
import { constants, generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { der, derBitString, derInteger, derSequence, derUtcTime } from './der';
import { toBigInt } from './finite-field';

/** What a server shows of itself, and signs its key exchange with. */
export interface ServerIdentity {
  /** In DER, the server's own first. */
  readonly certificates: readonly Buffer[];
  /** By a number of TLS's signature schemes, one of `signatureSchemes`. */
  readonly sign: (scheme: number, data: Buffer) => Buffer;
}

interface SignatureScheme {
  readonly id: number;
  readonly hash: string;
  readonly padding: number;
}

const { RSA_PKCS1_PADDING: pkcs1, RSA_PKCS1_PSS_PADDING: pss } = constants;

/** rsa_pkcs1, rsa_pss_rsae and, for old clients, rsa_pkcs1_sha1 (RFC 8446, 4.2.3), in order of preference. */
export const signatureSchemes: readonly SignatureScheme[] = [
  { id: 0x0401, hash: 'sha256', padding: pkcs1 },
  { id: 0x0501, hash: 'sha384', padding: pkcs1 },
  { id: 0x0601, hash: 'sha512', padding: pkcs1 },
  { id: 0x0804, hash: 'sha256', padding: pss },
  { id: 0x0805, hash: 'sha384', padding: pss },
  { id: 0x0806, hash: 'sha512', padding: pss },
  { id: 0x0201, hash: 'sha1', padding: pkcs1 },
];

const day = 86_400_000;
const sha256WithRsa = derSequence(oid('2a864886f70d01010b'), der(0x05));
const commonName = '550403';
const subjectAltName = '551d11';

/** RSA, 2048 bits, for `localhost`, good for 30 days. */
export async function makeSelfSigned(): Promise<ServerIdentity> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const now = Date.now();
  const name = derSequence(der(0x31, derSequence(oid(commonName), der(0x0c, Buffer.from('schannel-dhe probe')))));
  const content = derSequence(
    der(0xa0, derInteger(2n)),
    derInteger(toBigInt(randomBytes(16))),
    sha256WithRsa,
    name,
    derSequence(derUtcTime(new Date(now - day)), derUtcTime(new Date(now + 30 * day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      derSequence(
        derSequence(oid(subjectAltName), der(0x04, derSequence(der(0x82, Buffer.from('localhost', 'latin1'))))),
      ),
    ),
  );
  const certificate = derSequence(content, sha256WithRsa, derBitString(sign('sha256', content, privateKey)));
  return { certificates: [certificate], sign: (scheme, data) => signWith(privateKey, scheme, data) };
}

function signWith(key: KeyObject, scheme: number, data: Buffer): Buffer {
  const known = signatureSchemes.find(({ id }) => id === scheme);
  if (known === undefined) throw new TypeError(`Expected a signature scheme of RSA, found ${scheme}.`);
  const { hash, padding } = known;
  return sign(hash, data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}
