/** What is published can be built again, and what is said to be inside of it is. `npm run release:check` does so with all of it. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileForWindows } from '../../scripts/build/make/build-windows';
import { licencesName } from '../../scripts/build/make/third-party-licences';
import { makeZip, readArchive } from '../../scripts/build/release/archive';
import { checkSbom } from '../../scripts/build/release/check-sbom';
import { compareReleases } from '../../scripts/build/release/compare-releases';
import { packNpm, writeSums, zipPowerShell } from '../../scripts/build/release/release';
import { releaseContents, releaseFiles } from '../../scripts/build/release/release-files';
import { makeSbom, type Sbom } from '../../scripts/build/release/sbom';

const root = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const [first, second, damaged] = ['first', 'second', 'damaged'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const names = [releaseFiles.npm, releaseFiles.module];
const zone = process.env['TZ'];
const licences = readFileSync(join(root, 'dist', licencesName), 'utf8');

function release(target: string): void {
  mkdirSync(target);
  packNpm(target);
  zipPowerShell(join(target, releaseFiles.module), join(target, 'SchannelDhe'));
  rmSync(join(target, 'SchannelDhe'), { recursive: true });
  for (const name of names) {
    const contents = releaseContents[name];
    if (contents === undefined) throw new Error(`nothing is said of ${name}`);
    writeFileSync(join(target, `${name}.cdx.json`), makeSbom(join(target, name), { licences, ...contents }));
  }
  writeSums(target);
}

beforeAll(() => {
  release(first);
  // As somebody else has it: other rights, another time, another clock.
  const umask = process.umask(0o077);
  try {
    process.env['TZ'] = 'Asia/Kathmandu';
    const cli = join(root, 'dist', 'cli.js');
    utimesSync(cli, 1_000_000_000, 1_000_000_000);
    release(second);
  } finally {
    process.umask(umask);
    restoreZone();
  }
});
beforeEach(() => {
  rmSync(damaged, { recursive: true, force: true });
  mkdirSync(damaged);
  for (const name of names.flatMap((one) => [one, `${one}.cdx.json`]))
    copyFileSync(join(first, name), join(damaged, name));
  copyFileSync(join(first, 'SHA256SUMS'), join(damaged, 'SHA256SUMS'));
});
afterEach(restoreZone);
afterAll(() => rmSync(folder, { recursive: true }));

function restoreZone(): void {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
}

it('comes out the same, byte for byte, with other rights, another clock and another time zone', () => {
  expect(compareReleases(first, second)).toEqual([]);
});

it('has actions for the MSI that are the same, wherever they are compiled', () => {
  const compiled = ['short', 'in a longer path'].map((name) => {
    const target = join(folder, name, 'actions.dll');
    mkdirSync(join(folder, name));
    compileForWindows(join(root, 'scripts/installer/msi/actions.c'), target, ['-shared', '-lmsi', '-ladvapi32']);
    return readFileSync(target).toString('base64');
  });
  expect(compiled[0]).toBe(compiled[1]);
});

it('has sums that sha256sum takes, and refuses for a byte that changed', () => {
  const check = () => spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: damaged, encoding: 'utf8' });
  expect(check()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^(\S+: OK\n){4}$/) });
  flipByte(join(damaged, releaseFiles.npm));
  expect(check()).toMatchObject({ status: 1, stdout: expect.stringContaining(`${releaseFiles.npm}: FAILED\n`) });
});

it('has an archive that Python reads, with the time of its files in UTC and rights that let everybody read', () => {
  const script = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[one.filename, one.date_time, one.external_attr >> 16] for one in archive.infolist()]))`;
  const file = join(second, releaseFiles.module);
  const entries = JSON.parse(execFileSync('/usr/bin/python3', ['-c', script, file], { encoding: 'utf8' }));
  const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  const at = new Date(Number(seconds) * 1000);
  // A zip counts seconds in twos.
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds() & ~1];
  const time = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), ...clock];
  expect(entries.length).toBeGreaterThan(20);
  for (const entry of entries) expect(entry).toEqual([entry[0], time, 0o100644]);
  expect(entries.map(([name]: [string]) => name)).toContain(
    'SchannelDhe/program/prebuilds/win32-ia32/schannel_dhe.node',
  );
});

it('is not made of what no commit tells of', () => {
  const clone = join(folder, 'clone');
  execFileSync('git', ['clone', '--quiet', root, clone]);
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  writeFileSync(join(clone, 'more.txt'), 'more');
  const words = ['--import', 'tsx', 'scripts/build/release/release.ts'];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: clone, encoding: 'utf8' });
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('?? more.txt\n') });
  expect(stderr).toContain('git stash');
});

describe('what differs is named', () => {
  it('inside of the npm package', () => {
    const work = join(folder, 'work');
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work);
    const tar = (...words: readonly string[]) => execFileSync('tar', words, { cwd: work });
    tar('-xzf', join(first, releaseFiles.npm));
    flipByte(join(work, 'package', 'dist', 'cli.js'), 7);
    tar('-czf', join(damaged, releaseFiles.npm), 'package');
    expect(compareReleases(first, damaged)).toContain(
      `${releaseFiles.npm}: byte 7 of package/dist/cli.js inside differs`,
    );
    rmSync(join(work, 'package', 'dist', 'cli.js'));
    tar('-czf', join(damaged, releaseFiles.npm), 'package');
    expect(compareReleases(first, damaged)).toContain(
      `${releaseFiles.npm}: package/dist/cli.js inside is in the first alone`,
    );
  });

  it('inside of an archive, and in its order alone', () => {
    const file = join(damaged, releaseFiles.module);
    const entries = [...(readArchive(file) ?? [])];
    writeFileSync(file, makeZip(new Map(entries.toReversed())));
    expect(compareReleases(first, damaged)).toEqual([expect.stringContaining('all files inside are the same')]);
    writeFileSync(file, makeZip(new Map([...entries, ['SchannelDhe/more', Buffer.from('a')]])));
    expect(compareReleases(first, damaged)).toEqual([
      `${releaseFiles.module}: SchannelDhe/more inside is in the second alone`,
    ]);
  });

  it('where an archive can no longer be read, and where a file is missing', () => {
    writeFileSync(join(damaged, releaseFiles.module), 'PK');
    rmSync(join(damaged, releaseFiles.npm));
    expect(compareReleases(first, damaged)).toEqual([
      expect.stringMatching(/^SchannelDhe-.*: byte 2 differs, and it cannot be read: ./),
      `${releaseFiles.npm}: only in ${first}`,
    ]);
  });
});

describe('what is said to be inside', () => {
  const change = (name: string, edit: (sbom: Sbom & { components: unknown[] }) => void) => {
    const file = join(damaged, `${name}.cdx.json`);
    const sbom = JSON.parse(readFileSync(file, 'utf8'));
    edit(sbom);
    writeFileSync(file, JSON.stringify(sbom));
    return checkSbom(join(damaged, name));
  };
  const npm = releaseFiles.npm;

  it.each(names)('of %s is', async (name) => {
    expect(await checkSbom(join(first, name))).toEqual([]);
  });

  it('is refused where a library is left out or made up', async () => {
    const without = await change(npm, (sbom) => {
      sbom.components.splice(
        sbom.components.findIndex((one) => (one as { name: string }).name === 'zod'),
        1,
      );
    });
    expect(without).toEqual([
      expect.stringMatching(/does not name zod [\d.]+, and third-party-licences.txt does$/),
      expect.stringMatching(/does not name zod [\d.]+, which the source imports$/),
    ]);
    const purl = 'pkg:npm/left-pad@1.3.0';
    const more = await change(releaseFiles.module, (sbom) => {
      sbom.components.push({ 'bom-ref': purl, type: 'library', name: 'left-pad', version: '1.3.0', purl });
    });
    expect(more).toEqual([
      expect.stringContaining('names left-pad 1.3.0, and third-party-licences.txt does not'),
      expect.stringContaining('names left-pad 1.3.0, which nothing imports'),
    ]);
  });

  it("is refused where the compiler's libraries are left out, or Node is named that is not there", async () => {
    const faults = await change(npm, (sbom) => {
      const kept = sbom.components.filter((one) => !(one as { name: string }).name.includes('i686'));
      const node = { 'bom-ref': 'node', type: 'platform', name: 'node', version: '22.0.0' };
      sbom.components.splice(0, sbom.components.length, ...kept, node);
    });
    expect(faults.filter((fault) => fault.includes('i686'))).toHaveLength(3);
    expect(faults.at(-1)).toContain('names Node where it is not');
  });

  it('is refused by the schema of CycloneDX, and for another file', async () => {
    const faults = await change(npm, (sbom) => {
      Object.assign(sbom.components[0] as object, { type: 'thing' });
    });
    expect(faults).toEqual([expect.stringContaining('against the schema of CycloneDX 1.5')]);
    const file = join(damaged, releaseFiles.module);
    writeFileSync(file, makeZip(new Map([...(readArchive(file) ?? [])].toReversed())));
    expect(await checkSbom(file)).toEqual([`${releaseFiles.module}.cdx.json: describes another file, by its SHA-256`]);
  });
});

function flipByte(file: string, at = 5000): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}
