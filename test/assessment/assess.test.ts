import { describe, expect, it } from 'vitest';
import { assess, type Doubt, type FindingId } from '../../lib/assessment/assess';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { readRegExport } from '../../lib/configuration/offline-configuration';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeDword, encodeMultiString, encodeString, RegistryType } from '../../lib/registry-files/registry-value';
import { SimulatedMachine, type SimulatedMachineOptions } from '../../lib/simulation/simulated-machine';

const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const diffieHellmanKey =
  'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman';
const localKey = 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

interface Scenario {
  readonly title: string;
  readonly options?: Partial<SimulatedMachineOptions>;
  readonly prepare?: (machine: SimulatedMachine) => void;
  readonly expected: readonly FindingId[];
  readonly unexpected?: readonly FindingId[];
  /** Where nobody knows what is in force. */
  readonly doubt?: Doubt;
}

const scenarios: readonly Scenario[] = [
  { title: 'DHE in the local list', expected: ['dhe-offered'], options: { local: [dhe, ecdhe] } },
  {
    title: 'nothing but ECDHE',
    options: { local: [ecdhe] },
    expected: ['leading-zero-fix'],
    unexpected: ['dhe-offered', 'removal-costs'],
  },
  {
    title: 'Group Policy',
    options: { groupPolicy: `${dhe},${rsa}` },
    expected: ['governed-by-group-policy', 'dhe-offered'],
  },
  { title: 'MDM', options: { mdm: `${dhe};${rsa}` }, expected: ['governed-by-mdm', 'dhe-offered'] },
  {
    title: 'a clean policy over a local list with DHE',
    options: { local: [dhe, ecdhe], groupPolicy: ecdhe },
    expected: ['dhe-in-overridden-list'],
    unexpected: ['dhe-offered'],
  },
  {
    title: 'full-width separators',
    options: { groupPolicy: `${dhe}、${rsa}` },
    expected: ['policy-text-malformed'],
    doubt: 'malformed',
  },
  {
    title: 'a policy of the wrong type',
    prepare: (machine) => machine.setGroupPolicy(encodeDword(1)),
    expected: ['policy-wrong-type'],
  },
  {
    title: 'a policy as REG_MULTI_SZ that Windows ignores',
    prepare: (machine) => machine.setGroupPolicy(encodeMultiString([rsa])),
    expected: ['policy-wrong-type'],
    unexpected: ['governed-by-group-policy'],
  },
  {
    title: 'such a policy with DHE over a local list that CNG enumerates, without',
    options: { local: [ecdhe] },
    prepare: (machine) => machine.setGroupPolicy(encodeMultiString([dhe])),
    expected: ['policy-wrong-type'],
    unexpected: ['governed-by-group-policy'],
  },
  {
    title: 'a policy as REG_MULTI_SZ that Windows uses',
    options: { unknown: { multiStringPolicy: 'used' } },
    prepare: (machine) => machine.setGroupPolicy(encodeMultiString([rsa])),
    expected: ['policy-wrong-type', 'governed-by-group-policy', 'governing-layer-uncertain'],
    doubt: 'wrong-type',
  },
  {
    title: 'an empty policy that Windows ignores',
    options: { groupPolicy: '' },
    expected: ['policy-empty'],
    unexpected: ['governed-by-group-policy'],
  },
  {
    title: 'an empty policy that empties the list',
    options: { groupPolicy: '', unknown: { emptyPolicy: 'empty-list' } },
    expected: ['policy-empty', 'governed-by-group-policy', 'governing-layer-uncertain'],
    doubt: 'empty',
  },
  {
    title: 'a policy over the limit',
    options: {
      groupPolicy: Array.from({ length: 30 }, (_, index) => `TLS_SOMETHING_WITH_A_RATHER_LONG_NAME_${index}`).join(','),
    },
    expected: ['policy-too-long', 'unknown-suites', 'nothing-works-here'],
    doubt: 'no-known-name',
  },
  {
    title: 'FIPS mode',
    options: { local: [dhe, ecdhe], fips: true },
    expected: ['dhe-hidden-by-fips'],
    unexpected: ['dhe-offered'],
  },
  {
    title: 'an edit by hand since the start',
    options: { local: [ecdhe] },
    prepare: (machine) => machine.setLocal([dhe, ecdhe]),
    expected: ['configured-enumerated-differ', 'restart-advised'],
    doubt: 'dhe-not-in-answer',
  },
  {
    title: 'a local list of the wrong type',
    prepare: (machine) => machine.setValue(localKey, 'Functions', encodeString(dhe)),
    expected: ['local-wrong-type'],
  },
  {
    title: 'Diffie-Hellman switched off',
    prepare: (machine) => machine.setValue(diffieHellmanKey, 'Enabled', encodeDword(0)),
    expected: ['diffie-hellman-disabled'],
  },
  {
    title: 'Diffie-Hellman switched on in full',
    prepare: (machine) => machine.setValue(diffieHellmanKey, 'Enabled', encodeDword(0xffffffff)),
    expected: [],
    unexpected: ['diffie-hellman-disabled'],
  },
  { title: 'an unknown name', options: { local: [ecdhe, 'TLS_NEW_ONE'] }, expected: ['unknown-suites'] },
  { title: 'a name twice', options: { local: [ecdhe, rsa, ecdhe.toLowerCase()] }, expected: ['duplicate-suites'] },
  {
    title: 'a suite that this Windows does not have',
    options: { windows: 'win8.1-2012r2', local: [rsa, 'TLS_AES_256_GCM_SHA384'] },
    expected: ['unsupported-suites'],
  },
  {
    title: 'a Windows that nobody knows',
    prepare: (machine) =>
      machine.setValue('SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion', 'CurrentBuildNumber', encodeString('x')),
    expected: ['windows-version-unknown'],
  },
  { title: 'DHE and nothing else', options: { local: [dhe] }, expected: ['removal-costs', 'dhe-offered'] },
  {
    title: 'a change that died',
    options: { local: [dhe, ecdhe] },
    prepare: (machine) => {
      const binding = machine.connect();
      binding.dieAfterWrite(3);
      applyPlan(binding, planDisable(readConfiguration(binding)));
    },
    expected: ['interrupted-change', 'restart-advised'],
  },
];

