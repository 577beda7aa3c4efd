/**
 * The keys below `SCHANNEL` that switch protocols, ciphers, hashes and key exchanges off. MicrosoftDocs
 * windowsserverdocs `tls-registry-settings.md` documents `Protocols` for Vista and later; KB245030 documents the others for
 * Windows Server 2003 and says that a later Windows has its own page, which advises to use the suite order instead.
 */
import type { ProtocolVersion } from '../cipher-suite/cipher-suite';
import type { Role } from './versions';

export const schannelKey = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

export const protocolNames = ['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'SSL 3.0', 'SSL 2.0'] as const;
const roles: readonly Role[] = ['client', 'server'];

/** `Triple DES 168/168` is the name before Vista (KB245030); people still write it. */
export const cipherKeys = [
  'NULL',
  'DES 56/56',
  'RC2 40/128',
  'RC2 56/128',
  'RC2 128/128',
  'RC4 40/128',
  'RC4 56/128',
  'RC4 64/128',
  'RC4 128/128',
  'Triple DES 168',
  'Triple DES 168/168',
  'AES 128/128',
  'AES 256/256',
] as const;
export const hashKeys = ['MD5', 'SHA', 'SHA256', 'SHA384', 'SHA512'] as const;
export const keyExchangeKeys = ['Diffie-Hellman', 'ECDH', 'PKCS'] as const;

export type CipherKey = (typeof cipherKeys)[number];
export type HashKey = (typeof hashKeys)[number];
export type KeyExchangeKey = (typeof keyExchangeKeys)[number];

export function protocolKey(protocol: ProtocolVersion, role: Role): string {
  return `${schannelKey}\\Protocols\\${protocol}\\${role === 'client' ? 'Client' : 'Server'}`;
}

export const cipherKey = (key: CipherKey): string => `${schannelKey}\\Ciphers\\${key}`;
export const hashKey = (key: HashKey): string => `${schannelKey}\\Hashes\\${key}`;
export const keyExchangeKey = (key: KeyExchangeKey): string => `${schannelKey}\\KeyExchangeAlgorithms\\${key}`;

/** Every key that may be read. */
export const schannelSettingKeys: readonly string[] = [
  ...protocolNames.flatMap((protocol) => roles.map((role) => protocolKey(protocol, role))),
  ...cipherKeys.map(cipherKey),
  ...hashKeys.map(hashKey),
  ...keyExchangeKeys.map(keyExchangeKey),
];
