/** The circumstances that a snapshot tells, or somebody names. */
import { expect, it } from 'vitest';
import { conditionsOf, windowsVersionOf } from '../../lib/configuration/conditions';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import { readMachine } from '../support/configurations';

const machine = readMachine({});
const on = (build: number | null, installationType: string | null) => ({
  ...machine,
  windows: { ...machine.windows, build, installationType },
});

it.each([
  [26100, 'Server Core', 'ws2025'],
  [26100, 'Client', 'win11-22h2'],
  [26100, null, 'ws2025'],
  [9600, null, 'win8.1-2012r2'],
  [3790, 'Server', undefined],
  [null, 'Server', undefined],
] as const)('build %s of a %s is %s', (build, installationType, version) => {
  expect(windowsVersionOf(on(build, installationType))).toBe(version);
});

it.each([
  [20348, undefined, 'ws2022'],
  [20348, 'win7-2008r2', 'ws2022'],
  [null, 'win7-2008r2', 'win7-2008r2'],
  [null, undefined, undefined],
] as const)('of build %s and a word for %s is it %s', (build, named, version) => {
  expect(conditionsOf(on(build, 'Server'), { isEnumerated: true, windows: named }).windows).toBe(version);
});

it.each([
  [true, false, true],
  [true, true, false],
  [false, false, false],
  [null, false, false],
])('FIPS mode %s filters a list, CNG’s answer %s: %s', (fips, isEnumerated, filters) => {
  expect(conditionsOf({ ...machine, fips }, { isEnumerated }).fips).toBe(filters);
});

it('takes the one key that an old snapshot has, and no other place for it where the keys were seen', () => {
  const settingsOf = (seen: 'all' | 'part' | 'nothing', enabled: number | null) =>
    conditionsOf(
      { ...machine, schannel: { ...noSchannelSettings, seen }, diffieHellman: { ...machine.diffieHellman, enabled } },
      { isEnumerated: true },
    ).settings;
  expect(settingsOf('nothing', 0)).toEqual({ ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 } });
  expect(settingsOf('nothing', null)).toEqual(noSchannelSettings);
  expect(settingsOf('part', 0)).toEqual({ ...noSchannelSettings, seen: 'part' });
  expect(settingsOf('all', 0)).toEqual({ ...noSchannelSettings, seen: 'all' });
});
