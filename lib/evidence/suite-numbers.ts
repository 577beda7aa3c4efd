/** Numbers and names of suites and protocols as sources have them → Schannel's, and the key exchange. */
import { type CipherSuite, catalog, findSuite, isDheSuite, type ProtocolVersion } from '../cipher-suite/cipher-suite';
import { dheSuites, rareDheSuites, unspokenDheSuites } from '../cipher-suite/dhe-suites';
import type { SeenKeyExchange } from './observation';

const byNumber = new Map<number, CipherSuite>();
for (const suite of catalog) {
  const number = Number(suite.codePoint);
  if (suite.curve === undefined && suite.aliasOf === undefined && !byNumber.has(number)) byNumber.set(number, suite);
}

/** The suite of a code point, without a curve; undefined where Schannel has none. */
export function suiteOfNumber(number: number): CipherSuite | undefined {
  return byNumber.get(number);
}

/** DHE suites that Schannel never had are seen in captures, and between others in forwarded events. */
const foreignNames = new Map<number, string>([
  ...[...dheSuites, ...rareDheSuites].map(({ id, name }) => [id, name] as const),
  ...unspokenDheSuites,
]);

/** The name and the key exchange of a code point; the number in place of a name that is not known. */
export function describeNumber(number: number): { readonly suite: string; readonly keyExchange: SeenKeyExchange } {
  const known = suiteOfNumber(number);
  if (known !== undefined) return { suite: known.name, keyExchange: keyExchangeOfSuite(known) };
  const name = foreignNames.get(number);
  if (name !== undefined) return { suite: name, keyExchange: keyExchangeOfName(name) };
  return { suite: `0x${number.toString(16).padStart(4, '0')}`, keyExchange: 'unknown' };
}

function keyExchangeOfSuite({ keyExchange }: CipherSuite): SeenKeyExchange {
  if (keyExchange === undefined) return 'TLS 1.3';
  return keyExchange === 'PSK' || keyExchange === 'RSA_PSK' ? 'other' : keyExchange;
}

/** Of a name as IANA has it. */
export function keyExchangeOfName(name: string): SeenKeyExchange {
  const suite = findSuite(name);
  if (suite !== undefined) return keyExchangeOfSuite(suite);
  if (isDheSuite(name) || name.startsWith('TLS_DH_anon_')) return 'DHE';
  const [, method] = /^(?:TLS|SSL)_(.+?)_WITH_/.exec(name) ?? [];
  if (method === undefined) return /^TLS_(?:AES|CHACHA20|SM4)_/.test(name) ? 'TLS 1.3' : 'unknown';
  if (method.startsWith('ECDHE_')) return 'ECDHE';
  return method === 'RSA' || method === 'RSA_EXPORT' ? 'RSA' : 'other';
}

const protocols: Readonly<Record<number, ProtocolVersion>> = {
  772: 'TLS 1.3',
  771: 'TLS 1.2',
  770: 'TLS 1.1',
  769: 'TLS 1.0',
  768: 'SSL 3.0',
  2: 'SSL 2.0',
};

/** Of the version on the wire. */
export function protocolOfVersion(version: number): ProtocolVersion | null {
  return protocols[version] ?? null;
}

/** `schannel.h`: SP_PROT_*, of the server and of the client. */
const schannelProtocols: readonly (readonly [ProtocolVersion, string, number])[] = [
  ['TLS 1.3', 'TLS1_3', 0x3000],
  ['TLS 1.2', 'TLS1_2', 0x0c00],
  ['TLS 1.1', 'TLS1_1', 0x0300],
  ['TLS 1.0', 'TLS1_0', 0x00c0],
  ['SSL 3.0', 'SSL3', 0x0030],
  ['SSL 2.0', 'SSL2', 0x000c],
];

export function protocolOfSchannel(flag: number): ProtocolVersion | null {
  return schannelProtocols.find(([, , flags]) => (flags & flag) !== 0)?.[0] ?? null;
}

/** Of the middle of `SP_PROT_TLS1_2_SERVER`; TLS1 is the old name of TLS1_0. */
export function protocolOfSchannelName(name: string): ProtocolVersion | null {
  const wanted = name === 'TLS1' ? 'TLS1_0' : name;
  return schannelProtocols.find(([, own]) => own === wanted)?.[0] ?? null;
}

/** `wincrypt.h`: ALG_ID, and its name. ECDH in a log of a server is ephemeral too: it follows ECDHE suites. */
const algorithms: readonly (readonly [SeenKeyExchange, number, string])[] = [
  ['DHE', 0xaa02, 'CALG_DH_EPHEM'],
  ['DHE', 0xaa01, 'CALG_DH_SF'],
  ['ECDHE', 0xae06, 'CALG_ECDH_EPHEM'],
  ['ECDHE', 0xaa05, 'CALG_ECDH'],
  ['ECDHE', -1, 'CALG_ECDHE'],
  ['RSA', 0xa400, 'CALG_RSA_KEYX'],
  ['RSA', 0x2400, 'CALG_RSA_SIGN'],
];

export function keyExchangeOfAlgorithm(algorithm: number | string): SeenKeyExchange {
  return algorithms.find(([, number, name]) => number === algorithm || name === algorithm)?.[0] ?? 'unknown';
}
