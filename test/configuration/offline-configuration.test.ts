/** What entries of any form tell of a machine, and what they leave open. */
import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../lib/configuration/configuration';
import { configurationSchema } from '../../lib/configuration/configuration-schema';
import {
  configurationOf,
  partialConfiguration,
  readRegExport,
  requireLayer,
} from '../../lib/configuration/offline-configuration';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import type { RegistryEntry } from '../../lib/registry-files/registry-entry';
import {
  encodeDword,
  encodeMultiString,
  encodeString,
  type RegistryValue,
} from '../../lib/registry-files/registry-value';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import { saved } from '../support/configurations';

const live = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control';
const ssl = 'Cryptography\\Configuration\\Local\\SSL\\00010002';
const localKey = `${live}\\${ssl}`;
const mdmKey = `${live}\\Cryptography\\MDMPolicies\\SSL`;
const fipsKey = `${live}\\Lsa\\FipsAlgorithmPolicy`;
const policies = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft';
const policyKey = `${policies}\\Cryptography\\Configuration\\SSL\\00010002`;
const versionKey = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';

const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const listOf = (...names: string[]) => encodeMultiString(names);

const key = (path: string): RegistryEntry => ({ kind: 'key', key: path });
const set = (path: string, name: string, value: RegistryValue): RegistryEntry => ({
  kind: 'value',
  key: path,
  name,
  value,
});
const unset = (path: string, name: string): RegistryEntry => ({ kind: 'delete-value', key: path, name });
const deleted = (path: string): RegistryEntry => ({ kind: 'delete-key', key: path });

const whole = (...entries: RegistryEntry[]) => configurationOf(entries, 'file', { isWhole: true });
const script = (...entries: RegistryEntry[]) => configurationOf(entries, 'file', { isWhole: false });
const statusOf = ({ layers: { groupPolicy, mdm, local } }: Configuration) =>
  [groupPolicy, mdm, local].map(({ status }) => status).join(' ');
const localOf = ({ layers: { local } }: Configuration) => local.value;

const nothing = expect.objectContaining({
  code: 'INVALID_INPUT',
  source: 'file',
  place: undefined,
  expected: 'cipher-suite-keys',
  found: 'none-of-them',
});
const secondList = expect.objectContaining({ expected: 'one-list', found: { number: 2 }, source: 'file' });

