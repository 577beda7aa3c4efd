/** What the values of the layers hold, whatever their types. */
import { expect, it } from 'vitest';
import {
  configuredList,
  hiddenDheNames,
  layerValue,
  policySeparator,
  policyText,
  storedDheSuites,
  textList,
} from '../../lib/configuration/configuration';
import {
  encodeDword,
  encodeMultiString,
  encodeString,
  RegistryType,
  type RegistryValue,
} from '../../lib/registry-files/registry-value';
import { readMachine, saved, withLayer, withValue } from '../support/configurations';

const base = readMachine({ local: ['A_B'] });
const holding = (layer: 'groupPolicy' | 'mdm' | 'local', value: RegistryValue) => withValue(base, layer, value);
const expandable = (text: string) => ({ ...encodeString(text), type: RegistryType.expandString });
const raw = (text: string, type: number = RegistryType.multiString) => ({
  type,
  data: new Uint8Array(Buffer.from(text, 'utf16le')),
});

it('separates MDM’s names by semicolons, all others by commas', () => {
  expect([policySeparator('groupPolicy'), policySeparator('mdm'), policySeparator('local')]).toEqual([',', ';', ',']);
});

it('keeps a value as it is', () => {
  const value = encodeDword(0x01020304);
  expect(layerValue({ value: saved(value) })).toEqual(value);
  expect(layerValue({ value: null })).toBeUndefined();
});

it.each<[string, RegistryValue, string | undefined]>([
  ['REG_SZ', encodeString('A,B'), 'A,B'],
  ['REG_EXPAND_SZ', expandable('A,B'), 'A,B'],
  ['REG_MULTI_SZ', encodeMultiString(['A', 'B']), undefined],
  ['REG_DWORD', encodeDword(1), undefined],
])('the text of a %s', (_, value, text) => {
  expect(policyText(holding('groupPolicy', value).layers.groupPolicy)).toBe(text);
});

it.each<[string, 'groupPolicy' | 'mdm' | 'local', RegistryValue, readonly string[] | undefined]>([
  ['a text of Group Policy', 'groupPolicy', encodeString('A,,B;C'), ['A', 'B;C']],
  ['an expandable text of Group Policy', 'groupPolicy', expandable('A,B'), ['A', 'B']],
  ['strings of Group Policy', 'groupPolicy', encodeMultiString(['A', 'B']), ['A', 'B']],
  ['a number of Group Policy', 'groupPolicy', encodeDword(1), undefined],
  ['a text of MDM', 'mdm', encodeString('A;B,C'), ['A', 'B,C']],
  ['strings of the local list', 'local', encodeMultiString(['A', 'B']), ['A', 'B']],
  ['a text in the local list', 'local', encodeString('A,B'), undefined],
])('the list that is %s', (_, layer, value, list) => {
  expect(configuredList(holding(layer, value), layer)).toEqual(list);
});

it('the list of a layer that holds nothing is none', () => {
  expect(configuredList(base, 'groupPolicy')).toBeUndefined();
});

it('the DHE suites that are stored are those of the local list, also under a policy', () => {
  const dhe = 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA';
  const stored = readMachine({ local: ['TLS_AES_256_GCM_SHA384', dhe], groupPolicy: 'TLS_AES_256_GCM_SHA384' });
  expect(storedDheSuites(stored)).toEqual([dhe]);
  expect(storedDheSuites(withLayer(stored, 'local', { value: null }))).toEqual([]);
});

it.each<[string, RegistryValue, readonly string[]]>([
  ['behind the end', raw('A_B\0\0TLS_DHE_X\0C_D\0\0'), ['TLS_DHE_X']],
  ['in the list', raw('A_B\0TLS_DHE_X\0\0'), []],
  ['behind the end of a text', raw('A_B\0\0TLS_DHE_X\0\0', RegistryType.string), []],
])('of the names with DHE %s some are hidden', (_, value, names) => {
  expect(hiddenDheNames(holding('local', value))).toEqual(names);
});

it('no name is hidden where there is no list', () => {
  expect(hiddenDheNames(withLayer(base, 'local', { value: null }))).toEqual([]);
});

it.each<[string, RegistryValue, readonly string[] | undefined]>([
  ['a text with every separator', encodeString(',A, B;C\tD,,\r\nE;'), ['A', 'B', 'C', 'D', 'E']],
  ['an empty text', encodeString(''), []],
  ['strings', encodeMultiString(['A']), undefined],
])('the names of %s in the local list', (_, value, names) => {
  expect(textList(holding('local', value))).toEqual(names);
});
