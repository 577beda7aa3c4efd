/** A certificate for a server that nobody has to trust. */
import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { der, derBitString, derInteger, derSequence, derUtcTime } from './der';
import { toBigInt } from './finite-field';
import { identityOf, type ServerIdentity } from './server-identity';

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
  return identityOf([certificate], privateKey);
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}
