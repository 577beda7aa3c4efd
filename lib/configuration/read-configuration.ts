/** Binding → configuration, in one pass. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { registryPlaces } from '../windows/registry-places';
import { type Configuration, configurationSchemaVersion, type LayerId, type LayerSnapshot } from './configuration';
import { parseChangeRecord } from './configuration-schema';
import { encodeValue, type ReadValue, readDiffieHellman, readFips, readWindowsBuild } from './registry-readings';

/** The state store's name for the record of the last change. */
export const changeRecordName = 'journal';

/**
 * Reads everything that the assessment needs. Works without elevation.
 *
 * @throws NtStatusError, Win32Error where Windows does not answer
 * @throws StoredStateDamagedError where the record of the last change is not one
 */
export function readConfiguration(binding: SchannelBinding): Configuration {
  const read: ReadValue = (key, valueName) => binding.readRegistryValue(key, valueName);
  const readLayer = (layer: LayerId): LayerSnapshot => {
    const { key, valueName } = registryPlaces[layer];
    const value = read(key, valueName);
    return {
      key,
      valueName,
      status: value === undefined ? 'absent' : 'set',
      value: encodeValue(value),
      keyWriteTime: binding.registryKeyWriteTime(key)?.toISOString() ?? null,
    };
  };
  return {
    schemaVersion: configurationSchemaVersion,
    kind: 'configuration',
    source: 'machine',
    takenAt: new Date().toISOString(),
    windows: readWindowsBuild(read),
    bootTime: binding.bootTime().toISOString(),
    layers: { groupPolicy: readLayer('groupPolicy'), mdm: readLayer('mdm'), local: readLayer('local') },
    enumerated: binding.enumContextFunctions(),
    fips: readFips(read),
    diffieHellman: readDiffieHellman(read),
    change: parseChangeRecord(binding.stateStore.read(changeRecordName), changeRecordName),
  };
}