describe('an export', () => {
  it('tells what stands in it, and of the rest that it is not known', () => {
    const now = Date.now();
    const configuration = whole(set(localKey, 'Functions', listOf(dhe)));
    expect(configuration).toEqual({
      schemaVersion: 1,
      kind: 'configuration',
      source: 'export',
      takenAt: expect.any(String),
      host: null,
      eventLogging: null,
      windows: { build: null, revision: null, productName: null, installationType: null },
      bootTime: null,
      layers: {
        groupPolicy: {
          key: policyKey.slice('HKEY_LOCAL_MACHINE\\'.length),
          valueName: 'Functions',
          status: 'unknown',
          value: null,
          keyWriteTime: null,
        },
        mdm: {
          key: mdmKey.slice('HKEY_LOCAL_MACHINE\\'.length),
          valueName: 'CipherSuites',
          status: 'unknown',
          value: null,
          keyWriteTime: null,
        },
        local: {
          key: localKey.slice('HKEY_LOCAL_MACHINE\\'.length),
          valueName: 'Functions',
          status: 'set',
          value: saved(listOf(dhe)),
          keyWriteTime: null,
        },
      },
      enumerated: null,
      fips: null,
      schannel: noSchannelSettings,
      diffieHellman: { enabled: null, clientMinKeyBitLength: null, serverMinKeyBitLength: null },
      change: null,
      policyOrigins: [],
      isFromDirtyHive: false,
      stateProblems: [],
    });
    expect(configurationSchema.parse(configuration)).toEqual(configuration);
    expect(Math.abs(Date.parse(configuration.takenAt) - now)).toBeLessThan(60_000);
  });

  it.each<[string, RegistryEntry[], string]>([
    ['a layer’s key', [key(policyKey)], 'absent unknown unknown'],
    ['a layer’s key in other letters', [key(policyKey.toUpperCase())], 'absent unknown unknown'],
    ['a key above a layer’s', [key(policies)], 'absent unknown unknown'],
    ['a key above two layers’', [key(`${live}\\Cryptography`)], 'unknown absent absent'],
    ['the root', [key('HKEY_LOCAL_MACHINE')], 'absent absent absent'],
    ['a layer’s key with another value', [set(policyKey, 'Functions2', listOf(dhe))], 'absent unknown unknown'],
    ['a layer’s value in other letters', [set(policyKey, 'FUNCTIONS', listOf(dhe))], 'set unknown unknown'],
    ['such a value of a key above', [set(policies, 'Functions', listOf(dhe))], 'absent unknown unknown'],
    ['a layer’s value as the key’s own', [set(policyKey, '', listOf(dhe))], 'absent unknown unknown'],
    [
      'all three',
      [set(policyKey, 'Functions', listOf(dhe)), set(mdmKey, 'CipherSuites', listOf(dhe)), key(localKey)],
      'set set absent',
    ],
    [
      'a value that is taken away again',
      [set(policyKey, 'Functions', listOf(dhe)), unset(policyKey, 'FUNCTIONS')],
      'absent unknown unknown',
    ],
    [
      'a key that is taken away again',
      [set(policyKey, 'Functions', listOf(dhe)), deleted(policies)],
      'absent unknown unknown',
    ],
    ['a key that is taken away', [deleted(policyKey)], 'absent unknown unknown'],
    [
      'another value that is taken away',
      [set(policyKey, 'Functions', listOf(dhe)), unset(policyKey, 'Other')],
      'set unknown unknown',
    ],
    [
      'the same value twice',
      [set(policyKey, 'Functions', listOf(dhe)), key(policyKey), set(policyKey, 'Functions', listOf(dhe))],
      'set unknown unknown',
    ],
    [
      'two values of one key',
      [set(policyKey, 'Functions', listOf(dhe)), set(policyKey, 'Other', listOf(ecdhe))],
      'set unknown unknown',
    ],
  ])('with %s', (_, entries, expected) => {
    expect(statusOf(whole(...entries))).toBe(expected);
  });

  it.each<[string, RegistryEntry[]]>([
    ['nothing', []],
    ['another key', [key('HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Mozilla')]],
    ['a key whose name goes on', [key(`${policyKey}3`)]],
    ['a key below a layer’s', [set(`${policyKey}\\Sub`, 'Functions', listOf(dhe))]],
    ['a user’s keys', [set(policyKey.replace('HKEY_LOCAL_MACHINE', 'HKEY_CURRENT_USER'), 'Functions', listOf(dhe))]],
    [
      'another user’s policies',
      [set(policyKey.replace('HKEY_LOCAL_MACHINE\\SOFTWARE', 'HKEY_USERS\\S-1-5-18'), 'Functions', listOf(dhe))],
    ],
    [
      'a user’s software',
      [set(policyKey.replace('HKEY_LOCAL_MACHINE', 'HKEY_USERS\\S-1-5-18'), 'Functions', listOf(dhe))],
    ],
    ['policies where the system is', [set(policyKey.replace('SOFTWARE', 'SYSTEM'), 'Functions', listOf(dhe))]],
    [
      'a key named as a path’s end',
      [set(`HKEY_LOCAL_MACHINE\\A\\B\\ControlSet001\\Control\\${ssl}`, 'Functions', listOf(dhe))],
    ],
    ['the number of the control set alone', [set('HKEY_LOCAL_MACHINE\\SYSTEM\\Select', 'Current', encodeDword(1))]],
  ])('with %s tells nothing', (_, entries) => {
    expect(() => whole(...entries)).toThrow(nothing);
  });

  it.each<[string, RegistryEntry[]]>([
    ['sets a list twice', [set(localKey, 'Functions', listOf(dhe)), set(localKey, 'functions', listOf(ecdhe))]],
    [
      'sets it with another type',
      [set(policyKey, 'Functions', encodeString(dhe)), set(policyKey, 'Functions', listOf(dhe))],
    ],
  ])('that %s tells nobody which counts', (_, entries) => {
    expect(() => whole(...entries)).toThrow(secondList);
  });

  it('tells of the Windows, of FIPS mode and of the SCHANNEL keys', () => {
    const diffieHellman = `${live}\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman`;
    const configuration = whole(
      set(versionKey, 'CurrentBuildNumber', encodeString('20348')),
      set(versionKey, 'UBR', encodeDword(169)),
      set(versionKey, 'UBR', encodeDword(230)),
      set(versionKey, 'ProductName', encodeString('Windows Server 2022 Standard')),
      set(versionKey, 'InstallationType', encodeString('Server Core')),
      set(fipsKey, 'Enabled', encodeDword(1)),
      set(diffieHellman, 'Enabled', encodeDword(0)),
      set(diffieHellman, 'ClientMinKeyBitLength', encodeDword(2048)),
      set(diffieHellman, 'ServerMinKeyBitLength', encodeDword(3072)),
    );
    expect(configuration).toMatchObject({
      windows: {
        build: 20348,
        revision: 230,
        productName: 'Windows Server 2022 Standard',
        installationType: 'Server Core',
      },
      fips: true,
      schannel: { seen: 'part', keyExchanges: { 'Diffie-Hellman': 0 } },
      diffieHellman: { enabled: 0, clientMinKeyBitLength: 2048, serverMinKeyBitLength: 3072 },
    });
  });

  it.each<[string, RegistryEntry, boolean]>([
    ['where its key holds nothing', key(fipsKey), false],
    ['where it is 0', set(fipsKey, 'Enabled', encodeDword(0)), false],
    ['where it is 2', set(fipsKey, 'Enabled', encodeDword(2)), true],
    ['where it is a text', set(fipsKey, 'Enabled', encodeString('1')), false],
  ])('knows of FIPS mode %s', (_, entry, expected) => {
    expect(whole(entry).fips).toBe(expected);
  });

  it.each([
    ['x', null],
    ['', null],
    ['9600', 9600],
    ['22000.1', 22000],
  ])('takes the build %j for %s', (text, build) => {
    expect(whole(set(versionKey, 'CurrentBuildNumber', encodeString(text))).windows.build).toBe(build);
  });

  it('tells of a policy for 32-bit programs, which nobody reads', () => {
    const stray = policyKey.replace('SOFTWARE\\', 'SOFTWARE\\WOW6432Node\\');
    const value = encodeString(dhe);
    expect(whole(set(stray, 'functions', value)).policyOrigins).toEqual([
      {
        kind: 'wow6432-node',
        name: null,
        links: [],
        action: null,
        isDisabled: false,
        isTargeted: false,
        isInForce: false,
        layer: 'groupPolicy',
        value: saved(value),
      },
    ]);
    expect(whole(key(stray)).policyOrigins).toEqual([]);
  });

  it('has to tell of a layer', () => {
    const read = (keyPath: string, ...lists: string[][]) => {
      const values = lists.map(
        (list) => ({ kind: 'value', name: 'Functions', value: encodeMultiString(list) }) as const,
      );
      return readRegExport(writeRegFile([{ kind: 'key', key: keyPath }, ...values]), 'file');
    };
    expect(statusOf(read(localKey))).toBe('unknown unknown absent');
    expect(() => read(fipsKey)).toThrow(nothing);
    expect(() => read(localKey, [dhe], [])).toThrow(secondList);
  });
});

