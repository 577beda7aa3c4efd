/** Several files of one machine: what they tell together, and what two of them may not say differently. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { openConfiguration, openConfigurations } from '../../lib/inputs/open-configuration';

const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const policyKey = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';

const reg = (...lines: readonly string[]) => ['Windows Registry Editor Version 5.00', '', ...lines, ''].join('\r\n');
const listKey = (set: string) =>
  `[HKEY_LOCAL_MACHINE\\SYSTEM\\${set}\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002]`;
const list = (name: string) =>
  `"Functions"=hex(7):${[...Buffer.from(`${name}\0\0`, 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
const open = (...texts: readonly string[]) =>
  openConfigurations(texts.map((text, index) => ({ bytes: Buffer.from(text), source: `file ${index + 1}` })));
const sameMachine = expect.objectContaining({ code: 'INVALID_INPUT', expected: 'same-machine', source: 'file 2' });

describe('two files that say different things', () => {
  const local = reg(listKey('CurrentControlSet'), list(ecdhe));
  const windows = (build: string) =>
    reg(
      '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]',
      `"CurrentBuildNumber"="${build}"`,
      '',
      listKey('CurrentControlSet'),
      list(ecdhe),
    );
  const setting = (key: string, name: string, value: number) =>
    reg(
      `[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\${key}]`,
      `"${name}"=dword:${value}`,
      '',
      listKey('CurrentControlSet'),
      list(ecdhe),
    );
  const answer = (...names: readonly string[]) => ['Name', '----', ...names].join('\n');
  const diffieHellman = 'SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman';

  it.each([
    ['the list in force', answer(ecdhe), answer(ecdhe, dhe)],
    ['the Windows', windows('14393'), windows('20348')],
    ['FIPS mode', setting('Lsa\\FipsAlgorithmPolicy', 'Enabled', 0), setting('Lsa\\FipsAlgorithmPolicy', 'Enabled', 1)],
    [
      'the key sizes',
      setting(diffieHellman, 'ClientMinKeyBitLength', 1),
      setting(diffieHellman, 'ClientMinKeyBitLength', 2),
    ],
  ])('of %s are of two machines, in either order', (_, one, other) => {
    expect(() => open(one, other)).toThrow(sameMachine);
    expect(() => open(other, one)).toThrow(sameMachine);
    expect(open(one, one).layers).toEqual(open(one).layers);
    expect(open(local, one).layers.local.status).toBe('set');
  });
});

it('a script that deletes the key afterwards leaves nobody knows what', () => {
  const set = `Set-ItemProperty -Path '${policyKey}' -Name Functions -Value '${ecdhe}'`;
  expect(assess(openConfiguration(Buffer.from(`${set}\n`))).verdict).toBe('no-dhe-offered');
  for (const key of [policyKey, policyKey.replace('\\00010002', '')]) {
    expect(() => openConfiguration(Buffer.from(`${set}\nRemove-Item -Path '${key}'\n`))).toThrow(
      expect.objectContaining({ expected: 'one-list' }),
    );
  }
  const alone = openConfiguration(Buffer.from(`Remove-Item -Path '${policyKey}' -Force\n`));
  expect(alone.layers.groupPolicy.status).toBe('absent');
});

it('a control set that is not the one in force tells nothing', () => {
  const select = (current: number) =>
    reg(
      '[HKEY_LOCAL_MACHINE\\SYSTEM\\Select]',
      `"Current"=dword:${current}`,
      '',
      listKey('ControlSet001'),
      list(ecdhe),
    );
  expect(assess(openConfiguration(Buffer.from(select(1)))).listed).toEqual([ecdhe]);
  expect(() => openConfiguration(Buffer.from(select(2)))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
