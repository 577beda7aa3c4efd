/** Every finding whole: what it tells, how much it matters, and what else is said beside it. */
import { describe, expect, it } from 'vitest';
import { type AssessOptions, assess, type Finding } from '../../lib/assessment/assess';
import { findingDataSchemas } from '../../lib/assessment/assessment-schema';
import type { ChangeRecord, Configuration, PolicyOrigin } from '../../lib/configuration/configuration';
import { encodeDword, encodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import { asExport, readMachine, saved, withLayer, withoutKey, withValue } from '../support/configurations';

const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const dhe128 = 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256';
const tls13 = 'TLS_AES_256_GCM_SHA384';

const cryptography = 'SYSTEM\\CurrentControlSet\\Control\\Cryptography';
const localKey = `${cryptography}\\Configuration\\Local\\SSL\\00010002`;
const mdmKey = `${cryptography}\\MDMPolicies\\SSL`;
const policyKey = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const strayKey = 'SOFTWARE\\WOW6432Node\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

const clean = readMachine({ local: [ecdhe, rsa] });
const cleanExport = asExport(clean);
const policy = (text: string, local: readonly string[] = [ecdhe, rsa]) => readMachine({ local, groupPolicy: text });
const mdm = (text: string) => readMachine({ local: [ecdhe, rsa], mdm: text });

const fixed: Finding = {
  id: 'leading-zero-fix',
  severity: 'info',
  data: { state: 'present', build: 20348, revision: 0 },
};
const governedByPolicy: Finding = {
  id: 'governed-by-group-policy',
  severity: 'info',
  data: { key: policyKey, valueName: 'Functions' },
};
const governedByMdm: Finding = {
  id: 'governed-by-mdm',
  severity: 'info',
  data: { key: mdmKey, valueName: 'CipherSuites' },
};
const uncertain = (layer: 'groupPolicy' | 'mdm' | 'local'): Finding => ({
  id: 'governing-layer-uncertain',
  severity: 'warning',
  data: { layer },
});
const offered = (...suites: string[]): Finding => ({ id: 'dhe-offered', severity: 'error', data: { suites } });
const nothingWorks = (listed: number, windows: 'ws2022' | 'win8.1-2012r2' | null = 'ws2022'): Finding => ({
  id: 'nothing-works-here',
  severity: 'error',
  data: { windows, listed },
});
const unknownNames = (...names: string[]): Finding => ({
  id: 'unknown-suites',
  severity: 'warning',
  data: { suites: names.map((name) => ({ name, write: null })) },
});
const costs = (...ids: ('leaves-nothing' | 'leaves-no-ecdhe' | 'no-known-name' | 'rests-on-may-work')[]): Finding => ({
  id: 'removal-costs',
  severity: 'warning',
  data: {
    costs: ids.map((id) => ({
      id,
      roles: id === 'no-known-name' ? [] : ['client', 'server'],
      peers: [],
      windows: id === 'no-known-name' ? null : 'ws2022',
    })),
  },
});

/** All that is found, and that its data are what the schema promises. */
function findingsOf(configuration: Configuration, options?: AssessOptions): readonly Finding[] {
  const { findings } = assess(configuration, options);
  for (const { id, data } of findings) expect(findingDataSchemas[id].parse(data)).toEqual(data);
  return findings;
}

describe('the list', () => {
  it.each<[string, Configuration, Finding[]]>([
    ['nothing to say of', clean, [fixed]],
    ['nothing to say of, in an export', cleanExport, [fixed]],
    ['DHE', readMachine({ local: [dhe, ecdhe, dhe128] }), [offered(dhe, dhe128), fixed]],
    [
      'a name that nobody knows, and one that OpenSSL writes so',
      readMachine({ local: [ecdhe, 'TLS_FOO_BAR', 'ECDHE-RSA-AES128-GCM-SHA256', `${ecdhe}_P256`] }),
      [
        {
          id: 'curve-suffixes',
          severity: 'warning',
          data: { suites: [{ name: `${ecdhe}_P256`, write: ecdhe }] },
        },
        {
          id: 'unknown-suites',
          severity: 'warning',
          data: {
            suites: [
              { name: 'TLS_FOO_BAR', write: null },
              { name: 'ECDHE-RSA-AES128-GCM-SHA256', write: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256' },
            ],
          },
        },
        fixed,
      ],
    ],
    [
      'curves and nothing else that works',
      readMachine({ local: [`${ecdhe}_P256`, 'TLS_FOO_BAR'] }),
      [
        { id: 'curve-suffixes', severity: 'error', data: { suites: [{ name: `${ecdhe}_P256`, write: ecdhe }] } },
        unknownNames('TLS_FOO_BAR'),
        fixed,
      ],
    ],
    [
      'names twice',
      readMachine({ local: [ecdhe, rsa, ecdhe, rsa.toLowerCase()] }),
      [{ id: 'duplicate-suites', severity: 'warning', data: { suites: [ecdhe, rsa.toLowerCase()] } }, fixed],
    ],
    [
      'suites that this Windows does not have',
      readMachine({ local: [rsa, tls13, ecdhe], windows: 'win8.1-2012r2' }),
      [
        { id: 'unsupported-suites', severity: 'warning', data: { suites: [tls13, ecdhe], windows: 'win8.1-2012r2' } },
        { id: 'leading-zero-fix', severity: 'warning', data: { state: 'never-made', build: 9600, revision: 0 } },
      ],
    ],
    [
      'nothing that works here',
      readMachine({ local: ['TLS_FOO_BAR', 'TLS_FOO_BAZ'] }),
      [nothingWorks(2), unknownNames('TLS_FOO_BAR', 'TLS_FOO_BAZ'), fixed],
    ],
    ['nothing at all', readMachine({ local: [] }), [fixed]],
    ['DHE alone', readMachine({ local: [dhe] }), [offered(dhe), costs('leaves-nothing'), fixed]],
    [
      'DHE whose place nobody else takes',
      readMachine({ local: [dhe, rsa] }),
      [
        offered(dhe),
        {
          id: 'removal-costs',
          severity: 'warning',
          data: {
            costs: [
              { id: 'leaves-no-ecdhe', roles: ['client', 'server'], peers: [], windows: 'ws2022' },
              { id: 'loses-forward-secret-gcm-for-rsa', roles: ['client', 'server'], peers: [], windows: 'ws2022' },
              { id: 'loses-known-peers', roles: ['client'], peers: expect.any(Array), windows: 'ws2022' },
              { id: 'loses-known-peers', roles: ['server'], peers: expect.any(Array), windows: 'ws2022' },
            ],
          },
        },
        fixed,
      ],
    ],
  ])('with %s', (_, configuration, expected) => {
    expect(findingsOf(configuration)).toEqual(expected);
  });

  it('costs what it costs on an unknown Windows as well', () => {
    const silent = { ...clean.windows, build: null };
    expect(findingsOf(asExport(readMachine({ local: [dhe] }), { windows: silent }))).toEqual([
      offered(dhe),
      {
        id: 'removal-costs',
        severity: 'warning',
        data: { costs: [{ id: 'leaves-nothing', roles: ['client', 'server'], peers: [], windows: null }] },
      },
      { id: 'windows-version-unknown', severity: 'info', data: { build: null } },
    ]);
    expect(findingsOf(asExport(readMachine({ local: ['TLS_FOO_BAR'] }), { windows: silent }))).toEqual([
      nothingWorks(1, null),
      unknownNames('TLS_FOO_BAR'),
      { id: 'windows-version-unknown', severity: 'info', data: { build: null } },
    ]);
  });
});

describe('FIPS mode', () => {
  const fips = { ...readMachine({ local: [dhe, dhe128, ecdhe], fips: true }), enumerated: [ecdhe] };
  const hidden = (...suites: string[]): Finding => ({
    id: 'dhe-hidden-by-fips',
    severity: 'warning',
    data: { suites },
  });

  it.each<[string, Configuration, readonly Finding[]]>([
    ['hides what is configured', fips, [hidden(dhe, dhe128), fixed]],
    ['hides what it did not let through', { ...fips, enumerated: [dhe, ecdhe] }, [offered(dhe), hidden(dhe128), fixed]],
    ['hides nothing where nothing was configured', { ...clean, fips: true }, [fixed]],
    [
      'hides nothing from a file where DHE is switched off',
      asExport(fips, { schannel: { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 } } }),
      [costs('rests-on-may-work'), fixed],
    ],
    ['hides nothing from a file', asExport(fips), [offered(dhe, dhe128), costs('rests-on-may-work'), fixed]],
    [
      'hides nothing where no list can be read',
      { ...withValue(clean, 'local', encodeDword(1)), fips: true },
      [{ id: 'local-wrong-type', severity: 'error', data: { found: 'REG_DWORD', key: localKey } }, fixed],
    ],
    [
      'hides nothing where it is off',
      { ...fips, fips: false },
      [
        {
          id: 'configured-enumerated-differ',
          severity: 'warning',
          data: { layer: 'local', onlyConfigured: [dhe, dhe128], onlyEnumerated: [] },
        },
        fixed,
      ],
    ],
  ])('%s', (_, configuration, expected) => {
    expect(findingsOf(configuration)).toEqual(expected);
  });
});

describe('the Diffie-Hellman key', () => {
  const withKey = (enabled: number | null) => {
    const base = readMachine({ local: [dhe, ecdhe] });
    const schannel = { ...noSchannelSettings, keyExchanges: enabled === null ? {} : { 'Diffie-Hellman': enabled } };
    return { ...base, schannel, diffieHellman: { ...base.diffieHellman, enabled } };
  };

  it.each<[number | null, Finding[]]>([
    [null, [offered(dhe), fixed]],
    [0xffffffff, [offered(dhe), fixed]],
    [0, [{ id: 'diffie-hellman-disabled', severity: 'info', data: { enabled: 0, suites: [dhe] } }, fixed]],
    [
      1,
      [offered(dhe), { id: 'diffie-hellman-unclear', severity: 'warning', data: { enabled: 1, suites: [dhe] } }, fixed],
    ],
  ])('with Enabled %s', (enabled, expected) => {
    expect(findingsOf(withKey(enabled))).toEqual(expected);
  });
});

describe('a policy', () => {
  const wrongType = (layer: 'groupPolicy' | 'mdm', found: string): Finding => ({
    id: 'policy-wrong-type',
    severity: 'error',
    data: { layer, found, key: layer === 'mdm' ? mdmKey : policyKey },
  });
  const empty = (layer: 'groupPolicy' | 'mdm'): Finding => ({
    id: 'policy-empty',
    severity: 'error',
    data: { layer, key: layer === 'mdm' ? mdmKey : policyKey },
  });
  const long = Array.from({ length: 40 }, (_, index) => `TLS_A_LONG_NAME_THAT_NOBODY_KNOWS_${index + 10}`);

  it.each<[string, Configuration, Finding[]]>([
    ['of Group Policy', policy(`${ecdhe},${rsa}`), [governedByPolicy, fixed]],
    ['of MDM', mdm(`${ecdhe};${rsa}`), [governedByMdm, fixed]],
    [
      'over a local list with DHE',
      policy(ecdhe, [dhe, ecdhe]),
      [
        { id: 'dhe-in-overridden-list', severity: 'info', data: { suites: [dhe], governing: 'groupPolicy' } },
        governedByPolicy,
        fixed,
      ],
    ],
    ['with DHE', policy(`${dhe},${ecdhe}`), [offered(dhe), governedByPolicy, fixed]],
    ['with DHE alone', policy(dhe), [offered(dhe), costs('leaves-nothing'), governedByPolicy, fixed]],
    [
      'with DHE and one more',
      policy(`${dhe},${tls13}`),
      [
        offered(dhe),
        {
          id: 'removal-costs',
          severity: 'warning',
          data: { costs: expect.arrayContaining([expect.objectContaining({ id: 'leaves-only-tls-1-3' })]) },
        },
        governedByPolicy,
        fixed,
      ],
    ],
    ['in order, whatever it lacks', policy(rsa), [governedByPolicy, fixed]],
    [
      'of the wrong type',
      withValue(cleanExport, 'groupPolicy', encodeDword(1)),
      [wrongType('groupPolicy', 'REG_DWORD'), uncertain('local'), fixed],
    ],
    [
      'of a list of strings, that Windows did not answer with',
      withValue(clean, 'groupPolicy', encodeMultiString([dhe])),
      [wrongType('groupPolicy', 'REG_MULTI_SZ'), fixed],
    ],
    [
      'of MDM of the wrong type',
      withValue(cleanExport, 'mdm', encodeDword(1)),
      [wrongType('mdm', 'REG_DWORD'), uncertain('local'), fixed],
    ],
    [
      'that is empty',
      withValue(cleanExport, 'groupPolicy', encodeString('')),
      [empty('groupPolicy'), uncertain('local'), fixed],
    ],
    ['of MDM that is empty', withValue(clean, 'mdm', encodeString('')), [empty('mdm'), fixed]],
    [
      'with a blank',
      asExport(policy(`${ecdhe}, ${rsa}`)),
      [
        {
          id: 'policy-text-malformed',
          severity: 'error',
          data: {
            layer: 'groupPolicy',
            faults: [{ kind: 'white-space', position: ecdhe.length + 1, length: 1, found: ' ', action: 'removed' }],
            faultCount: 1,
          },
        },
        unknownNames(` ${rsa}`),
        governedByPolicy,
        fixed,
      ],
    ],
    [
      'of MDM with commas, of which nobody knows whether it works',
      asExport(mdm(`${ecdhe},${rsa}`)),
      [
        {
          id: 'policy-text-malformed',
          severity: 'error',
          data: {
            layer: 'mdm',
            faults: [{ kind: 'wrong-separator', position: ecdhe.length, length: 1, found: ',', action: 'replaced' }],
            faultCount: 1,
          },
        },
        unknownNames(`${ecdhe},${rsa}`),
        governedByMdm,
        fixed,
      ],
    ],
    [
      'of MDM with commas, where Windows answers with one name',
      mdm(`${ecdhe},${rsa}`),
      [
        nothingWorks(1),
        expect.objectContaining({ id: 'policy-text-malformed' }),
        unknownNames(`${ecdhe},${rsa}`),
        governedByMdm,
        fixed,
      ],
    ],
    [
      'that is too long',
      policy(long.join(',')),
      [
        nothingWorks(40),
        { id: 'policy-text-malformed', severity: 'error', data: expect.objectContaining({ faultCount: 40 }) },
        {
          id: 'policy-too-long',
          severity: 'warning',
          data: { layer: 'groupPolicy', length: 1479, shortened: 1479, limit: 1023 },
        },
        unknownNames(...long),
        costs('no-known-name'),
        governedByPolicy,
        fixed,
      ],
    ],
    [
      'of MDM that is as long',
      mdm(long.join(';')),
      [
        nothingWorks(40),
        expect.objectContaining({ id: 'policy-text-malformed' }),
        unknownNames(...long),
        costs('no-known-name'),
        governedByMdm,
        fixed,
      ],
    ],
  ])('%s', (_, configuration, expected) => {
    expect(findingsOf(configuration)).toEqual(expected);
  });

  it('that is as long as the policy editor takes is not too long, and one that fits without DHE is told so', () => {
    const names = (length: number) => {
      const list = [ecdhe, ...Array.from({ length: 9 }, (_, index) => `TLS_X${index}_${'A'.repeat(90)}`)];
      return [...list, `TLS_X_${'A'.repeat(length - list.join().length - 7)}`].join();
    };
    const lengthOf = (text: string) =>
      findingsOf(asExport(policy(text))).find(({ id }) => id === 'policy-too-long')?.data;
    expect(lengthOf(names(1023))).toBeUndefined();
    expect(lengthOf(names(1024))).toEqual({ layer: 'groupPolicy', length: 1024, shortened: 1024, limit: 1023 });
    expect(lengthOf(`${names(1000)},${dhe}`)).toEqual({
      layer: 'groupPolicy',
      length: 1036,
      shortened: 1000,
      limit: 1023,
    });
  });
});

describe('what an export lacks', () => {
  it.each<[string, Configuration, Finding[]]>([
    [
      'the key of Group Policy',
      withoutKey(cleanExport, 'groupPolicy'),
      [
        uncertain('local'),
        {
          id: 'layer-not-in-export',
          severity: 'warning',
          data: { layer: 'groupPolicy', key: policyKey, exportKey: 'SOFTWARE\\Policies\\Microsoft' },
        },
        fixed,
      ],
    ],
    [
      'the keys of the machine',
      withoutKey(asExport(policy(ecdhe)), 'mdm', 'local'),
      [
        {
          id: 'layer-not-in-export',
          severity: 'warning',
          data: { layer: 'mdm', key: mdmKey, exportKey: cryptography },
        },
        {
          id: 'layer-not-in-export',
          severity: 'warning',
          data: { layer: 'local', key: localKey, exportKey: cryptography },
        },
        governedByPolicy,
        fixed,
      ],
    ],
    [
      'all of it',
      withoutKey(cleanExport, 'local'),
      [
        expect.objectContaining({ id: 'layer-not-in-export', data: expect.objectContaining({ layer: 'local' }) }),
        fixed,
      ],
    ],
    ['a local value', withLayer(cleanExport, 'local', { status: 'absent', value: null }), [fixed]],
    [
      'a local list, and has a text there',
      withValue(cleanExport, 'local', encodeString(`${dhe},${ecdhe}`)),
      [offered(dhe), { id: 'local-wrong-type', severity: 'error', data: { found: 'REG_SZ', key: localKey } }, fixed],
    ],
    [
      'what the logs of the hive have',
      { ...cleanExport, isFromDirtyHive: true },
      [{ id: 'dirty-hive', severity: 'warning', data: {} }, fixed],
    ],
    [
      'the build',
      { ...cleanExport, windows: { ...clean.windows, build: null } },
      [{ id: 'windows-version-unknown', severity: 'info', data: { build: null } }],
    ],
  ])('%s', (_, configuration, expected) => {
    expect(findingsOf(configuration)).toEqual(expected);
  });

  it('is no loss where somebody names the Windows', () => {
    const silent = { ...cleanExport, windows: { ...clean.windows, build: null } };
    expect(findingsOf(silent, { windows: 'ws2022' })).toEqual([]);
  });
});

it('where two lists differ, names what each has alone; FIPS mode may have made the difference', () => {
  const differing = { ...readMachine({ local: [ecdhe, rsa] }), enumerated: [tls13, ecdhe] };
  const differ: Finding = {
    id: 'configured-enumerated-differ',
    severity: 'warning',
    data: { layer: 'local', onlyConfigured: [rsa], onlyEnumerated: [tls13] },
  };
  expect(findingsOf(differing)).toEqual([differ, fixed]);
  expect(findingsOf({ ...clean, enumerated: [rsa, ecdhe] })).toEqual([
    { ...differ, data: { layer: 'local', onlyConfigured: [], onlyEnumerated: [] } },
    fixed,
  ]);
  expect(findingsOf({ ...differing, fips: true })).toEqual([fixed]);
});

it.each<[number, number | null, Finding]>([
  [
    14393,
    3541,
    { id: 'leading-zero-fix', severity: 'warning', data: { state: 'absent', build: 14393, revision: 3541 } },
  ],
  [14393, 3542, { id: 'leading-zero-fix', severity: 'info', data: { state: 'present', build: 14393, revision: 3542 } }],
  [
    14393,
    null,
    { id: 'leading-zero-fix', severity: 'warning', data: { state: 'unknown', build: 14393, revision: null } },
  ],
  [3790, 1, { id: 'windows-version-unknown', severity: 'info', data: { build: 3790 } }],
])('of build %s.%s tells of the fix for leading zeros', (build, revision, expected) => {
  expect(findingsOf({ ...clean, windows: { ...clean.windows, build, revision } })).toEqual([expected]);
});

describe('a change', () => {
  const [before, boot, after, later] = [1, 2, 3, 4].map((day) => `2026-01-0${day}T00:00:00.000Z`) as [
    string,
    string,
    string,
    string,
  ];
  const record = (changed: Partial<ChangeRecord>): ChangeRecord => ({
    schemaVersion: 1,
    kind: 'change',
    operation: 'disable',
    backupId: '20260103T000000Z',
    state: 'complete',
    startedAt: before,
    finishedAt: null,
    before: [dhe],
    after: [],
    removed: [],
    trial: null,
    evidence: null,
    ...changed,
  });
  const booted = (changed: Partial<Configuration>): Configuration => {
    const timed = (['groupPolicy', 'mdm', 'local'] as const).reduce<Configuration>(
      (configuration, layer) => withLayer(configuration, layer, { keyWriteTime: null }),
      clean,
    );
    return { ...timed, bootTime: boot, ...changed };
  };
  const writtenAt = (
    groupPolicy: string | null,
    mdmTime: string | null,
    local: string | null,
  ): Configuration['layers'] => {
    const { layers } = clean;
    return {
      groupPolicy: { ...layers.groupPolicy, keyWriteTime: groupPolicy },
      mdm: { ...layers.mdm, keyWriteTime: mdmTime },
      local: { ...layers.local, keyWriteTime: local },
    };
  };
  const restart = (certain: boolean, changedAt: string): Finding => ({
    id: 'restart-advised',
    severity: 'warning',
    data: { certain, changedAt, bootTime: boot },
  });
  const interrupted: Finding = {
    id: 'interrupted-change',
    severity: 'error',
    data: { operation: 'disable', backupId: '20260103T000000Z', startedAt: after },
  };

  it.each<[string, Partial<Configuration>, Finding[]]>([
    ['that nobody made', {}, []],
    ['of before the start', { change: record({ finishedAt: before }) }, []],
    ['at the start', { change: record({ finishedAt: boot }) }, []],
    ['since the start', { change: record({ finishedAt: after }) }, [restart(true, after)]],
    [
      'that began before the start and ended since',
      { change: record({ startedAt: before, finishedAt: later }) },
      [restart(true, later)],
    ],
    ['that was undone', { change: record({ state: 'undone', finishedAt: after }) }, []],
    [
      'that was interrupted',
      { change: record({ state: 'in-progress', startedAt: after }) },
      [interrupted, restart(true, after)],
    ],
    [
      'that was interrupted, of a file',
      { change: record({ state: 'in-progress', startedAt: after }), bootTime: null },
      [interrupted],
    ],
    ['in the registry since the start', { layers: writtenAt(before, after, null) }, [restart(false, after)]],
    ['in the registry, the last of several', { layers: writtenAt(later, after, before) }, [restart(false, later)]],
    ['in the registry at the start', { layers: writtenAt(boot, before, null) }, []],
    [
      'since the start, and one in the registry',
      { change: record({ finishedAt: after }), layers: writtenAt(null, null, later) },
      [restart(true, after)],
    ],
    [
      'of before the start, and one in the registry since',
      { change: record({ finishedAt: before }), layers: writtenAt(null, null, later) },
      [restart(false, later)],
    ],
    [
      'that was undone, and one in the registry since',
      { change: record({ state: 'undone', finishedAt: after }), layers: writtenAt(null, null, later) },
      [restart(false, later)],
    ],
    [
      'whose record cannot be read',
      { stateProblems: [{ entry: 'journal', problem: 'not-json', path: null }] },
      [
        {
          id: 'stored-state-unreadable',
          severity: 'warning',
          data: { key: 'SOFTWARE\\SchannelDhe', entries: [{ entry: 'journal', problem: 'not-json', path: null }] },
        },
      ],
    ],
  ])('%s', (_, changed, expected) => {
    expect(findingsOf(booted(changed))).toEqual([...expected, fixed]);
  });
});

describe('who sets the order', () => {
  const origin = (changed: Partial<PolicyOrigin>): PolicyOrigin => ({
    kind: 'gpo',
    name: 'Servers',
    links: ['example.org/Servers'],
    isInForce: null,
    action: null,
    isDisabled: false,
    isTargeted: false,
    layer: 'groupPolicy',
    value: saved(encodeString(`${dhe},${ecdhe}`)),
    ...changed,
  });
  const told = ({ name, links, isInForce, isDisabled }: PolicyOrigin, ...dheSuites: string[]) => ({
    name,
    links,
    isInForce,
    isDisabled,
    dheSuites,
  });
  const gpos = (severity: 'info' | 'warning', ...origins: ReturnType<typeof told>[]): Finding => ({
    id: 'policy-origins',
    severity,
    data: { origins },
  });
  const [one, other, winner] = [
    origin({}),
    origin({ name: null, value: null, links: [] }),
    origin({ isInForce: true }),
  ];
  const item = origin({
    kind: 'preference-item',
    name: 'Order',
    action: 'update',
    isTargeted: true,
    isDisabled: true,
    layer: 'local',
    value: saved(encodeMultiString([dhe128, ecdhe])),
  });
  const stray = origin({ kind: 'wow6432-node', name: null, links: [], isInForce: false });

  it.each<[string, PolicyOrigin[], Finding[]]>([
    ['nobody that is known', [], [fixed]],
    ['one GPO', [one], [gpos('info', told(one, dhe)), fixed]],
    ['two, of which nothing tells which won', [one, other], [gpos('warning', told(one, dhe), told(other)), fixed]],
    ['two, of which one won', [one, winner], [gpos('info', told(one, dhe), told(winner, dhe)), fixed]],
    [
      'a preference item',
      [item],
      [
        {
          id: 'preference-items',
          severity: 'warning',
          data: {
            items: [
              {
                name: 'Order',
                links: ['example.org/Servers'],
                isDisabled: true,
                isTargeted: true,
                action: 'update',
                dheSuites: [dhe128],
              },
            ],
          },
        },
        fixed,
      ],
    ],
    [
      'a place that nobody reads',
      [stray],
      [{ id: 'policy-without-effect', severity: 'info', data: { key: strayKey, dheSuites: [dhe] } }, fixed],
    ],
    [
      'a GPO for MDM, and an item, each by its own signs',
      [origin({ layer: 'mdm', value: saved(encodeString(`${dhe};${ecdhe}`)) }), item],
      [
        expect.objectContaining({
          id: 'preference-items',
          data: { items: [expect.objectContaining({ name: 'Order' })] },
        }),
        gpos('info', told(one, dhe)),
        fixed,
      ],
    ],
  ])('is %s', (_, policyOrigins, expected) => {
    expect(findingsOf({ ...cleanExport, policyOrigins })).toEqual(expected);
  });
});
