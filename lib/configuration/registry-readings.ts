/** How each thing is read from where Windows keeps it, live or out of an export. */
import { decodeDword, decodeString, type RegistryValue } from '../registry-files/registry-value';
import { diffieHellmanKey, fipsKey, hostNameKey, windowsVersionKey } from '../windows/registry-places';
import type { DiffieHellmanKey, LayerSnapshot, WindowsBuild } from './configuration';

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

/** With its domain, since two of these may hold machines of one name. */
export function readHost(read: ReadValue): string | null {
  const names = ['Hostname', 'Domain'].map((valueName) => readText(read, hostNameKey, valueName)?.trim() ?? '');
  return names[0] === '' ? null : names.filter(Boolean).join('.').slice(0, 512);
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