describe('the assessment', () => {
  it.each(scenarios)('of $title', ({ options = {}, prepare, expected, unexpected = [], doubt = null }) => {
    const machine = new SimulatedMachine({ windows: 'ws2022', ...options });
    prepare?.(machine);
    const assessment = assess(readConfiguration(machine.connect()));
    const ids = assessment.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...expected]));
    for (const id of unexpected) expect(ids).not.toContain(id);
    const offers = ids.includes('dhe-offered');
    expect(assessment.verdict).toBe(offers ? 'dhe-offered' : doubt === null ? 'no-dhe-offered' : 'unknown');
    expect(assessment.doubt).toBe(doubt);
  });

  it('does not know whether a policy with DHE is in force where CNG answers without it', () => {
    const { layers, ...rest } = readConfiguration(
      new SimulatedMachine({ windows: 'win8.1-2012r2', local: [rsa], groupPolicy: `${dhe},${rsa}` }).connect(),
    );
    expect(assess({ ...rest, layers, enumerated: [rsa] })).toMatchObject({
      verdict: 'unknown',
      doubt: 'governing-layer-uncertain',
    });
    expect(assess({ ...rest, layers, enumerated: [rsa], fips: true }).verdict).toBe('no-dhe-offered');
  });

  it.each([
    ['full-width letters', [ecdhe, '\uff34\uff2c\uff33_\uff24\uff28\uff25_RSA_WITH_AES_128_CBC_SHA']],
    ['a sign that nobody sees', [ecdhe, 'TLS_D\u200bHE_RSA_WITH_AES_128_CBC_SHA']],
    ['two names in one', [`${ecdhe},${dhe}`, ecdhe]],
    ['a place behind the end of the list', [ecdhe, '', dhe]],
  ])('does not clear a local list whose DHE name stands in %s, and no plan says that there is none', (_, local) => {
    const data = new Uint8Array(Buffer.from(`${local.map((name) => `${name}\0`).join('')}\0`, 'utf16le'));
    const key = `HKEY_LOCAL_MACHINE\\${localKey}`;
    const value = { type: RegistryType.multiString, data };
    const file = writeRegFile([
      { kind: 'key', key },
      { kind: 'value', name: 'Functions', value },
    ]);
    const configuration = readRegExport(file, 'export');
    expect(assess(configuration)).toMatchObject({ verdict: 'unknown', doubt: 'dhe-in-unknown-name' });
    expect(planDisable(configuration)).toMatchObject({ verdict: 'refused', refusals: [{ id: 'dhe-in-unknown-name' }] });
  });

  it('of an export says which keys it lacks', () => {
    const policyKey = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
    const { verdict, findings } = assess(readRegExport(writeRegFile([{ kind: 'key', key: policyKey }]), 'export'));
    expect(verdict).toBe('unknown');
    expect(findings.filter(({ id }) => id === 'layer-not-in-export').map(({ data }) => data)).toMatchObject([
      { layer: 'mdm' },
      { layer: 'local' },
    ]);
  });
});