describe('what is no export', () => {
  it.each<[string, RegistryEntry[], string]>([
    ['a layer’s value', [set(policyKey, 'functions', listOf(dhe))], 'set unknown unknown'],
    ['a value of the version', [set(versionKey, 'UBR', encodeDword(1))], 'unknown unknown unknown'],
    ['a layer’s value that is taken away', [unset(policyKey, 'functions')], 'absent unknown unknown'],
    ['a layer’s key that is taken away', [deleted(policyKey)], 'absent unknown unknown'],
    ['a key above two layers’ that is taken away', [deleted(`${live}\\Cryptography`)], 'unknown absent absent'],
    [
      'the same value twice',
      [set(policyKey, 'Functions', listOf(dhe)), set(policyKey, 'Functions', listOf(dhe))],
      'set unknown unknown',
    ],
    [
      'a key before its value',
      [deleted(policyKey), key(policyKey), set(policyKey, 'Functions', listOf(dhe))],
      'set unknown unknown',
    ],
  ])('tells by %s', (_, entries, expected) => {
    expect(statusOf(script(...entries))).toBe(expected);
  });

  it.each<[string, RegistryEntry[]]>([
    ['a key that is named', [key(policyKey)]],
    ['a key above', [key(policies)]],
    ['another value of a layer’s key', [set(policyKey, 'Functions2', listOf(dhe))]],
    ['another value that is taken away', [unset(policyKey, 'Functions2')]],
    ['a value of a key above', [set(policies, 'Functions', listOf(dhe))]],
    ['a key below a layer’s that is taken away', [deleted(`${policyKey}\\Sub`)]],
  ])('tells nothing by %s', (_, entries) => {
    expect(() => script(...entries)).toThrow(nothing);
  });

  it.each<[string, RegistryEntry]>([
    ['another one', set(policyKey, 'Functions', listOf(ecdhe))],
    ['none', unset(policyKey, 'Functions')],
    ['no key', deleted(policyKey)],
    ['no key above', deleted(policies)],
  ])('with a list, and then %s, may be a branch of a script', (_, second) => {
    expect(() => script(set(policyKey, 'Functions', listOf(dhe)), second)).toThrow(secondList);
  });
});

