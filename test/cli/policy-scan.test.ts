import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgePolicyFile } from '../../lib/group-policy/policy-file';
import { type ScannedPolicy, scanPolicies } from '../../lib/group-policy/scan';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { correctedText, faultyText, makeBackup, makeSysvolGpo, polOf, realBackup } from '../support/gpo';
import { orderSetting } from '../support/registry-pol';
import { run, useFolder } from './run';

const folder = useFolder();
const displayName = 'DoD Windows 10 STIG - Computer (SHB v10.1.0)';
const only = (root: string) => {
  const [item, ...more] = [...scanPolicies(root)];
  expect(more).toEqual([]);
  return item as ScannedPolicy;
};

describe('policy scan', () => {
  it('names a real backup, and says that it does not set the order', () => {
    expect(only(realBackup)).toMatchObject({
      folder: '',
      kind: 'backup',
      name: displayName,
      guid: '{356FB116-26CD-4FBF-830B-6D736B802FD7}',
      domain: 'idl.local',
      judgement: { verdict: 'not-set' },
    });
  });

  it('finds backups and SYSVOL copies below any folder, in order', async () => {
    const root = folder('all');
    makeBackup(join(root, 'backups', '{1}'), faultyText);
    makeBackup(join(root, 'backups', '{2}'), correctedText);
    makeSysvolGpo(join(root, 'sysvol', 'contoso.com', 'Policies', '{3}'), faultyText);
    mkdirSync(join(root, 'empty'));
    symlinkSync(root, join(root, 'loop'));
    expect([...scanPolicies(root)].map(({ folder, name, judgement }) => [folder, name, judgement?.verdict])).toEqual([
      ['backups/{1}', displayName, 'needs-repair'],
      ['backups/{2}', displayName, 'in-order'],
      ['sysvol/contoso.com/Policies/{3}', 'TLS servers', 'needs-repair'],
    ]);
    const { exitCode, stdout } = await run(`policy scan ${root}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('needs repair (1 DHE suite, 1 fault): TLS servers');
    expect((await run(`policy backup ${root}`)).stdout).not.toContain('TLS servers');
  });

  it('--check ends with 1 where one needs repair, and with 2 where one could not be read', async () => {
    const root = folder('check');
    makeBackup(join(root, '{1}'), correctedText);
    expect((await run(`policy scan ${root} --check`)).exitCode).toBe(0);
    const sick = makeBackup(join(root, '{2}'), faultyText);
    for (const command of ['scan', 'backup']) {
      const { exitCode, stdout } = await run(`policy ${command} ${root} --check --json`);
      expect(exitCode).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'needs-repair', tally: { policies: 2, needRepair: 1 } });
    }
    writeFileSync(polOf(sick), 'no Registry.pol');
    expect((await run(`policy scan ${root} --check`)).exitCode).toBe(2);
  });

  it('writes corrected copies of the backups that need it, and leaves the rest', async () => {
    const root = folder('repair');
    const sick = makeBackup(join(root, '{1}'), faultyText);
    makeBackup(join(root, '{2}'), correctedText);
    const before = readFileSync(polOf(sick));
    const out = folder('repaired');
    const { exitCode, stdout } = await run(`policy backup ${root} --repair --out ${out}`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Import-GPO');
    expect(stdout).toContain('gpreport.xml');
    expect(readdirSync(out)).toEqual(['{1}']);
    expect(readFileSync(polOf(sick)).equals(before)).toBe(true);
    const copy = join(out, '{1}');
    expect(judgePolicyFile(readFileSync(polOf(copy)), 'x')).toMatchObject({
      verdict: 'in-order',
      order: { text: correctedText, type: 'REG_SZ' },
    });
    for (const file of ['Backup.xml', 'bkupInfo.xml', 'gpreport.xml']) {
      expect(readFileSync(join(copy, file)).equals(readFileSync(join(sick, file)))).toBe(true);
    }
    // A second time the copy is there already: said, and left as it is.
    const again = await run(`policy backup ${root} --repair --out ${out}`);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('EEXIST');
    expect(readdirSync(out)).toEqual(['{1}']);
  });

  it.each([
    ['the folder itself', ''],
    ['a folder inside', 'new/deeper'],
  ])('writes nothing into %s', async (_, inside) => {
    const root = folder('inside');
    if (!existsSync(root)) makeBackup(join(root, '{1}'), faultyText);
    expect((await run(`policy scan ${root} --repair --out ${join(root, inside)}`)).exitCode).toBe(2);
    expect(readdirSync(root)).toEqual(['{1}']);
  });

  const damages: [string, (backup: string) => void, string][] = [
    ['its map', (backup) => rmSync(join(backup, 'Backup.xml')), 'backup-map'],
    ['its Registry.pol', (backup) => rmSync(polOf(backup)), 'ENOENT'],
    [
      'the end of its Registry.pol',
      (backup) => writeFileSync(polOf(backup), readFileSync(polOf(backup)).subarray(0, -1)),
      'pol-record-end',
    ],
    [
      'rights on its names',
      (backup) => {
        rmSync(join(backup, 'bkupInfo.xml'));
        mkdirSync(join(backup, 'bkupInfo.xml'));
      },
      'EISDIR',
    ],
    ['sound XML', (backup) => writeFileSync(join(backup, 'bkupInfo.xml'), '<BackupInst><ID></BackupInst>'), 'xml'],
    ['the right XML', (backup) => writeFileSync(join(backup, 'bkupInfo.xml'), '<other/>'), 'backup-info'],
    [
      'plain XML',
      (backup) => writeFileSync(join(backup, 'Backup.xml'), '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
      'xml-without-dtd',
    ],
    [
      'a path inside of it',
      (backup) => {
        const text = readFileSync(join(backup, 'Backup.xml'), 'utf8');
        writeFileSync(
          join(backup, 'Backup.xml'),
          text.replace('DomainSysvol\\GPO\\Machine\\registry.pol', '..\\..\\registry.pol'),
        );
      },
      'backup-location',
    ],
  ];
  it.each(damages)('skips a backup without %s, goes on, and says so', async (what, damage, expected) => {
    const root = folder(`damaged ${what}`);
    damage(makeBackup(join(root, '{1}'), faultyText));
    makeBackup(join(root, '{2}'), faultyText);
    const out = folder(`out ${what}`);
    const items = [...scanPolicies(root, { out })];
    const [bad, good] = items;
    expect([(bad?.error as { expected?: string })?.expected, (bad?.error as { reason?: string })?.reason]).toContain(
      expected,
    );
    expect([good?.judgement?.verdict, good?.written]).toEqual(['needs-repair', join(out, '{2}')]);
    expect(readdirSync(out)).toEqual(['{2}']);
    const { exitCode, stderr } = await run('policy scan', { args: [root] });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('{1}');
  });

  it('says where there is nothing to look at', async () => {
    mkdirSync(folder('empty'));
    expect(await run(`policy scan ${folder('empty')}`)).toMatchObject({ exitCode: 2, stdout: '' });
    expect((await run(`policy scan ${folder('missing')}`)).exitCode).toBe(2);
    expect((await run(`policy scan ${folder('empty')} --repair`)).exitCode).toBe(2);
  });
});

describe('a preference item that sets the order too', () => {
  const field = 'test/fixtures/field/15-preference-item/Policies/{6AC1786C-016F-11D2-945F-00C04FB984F9}';
  const registryXml = ['Machine', 'Preferences', 'Registry', 'Registry.xml'];

  it.each([
    ['a SYSVOL copy', (root: string) => makeSysvolGpo(root, correctedText)],
    ['a backup', (root: string) => join(makeBackup(root, correctedText), 'DomainSysvol', 'GPO')],
  ])('is told beside the policy in order of %s, and left alone', async (name, make) => {
    const root = folder(`preference in ${name}`.replaceAll(' ', '-'));
    const gpo = make(join(root, '{1}'));
    const file = join(gpo, existsSync(join(gpo, 'MACHINE')) ? 'MACHINE' : 'Machine', ...registryXml.slice(1));
    mkdirSync(join(file, '..'), { recursive: true });
    copyFileSync(join(field, ...registryXml), file);
    const { exitCode, stdout } = await run(`policy scan ${root} --check`);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringMatching(/in order: .*\n {2}A preference item sets the order too/),
    ]);
    expect(JSON.parse((await run(`policy scan ${root} --json`)).stdout)).toMatchObject({
      policies: [{ verdict: 'in-order', preferenceItems: [{ action: 'update', isTargeted: false }] }],
      tally: { preferences: 1 },
    });
    expect((await run(`policy scan ${root} --repair --out ${folder('items-out')}`)).exitCode).toBe(8);
    expect(readFileSync(file)).toEqual(readFileSync(join(field, ...registryXml)));
  });

  it('that is disabled is told, and needs no repair', async () => {
    const root = makeSysvolGpo(folder('disabled-item'), correctedText);
    const file = join(root, 'MACHINE', ...registryXml.slice(1));
    mkdirSync(join(file, '..'), { recursive: true });
    const xml = readFileSync(join(field, ...registryXml), 'utf8');
    writeFileSync(file, xml.replace('<Registry clsid', '<Registry disabled="1" clsid'));
    const { exitCode, stdout } = await run(`policy scan ${root} --check`);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('(update; disabled; 1 DHE suite)')]);
  });
});

describe('loose files', () => {
  it('are judged, and what is no policy is passed over', async () => {
    const root = folder('loose');
    mkdirSync(join(root, 'TLS Security'), { recursive: true });
    writeFileSync(join(root, 'TLS Security', 'SRV01.pol'), writeRegistryPol([orderSetting(faultyText)]));
    copyFileSync('test/fixtures/field/6-policy-text-takes-anything/e-lgpo.txt', join(root, 'lgpo.txt'));
    for (const name of ['README.md', 'readme.txt', 'gpreport.xml', 'gpreport.html'])
      writeFileSync(join(root, name), 'x');
    const { exitCode, stdout, stderr } = await run(`policy scan ${root} --check`);
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toContain('needs repair (1 DHE suite, 1 fault): TLS Security/SRV01.pol');
    expect(stdout).toContain('needs repair (1 DHE suite, 0 faults): lgpo.txt');
    const lines = (await run(`policy scan ${root} --ndjson`)).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind, policy }) => [kind, policy?.kind])).toEqual([
      ['scanned-policy', 'file'],
      ['scanned-policy', 'file'],
      ['policy-tally', undefined],
    ]);
    writeFileSync(join(root, 'broken.pol'), 'PReg');
    expect((await run(`policy scan ${root} --check`)).exitCode).toBe(2);
  });
});
