/** Binding → configuration, in one pass. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { registryPlaces } from '../windows/registry-places';
import { readSchannelSettings } from '../windows/schannel-settings';
import type { Configuration, LayerId, LayerSnapshot } from './configuration';
import { readEventLoggingRecord } from './event-logging-record';
import { readJournal } from './journal';
import {
  encodeValue,
  type ReadValue,
  readDiffieHellman,
  readFips,
  readHost,
  readWindowsBuild,
} from './registry-readings';
import { listBackups } from './stored-backups';

/**
 * Reads everything that the assessment needs. Works without elevation.
 *
 * @throws NtStatusError, Win32Error where Windows does not answer
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
  const { record, problem } = readJournal(binding.stateStore);
  const eventLogging = readEventLoggingRecord(binding.stateStore);
  const problems = [problem, eventLogging.problem, ...listBackups(binding.stateStore).map((backup) => backup.problem)];
  return {
    schemaVersion: 1,
    kind: 'configuration',
    source: 'machine',
    takenAt: new Date().toISOString(),
    host: readHost(read),
    windows: readWindowsBuild(read),
    bootTime: binding.bootTime().toISOString(),
    layers: { groupPolicy: readLayer('groupPolicy'), mdm: readLayer('mdm'), local: readLayer('local') },
    enumerated: binding.enumContextFunctions(),
    fips: readFips(read),
    schannel: readSchannelSettings(read),
    diffieHellman: readDiffieHellman(read),
    change: record,
    eventLogging: eventLogging.record,
    policyOrigins: [],
    isFromDirtyHive: false,
    stateProblems: problems.filter((one) => one !== null),
  };
}