describe('a hive of a machine that is off', () => {
  const inSet = (number: string, ...names: string[]) =>
    set(`HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet${number}\\Control\\${ssl}`, 'Functions', listOf(...names));
  const fipsIn = (number: string, on: number) =>
    set(
      `HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet${number}\\Control\\Lsa\\FipsAlgorithmPolicy`,
      'Enabled',
      encodeDword(on),
    );
  const current = (number: number, name = 'Current') =>
    set('HKEY_LOCAL_MACHINE\\SYSTEM\\Select', name, encodeDword(number));

  it.each([
    [`HKEY_LOCAL_MACHINE\\OFFLINE\\ControlSet001\\Control\\${ssl}`],
    [`HKEY_LOCAL_MACHINE\\ControlSet001\\Control\\${ssl}`],
    [`HKEY_USERS\\offline\\ControlSet001\\Control\\${ssl}`],
    [`HKEY_USERS\\offline\\CurrentControlSet\\Control\\${ssl}`],
  ])('is the system’s as %s', (path) => {
    expect(localOf(whole(set(path, 'Functions', listOf(dhe))))).toEqual(saved(listOf(dhe)));
  });

  it.each([
    ['HKEY_LOCAL_MACHINE\\OFFLINE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'],
    ['HKEY_USERS\\offline\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002'],
  ])('is the software’s as %s', (path) => {
    expect(statusOf(whole(set(path, 'Functions', encodeString(dhe))))).toBe('set unknown unknown');
  });

  it('tells its build under any name', () => {
    const path = 'HKEY_LOCAL_MACHINE\\OFFLINE\\Microsoft\\Windows NT\\CurrentVersion';
    expect(whole(set(path, 'CurrentBuildNumber', encodeString('9600'))).windows.build).toBe(9600);
  });

  it.each<[string, RegistryEntry[], string[]]>([
    ['the only one', [inSet('001', dhe)], [dhe]],
    ['the one that Select names', [inSet('001', dhe), inSet('002', ecdhe), current(2)], [ecdhe]],
    [
      'the one that Select names, in other letters',
      [current(1, 'CURRENT'), inSet('001', dhe), inSet('002', ecdhe)],
      [dhe],
    ],
    [
      'the current one, whatever else there is',
      [set(localKey, 'Functions', listOf(dhe)), inSet('002', ecdhe), current(2)],
      [dhe],
    ],
    ['any where all say the same', [inSet('002', dhe), inSet('001', dhe)], [dhe]],
    ['the one that tells of a layer', [fipsIn('001', 1), inSet('002', dhe)], [dhe]],
  ])('has as its control set %s', (_, entries, names) => {
    expect(localOf(whole(...entries))).toEqual(saved(listOf(...names)));
  });

  it('has none that is known where several differ, or where Select names one that is not there', () => {
    const differ = expect.objectContaining({ expected: 'control-set', found: { number: 2 }, source: 'file' });
    expect(() => whole(inSet('001', dhe), inSet('002', ecdhe))).toThrow(differ);
    expect(() => whole(inSet('001', dhe), inSet('002', ecdhe), current(2, 'LastKnownGood'))).toThrow(differ);
    expect(() => whole(inSet('001', dhe), current(2))).toThrow(nothing);
    expect(statusOf(whole(inSet('001', dhe), current(2), key(policyKey)))).toBe('absent unknown unknown');
  });

  it('may differ in what is no layer, and then tells nothing of that', () => {
    const configuration = whole(inSet('001', dhe), fipsIn('001', 1), fipsIn('002', 0), inSet('002', dhe));
    expect(configuration).toMatchObject({ fips: null, layers: { local: { status: 'set' } } });
    expect(whole(inSet('001', dhe), fipsIn('001', 1)).fips).toBe(true);
    const services = key('HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet002\\Enum');
    expect(whole(inSet('001', dhe), services, fipsIn('001', 1)).fips).toBe(true);
    expect(whole(key(policyKey), fipsIn('001', 1), fipsIn('002', 1)).fips).toBeNull();
  });

  it('is one where policies are told of beside it', () => {
    expect(whole(key(policyKey), fipsIn('001', 1)).fips).toBe(true);
  });

  it.each([
    ['HKEY_LOCAL_MACHINE\\SYSTEM\\Select', ecdhe],
    ['HKEY_LOCAL_MACHINE\\OFFLINE\\Select', ecdhe],
    ['HKEY_LOCAL_MACHINE\\Select', ecdhe],
    ['HKEY_LOCAL_MACHINE\\SYSTEM\\Select\\Sub', undefined],
    ['HKEY_USERS\\offline\\Select\\Sub', undefined],
    ['HKEY_CURRENT_USER\\SYSTEM\\Select', undefined],
  ])('and %s, which a key names before its values', (path, chosen) => {
    const entries = [inSet('001', dhe), inSet('002', ecdhe), key(path), set(path, 'Current', encodeDword(2))];
    if (chosen === undefined)
      expect(() => whole(...entries)).toThrow(expect.objectContaining({ expected: 'control-set' }));
    else expect(localOf(whole(...entries))).toEqual(saved(listOf(chosen)));
  });

  it('named by a path of Select tells which set it was', () => {
    const path = (rest: string) => `HKEY_USERS\\offline\\${rest}`;
    const configuration = whole(
      set(path(`ControlSet001\\Control\\${ssl}`), 'Functions', listOf(dhe)),
      set(path(`ControlSet002\\Control\\${ssl}`), 'Functions', listOf(ecdhe)),
      set(path('Select'), 'Current', encodeDword(2)),
    );
    expect(localOf(configuration)).toEqual(saved(listOf(ecdhe)));
  });
});

