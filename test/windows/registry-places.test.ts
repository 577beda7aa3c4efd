/** Where Windows keeps what is read, as Microsoft's pages and [MS-GPREG] have it, written out. */
import { expect, it } from 'vitest';
import {
  diffieHellmanKey,
  exportedKeys,
  fipsKey,
  hostNameKey,
  readKeys,
  registryPlaces,
  stateKey,
  strayPolicyKey,
  windowsVersionKey,
} from '../../lib/windows/registry-places';
import {
  cipherKey,
  cipherKeys,
  hashKey,
  hashKeys,
  keyExchangeKey,
  keyExchangeKeys,
  protocolKey,
  protocolNames,
  schannelKey,
  schannelSettingKeys,
} from '../../lib/windows/schannel-keys';

const control = 'SYSTEM\\CurrentControlSet\\Control';
const schannel = `${control}\\SecurityProviders\\SCHANNEL`;

it('the lists of suites', () => {
  expect(registryPlaces).toEqual({
    local: { key: `${control}\\Cryptography\\Configuration\\Local\\SSL\\00010002`, valueName: 'Functions' },
    groupPolicy: {
      key: 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002',
      valueName: 'Functions',
    },
    mdm: { key: `${control}\\Cryptography\\MDMPolicies\\SSL`, valueName: 'CipherSuites' },
  });
  expect(strayPolicyKey).toBe('SOFTWARE\\WOW6432Node\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002');
});

it('the keys above them that every Windows has', () => {
  expect(exportedKeys).toEqual({
    groupPolicy: 'SOFTWARE\\Policies\\Microsoft',
    mdm: `${control}\\Cryptography`,
    local: `${control}\\Cryptography`,
  });
});

it('the rest', () => {
  expect(hostNameKey).toBe('SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters');
  expect(fipsKey).toBe(`${control}\\Lsa\\FipsAlgorithmPolicy`);
  expect(diffieHellmanKey).toBe(`${schannel}\\KeyExchangeAlgorithms\\Diffie-Hellman`);
  expect(windowsVersionKey).toBe('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion');
  expect(stateKey).toBe('SOFTWARE\\SchannelDhe');
  expect(schannelKey).toBe(schannel);
});

it('the switches of SCHANNEL', () => {
  expect(protocolNames).toEqual(['TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'SSL 3.0', 'SSL 2.0']);
  expect(cipherKeys).toEqual([
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
  ]);
  expect(hashKeys).toEqual(['MD5', 'SHA', 'SHA256', 'SHA384', 'SHA512']);
  expect(keyExchangeKeys).toEqual(['Diffie-Hellman', 'ECDH', 'PKCS']);
  expect(protocolKey('TLS 1.2', 'client')).toBe(`${schannel}\\Protocols\\TLS 1.2\\Client`);
  expect(protocolKey('SSL 2.0', 'server')).toBe(`${schannel}\\Protocols\\SSL 2.0\\Server`);
  expect(cipherKey('NULL')).toBe(`${schannel}\\Ciphers\\NULL`);
  expect(hashKey('MD5')).toBe(`${schannel}\\Hashes\\MD5`);
  expect(keyExchangeKey('PKCS')).toBe(`${schannel}\\KeyExchangeAlgorithms\\PKCS`);
});

it('every key that is read is named, and no other', () => {
  const switches = [
    ...protocolNames.flatMap((name) => [`Protocols\\${name}\\Client`, `Protocols\\${name}\\Server`]),
    ...cipherKeys.map((name) => `Ciphers\\${name}`),
    ...hashKeys.map((name) => `Hashes\\${name}`),
    ...keyExchangeKeys.map((name) => `KeyExchangeAlgorithms\\${name}`),
  ].map((path) => `${schannel}\\${path}`);
  expect(schannelSettingKeys).toEqual(switches);
  expect(readKeys).toEqual([
    ...Object.values(registryPlaces).map(({ key }) => key),
    ...switches,
    fipsKey,
    windowsVersionKey,
    hostNameKey,
    strayPolicyKey,
  ]);
});
