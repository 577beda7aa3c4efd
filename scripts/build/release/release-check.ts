/**
 * `npm run release:check [-- --url <address>]`: builds what was committed twice, in places and ways that have nothing in common,
 * and proves that both are the same, byte for byte, that `build/release` is the same where it is there, and that what lies
 * beside the files is true. `npm run release:check -- <folder> <folder>` compares two that were built elsewhere.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesOf } from '../make/source-date';
import { readArchive } from './archive';
import { checkSboms } from './check-sbom';
import { compareReleases } from './compare-releases';
import { releaseFolder } from './release';
import { requireCommit, requireNeeds, root, runCommand } from './release-environment';
import { releaseFiles, sumsName } from './release-files';

/** A blank and Japanese in the path, another umask, time zone and language; and another time, since one is built after the other. */
const ways = [
  { folder: 'one', umask: 0o022, environment: { TZ: 'UTC', LC_ALL: 'C.UTF-8' } },
  {
    folder: join('the other, in a longer path', '\u5225\u306e\u5834\u6240'),
    umask: 0o077,
    environment: { TZ: 'Asia/Kathmandu', LC_ALL: 'ja_JP.UTF-8', CFLAGS: '-O3' },
  },
] as const;

let failed = 0;

function tell(what: string, faults: readonly string[]): void {
  failed += faults.length === 0 ? 0 : 1;
  process.stdout.write(`${faults.length === 0 ? 'proved' : 'FAILED'}: ${what}\n`);
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
}

/** Answers with the folder of the release. */
function buildClone(commit: string, place: string, way: (typeof ways)[number], options: readonly string[]): string {
  const clone = join(place, way.folder);
  mkdirSync(dirname(clone), { recursive: true });
  const log = join(place, 'log.txt');
  const output = openSync(log, 'a');
  const before = process.umask(way.umask);
  const run = (command: string, ...words: readonly string[]) => {
    const cwd = existsSync(clone) ? clone : place;
    const env = { ...process.env, ...way.environment, SOURCE_DATE_EPOCH: undefined };
    const { status, error } = spawnSync(command, words, { cwd, env, stdio: ['ignore', output, output] });
    if (status !== 0) {
      const end = readFileSync(log, 'utf8').trim().split('\n').slice(-20).join('\n');
      throw new Error(`${command} ${words[0]} in ${clone} ended with ${status}: ${error?.message ?? ''}\n${end}`);
    }
  };
  try {
    process.stdout.write(`Building ${commit} in ${clone}\n`);
    run('git', 'clone', '--quiet', '--no-hardlinks', '--no-checkout', root, clone);
    run('git', 'checkout', '--quiet', '--detach', commit);
    run('npm', 'ci', '--no-audit', '--no-fund');
    run('npm', 'run', 'release', '--', ...options);
  } finally {
    process.umask(before);
    closeSync(output);
  }
  return join(clone, 'build', 'release');
}

function compare(first: string, second: string): void {
  tell(`${second} is the same as ${first}, byte for byte`, compareReleases(first, second));
}

function checkSums(folder: string): void {
  for (const [command, ...words] of [
    ['sha256sum', '--check', '--strict'],
    ['shasum', '--algorithm', '256', '--check', '--strict'],
  ] as const) {
    const { status, stdout, stderr, error } = spawnSync(command, [...words, sumsName], {
      cwd: folder,
      encoding: 'utf8',
    });
    // The latter is of Perl and of macOS.
    if (error !== undefined && command === 'shasum') continue;
    const lines = `${stdout}${stderr}`.trim().split('\n');
    tell(`${command} takes ${sumsName}`, status === 0 ? [] : lines.filter((line) => !line.endsWith(': OK')));
  }
  const summed = readFileSync(join(folder, sumsName), 'utf8').matchAll(/^[0-9a-f]{64} {2}(.+)$/gm);
  const names = new Set([...summed].map(([, name]) => name));
  const published = Object.values(releaseFiles).flatMap((name) => [name, `${name}.cdx.json`]);
  const wanted = [...new Set([...published, ...filesOf(folder)])].filter((name) => name !== sumsName);
  tell(
    `${sumsName} names every file`,
    wanted.filter((name) => !names.has(name)),
  );
}

async function checkNpmPackage(folder: string, place: string): Promise<void> {
  const tarball = join(folder, releaseFiles.npm);
  const pkgDir = join(place, 'package');
  for (const [name, content] of readArchive(tarball) ?? []) {
    const file = join(place, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const { publint } = await import('publint');
  const { messages } = await publint({ pkgDir, strict: true, pack: false });
  tell(
    'publint finds no fault with the npm package',
    messages.map((message) => JSON.stringify(message)),
  );
  const attw = join(
    dirname(createRequire(__filename).resolve('@arethetypeswrong/cli/package.json')),
    'dist',
    'index.js',
  );
  const { status, stdout } = spawnSync(process.execPath, [attw, tarball, '--profile', 'node16'], { encoding: 'utf8' });
  tell('attw finds no fault with its types', status === 0 ? [] : [stdout]);
}

async function checkRelease(folder: string, place: string): Promise<void> {
  checkSums(folder);
  tell(
    'what is inside is what *.cdx.json say, by the schema, the licences, the imports and the binaries',
    await checkSboms(folder),
  );
  await checkNpmPackage(folder, place);
}

async function check(folders: readonly string[], options: readonly string[]): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'schannel-dhe-release-'));
  try {
    let [first, ...others] = folders.map((folder) => resolve(folder));
    if (first === undefined) {
      const commit = requireCommit();
      requireNeeds();
      [first = '', ...others] = ways.map((way) => buildClone(commit, place, way, options));
      if (existsSync(releaseFolder)) others.push(releaseFolder);
    }
    for (const other of others) compare(first, other);
    await checkRelease(first, place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

if (require.main === module) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { url: { type: 'string' } } });
  const options = values.url === undefined ? [] : ['--url', values.url];
  void runCommand(async () => {
    await check(positionals, options);
    process.stdout.write(
      failed === 0 ? 'The release can be built again, and is what it says.\n' : `${failed} failed\n`,
    );
    if (failed > 0) process.exitCode = 1;
  });
}
