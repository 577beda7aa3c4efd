/** Hives: hivex makes and reads them, and no damage leads out of the file. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { openConfiguration, openConfigurations } from '../../lib/inputs/open-configuration';
import { readRegFile, writeRegFile } from '../../lib/registry-files/reg-file';
import { type HiveKey, openRegistryHive } from '../../lib/registry-files/registry-hive';
import { canRun } from '../../scripts/build/test/test-needs';
import { type HiveValue, hexOf, makeHive, sign } from '../support/registry-hive';

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const kept = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const cryptography = 'Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const list = (...names: readonly string[]): HiveValue => ({
  name: 'Functions',
  data: hexOf(7, `${names.join('\0')}\0\0`),
});
const text = (name: string, value: string): HiveValue => ({ name, data: hexOf(1, `${value}\0`) });

/** Names and data of every kind: long, wide, empty, more keys than one list holds. */
const many = {
  ...Object.fromEntries(Array.from({ length: 700 }, (_, index) => [`Many\\key ${index}`, []])),
  'Microsoft\\Windows NT\\CurrentVersion': [text('CurrentBuildNumber', '20348'), { name: 'UBR', data: 'dword:1' }],
  'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002': [text('Functions', `${kept},${dhe}`)],
  Values: [
    { name: '', data: 'string:default' },
    { name: 'long', data: hexOf(3, 'x'.repeat(150)) },
    { name: 'tiny', data: 'hex:3:01' },
    { name: 'multi', data: hexOf(7, 'a\0b\0\0') },
  ],
};

describe.runIf(canRun('hivex'))('a hive that hivex made', () => {
  it('is read as hivex reads it', () => {
    const file = join(folder, 'many');
    const { root, isDirty } = openRegistryHive(makeHive(file, many), 'hive');
    expect(isDirty).toBe(false);
    for (const path of ['', 'Many', 'Values', ...Object.keys(many).slice(700)]) {
      const key = path === '' ? root : walk(root, path);
      const run = spawnSync('hivexsh', [file], { input: `cd \\${path}\nls\n`, encoding: 'utf8' });
      expect(
        key
          ?.subkeys()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(
        run.stdout
          .split('\n')
          .filter((name) => name !== '')
          .sort(),
      );
      // What hivexsh prints of values are lines of a .reg file.
      const { stdout } = spawnSync('hivexsh', [file], { input: `cd \\${path}\nlsval\n`, encoding: 'utf8' });
      const theirs = [...readRegFile(Buffer.from(`Windows Registry Editor Version 5.00\n[HKEY_X]\n${stdout}`), 'x')];
      const values = theirs.flatMap((entry) =>
        entry.kind === 'value' ? [[entry.name === '@' ? '' : entry.name, entry.value] as const] : [],
      );
      expect(key?.values().map(({ name, value }) => [name, value])).toEqual(values);
    }
  });

  it('SYSTEM and SOFTWARE are one machine, of the control set in force', () => {
    const system = makeHive(join(folder, 'SYSTEM'), {
      [`ControlSet001\\${cryptography}`]: [list(dhe, kept)],
      [`ControlSet002\\${cryptography}`]: [list(kept)],
      Select: [{ name: 'Current', data: 'dword:2' }],
    });
    const software = makeHive(join(folder, 'SOFTWARE'), { ...many, Values: [] });
    const local = openConfiguration(system, 'SYSTEM');
    expect(local.layers).toMatchObject({
      local: { status: 'set' },
      mdm: { status: 'absent' },
      groupPolicy: { status: 'unknown' },
    });
    expect(assess(local).listed).toEqual([kept]);
    const both = openConfigurations([
      { source: 'SYSTEM', bytes: system },
      { source: 'SOFTWARE', bytes: software },
    ]);
    expect(both.windows.build).toBe(20348);
    expect(assess(both)).toMatchObject({ verdict: 'dhe-offered', governance: { layer: 'groupPolicy', certain: true } });
  });

  it('without the key that tells which control set is in force is refused where they differ', () => {
    const sets = (other: string) =>
      makeHive(join(folder, 'sets'), {
        [`ControlSet001\\${cryptography}`]: [list(kept)],
        [`ControlSet002\\${cryptography}`]: [list(other)],
      });
    expect(assess(openConfiguration(sets(kept))).listed).toEqual([kept]);
    expect(() => openConfiguration(sets(dhe))).toThrow(expect.objectContaining({ expected: 'control-set' }));
  });

  it('that was not written whole is told, and never called clean', () => {
    const software = {
      Microsoft: [],
      'Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002': [text('Functions', kept)],
    };
    const bytes = makeHive(join(folder, 'dirty'), software);
    expect(assess(openConfiguration(bytes)).verdict).toBe('no-dhe-offered');
    bytes.writeUInt32LE(bytes.readUInt32LE(4) + 1, 4);
    const assessment = assess(openConfiguration(sign(bytes)));
    expect(assessment).toMatchObject({ verdict: 'unknown', doubt: 'dirty-hive' });
    expect(assessment.findings).toContainEqual({ id: 'dirty-hive', severity: 'warning', data: {} });
  });

  it('of another name, and a log, are refused', () => {
    const bytes = makeHive(join(folder, 'other'), { Software: [] });
    expect(() => openConfiguration(bytes)).toThrow(expect.objectContaining({ expected: 'cipher-suite-hive' }));
    bytes.writeUInt32LE(6, 28);
    expect(() => openConfiguration(bytes)).toThrow(expect.objectContaining({ expected: 'hive-header' }));
  });

  it('with any damage is read, or refused by one typed error', () => {
    const samples = [
      makeHive(join(folder, 'small'), { [`ControlSet001\\${cryptography}`]: [list(dhe, kept)] }),
      makeHive(join(folder, 'large'), many),
    ];
    const change = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) });
    const input = fc.record({
      sample: fc.constantFrom(...samples),
      changes: fc.array(change, { minLength: 1, maxLength: 6 }),
      length: fc.nat(99),
    });
    fc.assert(
      fc.property(input, ({ sample, changes, length }) => {
        const bytes = Buffer.from(sample.subarray(0, length < 90 ? undefined : (sample.length * (length - 89)) / 10));
        for (const one of changes)
          bytes.set(one.bytes.subarray(0, bytes.length), one.at % Math.max(1, bytes.length - 8));
        try {
          openConfiguration(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_INPUT' });
        }
      }),
      { numRuns: process.env['CI'] === undefined ? 300 : 3_000 },
    );
  });
});

