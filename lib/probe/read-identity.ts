/** A certificate and its key, from PEM or from a PFX file as Windows exports it. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { type ExpectedInput, InvalidInputError } from '../errors';
import type { ClientIdentity } from './client-identity';

export interface IdentityFile {
  /** For what is said about it. */
  readonly source: string;
  readonly bytes: Uint8Array;
}

/** The files of a certificate and its key. */
export interface IdentityInput {
  /** PEM with one certificate or a chain, the own one first, or PFX (PKCS #12) with everything. */
  readonly certificate: IdentityFile;
  /** PEM; in the file of the certificate where left out. */
  readonly key?: IdentityFile | undefined;
  readonly passphrase?: string | undefined;
}

/** @throws InvalidInputError for what is no such file, for a wrong passphrase, and for a key of another certificate */
export async function readIdentity(input: IdentityInput): Promise<ClientIdentity> {
  const { certificate, key = certificate, passphrase = '' } = input;
  const isPem = Buffer.from(certificate.bytes).includes('-----BEGIN ');
  const identity = isPem ? readPem(certificate, key, passphrase) : await readPfx(certificate, passphrase);
  const [own] = identity.certificates;
  if (own === undefined) throw new InvalidInputError(certificate.source, undefined, 'certificate-file', 'nothing');
  if (!new X509Certificate(own).checkPrivateKey(identity.key)) {
    throw new InvalidInputError(key.source, undefined, 'key-of-certificate', 'other-key');
  }
  return identity;
}

function readPem(certificate: IdentityFile, key: IdentityFile, passphrase: string): ClientIdentity {
  const text = Buffer.from(certificate.bytes).toString('latin1');
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return {
    certificates: blocks.map((block) => parse(certificate, 'certificate-file', () => new X509Certificate(block).raw)),
    key: parse(key, 'private-key-pem', () => createPrivateKey({ key: Buffer.from(key.bytes), passphrase })),
  };
}

async function readPfx(file: IdentityFile, passphrase: string): Promise<ClientIdentity> {
  const { asn1, pkcs12, pki, util } = await import('node-forge');
  const toDer = (value: Parameters<typeof asn1.toDer>[0]) => Buffer.from(asn1.toDer(value).getBytes(), 'binary');
  return parse(file, 'certificate-file', () => {
    const bytes = util.createBuffer(Buffer.from(file.bytes).toString('binary'));
    const pfx = pkcs12.pkcs12FromAsn1(asn1.fromDer(bytes), passphrase);
    const bags = (id: string | undefined) => (id === undefined ? [] : (pfx.getBags({ bagType: id })[id] ?? []));
    const [keyBag] = [...bags(pki.oids['pkcs8ShroudedKeyBag']), ...bags(pki.oids['keyBag'])];
    // What is not RSA is left as it was encoded.
    const der = keyBag?.key == null ? keyBag?.asn1 : pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(keyBag.key));
    if (der === undefined) throw new Error('no private key');
    const key = createPrivateKey({ key: toDer(der), format: 'der', type: 'pkcs8' });
    const all = bags(pki.oids['certBag']).map(({ cert, asn1: left }) =>
      toDer(cert == null ? left : pki.certificateToAsn1(cert)),
    );
    return { certificates: ownFirst(all, key), key };
  });
}

function ownFirst(certificates: readonly Buffer[], key: KeyObject): readonly Buffer[] {
  const isOwn = (one: Buffer) => new X509Certificate(one).checkPrivateKey(key);
  return [...certificates.filter(isOwn), ...certificates.filter((one) => !isOwn(one))];
}

function parse<Parsed>({ source }: IdentityFile, expected: ExpectedInput, read: () => Parsed): Parsed {
  try {
    return read();
  } catch (error) {
    throw new InvalidInputError(source, undefined, expected, { text: (error as Error).message });
  }
}
