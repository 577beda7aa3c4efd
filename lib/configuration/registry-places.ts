/** Where Windows keeps each thing (below HKEY_LOCAL_MACHINE), and how it is read from there, live or out of an export. */
import { decodeDword, decodeString, type RegistryValue } from '../registry-files/registry-value';
import type { DiffieHellmanKey, LayerSnapshot, WindowsBuild } from './configuration';

export const registryPlaces = {
  local: {
    key: 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002',
    valueName: 'Functions',
  },
  groupPolicy: {
    key: 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002',
    valueName: 'Functions',
  },
  mdm: { key: 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\MDMPolicies\\SSL', valueName: 'CipherSuites' },
} as const;

export const fipsKey = 'SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy';
export const diffieHellmanKey =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman';
export const windowsVersionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

export type ReadValue = (key: string, valueName: string) => RegistryValue | undefined;

export function readWindowsBuild(read: ReadValue): WindowsBuild {
  const build = Number.parseInt(readText(read, windowsVersionKey, 'CurrentBuildNumber') ?? '', 10);
  return {
    build: Number.isInteger(build) ? build : null,
    revision: readNumber(read, windowsVersionKey, 'UBR'),
    productName: readText(read, windowsVersionKey, 'ProductName'),
    installationType: readText(read, windowsVersionKey, 'InstallationType'),
  };
}

export function readDiffieHellman(read: ReadValue): DiffieHellmanKey {
  return {
    enabled: readNumber(read, diffieHellmanKey, 'Enabled'),
    clientMinKeyBitLength: readNumber(read, diffieHellmanKey, 'ClientMinKeyBitLength'),
    serverMinKeyBitLength: readNumber(read, diffieHellmanKey, 'ServerMinKeyBitLength'),
  };
}

function readNumber(read: ReadValue, key: string, valueName: string): number | null {
  const value = read(key, valueName);
  return value === undefined ? null : (decodeDword(value) ?? null);
}

function readText(read: ReadValue, key: string, valueName: string): string | null {
  const value = read(key, valueName);
  return value === undefined ? null : decodeString(value.data);
}

/** Whether FIPS mode is on; it is off where the value is absent. */
export function readFips(read: ReadValue): boolean {
  return (readNumber(read, fipsKey, 'Enabled') ?? 0) !== 0;
}

export function encodeValue(value: RegistryValue | undefined): LayerSnapshot['value'] {
  return value === undefined ? null : { type: value.type, data: Buffer.from(value.data).toString('base64') };
}