function walk(root: HiveKey, path: string): HiveKey | undefined {
  let key: HiveKey | undefined = root;
  for (const name of path.split('\\')) key = key?.subkey(name);
  return key;
}

it('a list that refers to itself ends', () => {
  // A root whose list of lists names one list of 65,535 entries 65,535 times, which all are the root again.
  const bytes = Buffer.alloc(4096 + 1_200_000);
  bytes.write('regf');
  for (const [offset, number] of [
    [20, 1],
    [36, 0x20],
    [40, 1_200_000],
  ] as const)
    bytes.writeUInt32LE(number, offset);
  const cell = (offset: number, length: number, signature: string) => {
    bytes.writeInt32LE(-length, 4096 + offset);
    bytes.write(signature, 4100 + offset);
    return 4100 + offset;
  };
  const root = cell(0x20, 96, 'nk');
  bytes.writeUInt32LE(1, root + 20);
  bytes.writeUInt32LE(0x100, root + 28);
  const outer = cell(0x100, 4 * 65_536 + 8, 'ri');
  const inner = cell(0x80_000, 4 * 65_536 + 8, 'li');
  for (const [list, target] of [
    [outer, 0x80_000],
    [inner, 0x20],
  ] as const) {
    bytes.writeUInt16LE(65_535, list + 2);
    for (let index = 0; index < 65_535; index += 1) bytes.writeUInt32LE(target, list + 4 + index * 4);
  }
  expect(() => openRegistryHive(sign(bytes), 'hive').root.subkeys()).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT' }),
  );
});

it('what was written from a .reg file is not taken for a hive', () => {
  expect(() => openRegistryHive(writeRegFile([]), 'file')).toThrow(
    expect.objectContaining({ expected: 'hive-header' }),
  );
});
