/**
 * The tests of the Windows binary: Wine, a stand-in bcrypt.dll, the shipped addon, the real node.exe for Windows, and
 * vitest inside of it all. One file alone: `npx tsx scripts/build/test/test-windows.ts test/windows/executable.wine.ts`.
 */
import { cpSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildFailingMsi, buildInstallers, buildNewerMsi } from '../make/build-installers';
import { compileForWindows } from '../make/build-windows';
import { buildFolder, installForWindows } from '../make/node-versions';
import { installPackedPackage } from '../pack/packed-package';
import { layOutNodeForWine, wineNode } from './node-for-wine';
import { makePrefix, runWine, wineEnvironmentOf, wineserver } from './wine';

const root = join(__dirname, '..', '..', '..');
const home = buildFolder;
const suite = join(home, 'suite');
export const prefix = join(home, 'prefix');
/** Where vitest counts what it ran under Wine. */
export const windowsReport = join(home, 'report.xml');

export const wineEnvironment = {
  ...wineEnvironmentOf(prefix),
  WINEDLLOVERRIDES: 'bcrypt,bcryptprimitives=n;winemenubuilder.exe=d;mscoree,mshtml=d',
};

/** Needs `dist`, `prebuilds` and the single executable. Answers with the exit code of the tests. */
async function runWindowsTests(files: readonly string[]): Promise<number> {
  mkdirSync(suite, { recursive: true });
  await installPackages();
  buildInstallers();
  buildFailingMsi();
  buildNewerMsi();
  makePrefix(prefix);
  compileForWindows(join(root, 'test', 'windows', 'set-key-rights.c'), join(home, 'set-key-rights.exe'), [
    '-municode',
    '-ladvapi32',
  ]);
  try {
    return runSuite(files);
  } finally {
    wineserver(prefix, '-k');
  }
}

/** What the suite imports, as Windows has it, once until a lock file changes; and the node.exe that run it. */
async function installPackages(): Promise<void> {
  for (const name of ['lib', 'test', 'dist', 'prebuilds', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    rmSync(join(suite, name), { recursive: true, force: true });
    cpSync(join(root, name), join(suite, name), { recursive: true });
  }
  installForWindows(suite);
  const packed = join(home, 'packed');
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed);
  installPackedPackage(packed);
  await layOutNodeForWine();
}

function runSuite(files: readonly string[]): number {
  const [output, errors] = [join(home, 'output.txt'), join(home, 'errors.txt')];
  const { status, signal, error } = runWine(
    [
      wineNode('node20'),
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=test/windows/vitest.config.mts',
      '--reporter=default',
      '--reporter=junit',
      '--outputFile.junit=../report.xml',
      ...files,
    ],
    // Files, since node.exe cannot write into a Unix pipe.
    {
      cwd: suite,
      // The large numbers of runs are for the system that the tests are written on; here their platform counts.
      env: { ...wineEnvironment, CI: undefined },
      stdio: ['ignore', openSync(output, 'w'), openSync(errors, 'w')],
      timeout: 1_800_000,
    },
  );
  process.stdout.write(readFileSync(output, 'utf8'));
  process.stderr.write(readFileSync(errors, 'utf8'));
  if (status === null) throw new Error(`the tests under Wine were ended: ${error?.message ?? signal}`);
  return status;
}

async function main(files: readonly string[]): Promise<void> {
  process.exitCode = await runWindowsTests(files);
}

if (require.main === module) void main(process.argv.slice(2));
