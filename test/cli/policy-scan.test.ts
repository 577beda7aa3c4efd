import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgePolicyFile } from '../../lib/group-policy/policy-file';
import { type ScannedPolicy, scanPolicies } from '../../lib/group-policy/scan';
import { correctedText, faultyText, makeBackup, makeSysvolGpo, polOf, realBackup } from '../support/gpo';
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
