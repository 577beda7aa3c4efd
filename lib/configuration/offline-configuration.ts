/** A `.reg` export → configuration, for a machine that one cannot log on to. */
import { InvalidInputError } from '../errors';
import { readRegFile } from '../registry-files/reg-file';
import type { RegistryValue } from '../registry-files/registry-value';
import { fipsKey, registryPlaces, windowsVersionKey } from '../windows/registry-places';
import { schannelSettingKeys } from '../windows/schannel-keys';
import { readSchannelSettings } from '../windows/schannel-settings';
import type { Configuration, LayerId, LayerSnapshot } from './configuration';
import { encodeValue, type ReadValue, readDiffieHellman, readFips, readWindowsBuild } from './registry-readings';

/**
 * The configuration that an export shows. What nobody exported is `unknown` or null, never "not set".
 *
 * @param source names the file in errors
 * @throws InvalidInputError, InputTooLargeError as `readRegFile`, and where none of the three layers' keys is in the file
 */
export function readRegExport(bytes: Uint8Array, source: string): Configuration {
  const registry = collectKeys(bytes, source);
  const read: ReadValue = (key, valueName) => registry.get(key)?.get(valueName.toLowerCase());
  const readLayer = (layer: LayerId): LayerSnapshot => {
    const { key, valueName } = registryPlaces[layer];
    const value = read(key, valueName);
    const status = value !== undefined ? 'set' : registry.has(key) ? 'absent' : 'unknown';
    return { key, valueName, status, value: encodeValue(value), keyWriteTime: null };
  };
  if (!Object.values(registryPlaces).some(({ key }) => registry.has(key))) {
    throw new InvalidInputError(source, undefined, 'cipher-suite-keys', 'none-of-them');
  }
  return {
    schemaVersion: 1,
    kind: 'configuration',
    source: 'export',
    takenAt: new Date().toISOString(),
    windows: readWindowsBuild(read),
    bootTime: null,
    layers: { groupPolicy: readLayer('groupPolicy'), mdm: readLayer('mdm'), local: readLayer('local') },
    enumerated: null,
    fips: registry.has(fipsKey) ? readFips(read) : null,
    schannel: readSchannelSettings(read, (key) => registry.has(key)),
    diffieHellman: readDiffieHellman(read),
    change: null,
    stateProblems: [],
  };
}

const wantedKeys = [
  ...Object.values(registryPlaces).map(({ key }) => key),
  ...schannelSettingKeys,
  fipsKey,
  windowsVersionKey,
].map((key) => ({ key, path: `hkey_local_machine\\${key.toLowerCase()}\\` }));

/** The paths of the wanted keys and of all keys above them: no other entry tells anything. */
const tellingPaths = new Set(
  wantedKeys.flatMap(({ path }) => [...path.matchAll(/\\/g)].map(({ index }) => path.slice(0, index + 1))),
);

/**
 * The wanted keys that the file tells about, with their values. A key is told about where it stands in the file, or one
 * above it does: an export holds whole trees, so a wanted key that is not below it does not exist.
 */
function collectKeys(bytes: Uint8Array, source: string): Map<string, Map<string, RegistryValue>> {
  const found = new Map<string, Map<string, RegistryValue>>();
  for (const entry of readRegFile(bytes, source)) {
    const path = `${entry.key.toLowerCase()}\\`;
    if (!tellingPaths.has(path)) continue;
    for (const wanted of wantedKeys) {
      if (!wanted.path.startsWith(path)) continue;
      const values = found.get(wanted.key) ?? new Map<string, RegistryValue>();
      found.set(wanted.key, values);
      if (entry.kind === 'delete-key') values.clear();
      if (wanted.path !== path) continue;
      if (entry.kind === 'value') values.set(entry.name.toLowerCase(), entry.value);
      if (entry.kind === 'delete-value') values.delete(entry.name.toLowerCase());
    }
  }
  return found;
}