describe('what is known in part', () => {
  it('is unknown in the rest', () => {
    const { takenAt, ...partial } = partialConfiguration({ enumerated: [ecdhe], fips: false });
    expect(partial).toMatchObject({
      source: 'export',
      enumerated: [ecdhe],
      fips: false,
      policyOrigins: [],
      change: null,
    });
    expect(statusOf({ takenAt, ...partial })).toBe('unknown unknown unknown');
  });

  it('is enough where it tells of a layer, of who sets one, or of the list in force', () => {
    const stray = whole(
      set(policyKey.replace('SOFTWARE\\', 'SOFTWARE\\WOW6432Node\\'), 'Functions', encodeString(dhe)),
    );
    const [origin] = stray.policyOrigins;
    if (origin === undefined) throw new Error('no origin');
    for (const known of [{}, { fips: true }, { policyOrigins: [origin] }])
      expect(() => requireLayer(partialConfiguration(known), 'file')).toThrow(nothing);
    for (const known of [{ enumerated: [] }, { policyOrigins: [origin, { ...origin, kind: 'gpo' as const }] }])
      expect(() => requireLayer(partialConfiguration(known), 'file')).not.toThrow();
    expect(() => requireLayer(whole(key(localKey)), 'file')).not.toThrow();
  });
});
