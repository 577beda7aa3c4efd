/**
 * The tests of the PowerShell module, by Pester in real PowerShell. One file alone:
 * `npx tsx scripts/build/test/test-powershell.ts linux|wine|desktop test/powershell/Door.Tests.ps1`
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { exitTable } from '../../../lib/cli/exit-code';
import { clean, dirty, samples } from '../../../test/inputs/samples';
import { packPowerShell } from '../pack/pack-powershell';
import { layOutNodeForWine, wineNode } from './node-for-wine';
import {
  layOutWindowsPowerShell,
  powerShellCommand,
  powerShellFolder,
  powerShellPackage,
  restorePowerShellPackages,
} from './powershell';
import { makePrefix, windowsPath, wine, wineCommand, wineEnvironmentOf, wineserver } from './wine';

const root = join(__dirname, '..', '..', '..');
const testFolder = join(root, 'test', 'powershell');

/** Those that change a machine's registry run under Wine alone. */
function testFiles(engine: PowerShellEngine): readonly string[] {
  return readdirSync(testFolder)
    .filter((name) => name.endsWith('.Tests.ps1') && (engine === 'wine' || !name.endsWith('.Wine.Tests.ps1')))
    .map((name) => join(testFolder, name));
}

/** PowerShell of this system; PowerShell for Windows under Wine; Windows PowerShell 5.1, on a Windows. */
const engines = ['linux', 'wine', 'desktop'] as const;
export type PowerShellEngine = (typeof engines)[number];

/** Where Pester counts what it ran. */
export const powerShellReport = (engine: PowerShellEngine) => join(powerShellFolder, `report-${engine}.xml`);

/** Answers with the exit code of the tests. Needs `dist` and `prebuilds`. */
async function runPowerShellTests(engine: PowerShellEngine, files: readonly string[]): Promise<number | null> {
  restorePowerShellPackages();
  packPowerShell(false);
  mkdirSync(powerShellFolder, { recursive: true });
  writeFileSync(join(powerShellFolder, 'exit-table.json'), JSON.stringify(exitTable));
  writeSamples(join(powerShellFolder, 'samples'));
  const report = powerShellReport(engine);
  rmSync(report, { force: true });
  const pester = join(powerShellPackage('Pester'), 'tools', 'Pester.psd1');
  const run = { linux: runOnLinux, wine: runUnderWine, desktop: runInWindowsPowerShell }[engine];
  return run(join(testFolder, 'run.ps1'), ['-Pester', pester, '-Report', report, ...files]);
}

/** Every form in which people hold a list, as a file each, with what the functions have to make of it. */
function writeSamples(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const table = samples.map(({ name, layer, write }, index) => {
    writeFileSync(join(folder, `${index}.dirty`), write(dirty));
    writeFileSync(join(folder, `${index}.clean`), write(clean));
    // A text on the clipboard or in a variable holds no zero bytes.
    const isText = !Buffer.from(write(clean)).includes(0);
    return { name, layer, isText, number: index };
  });
  writeFileSync(join(folder, 'table.json'), JSON.stringify({ clean, dirty, samples: table }));
}

type Run = (script: string, words: readonly string[]) => number | null | Promise<number | null>;

const runOnLinux: Run = (script, words) => {
  const [command = '', ...first] = powerShellCommand();
  return spawnSync(command, [...first, script, ...words], { stdio: ['ignore', 'inherit', 'inherit'] }).status;
};

const runInWindowsPowerShell: Run = (script, words) => {
  const program = join(process.env['SystemRoot'] ?? '', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const first = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File'];
  return spawnSync(program, [...first, script, ...words], { stdio: ['ignore', 'inherit', 'inherit'] }).status;
};

/** The real node.exe with the stand-in for bcrypt.dll, found where its installer registers it. */
const runUnderWine: Run = async (script, words) => {
  const { program, dotnetRoot } = layOutWindowsPowerShell();
  await layOutNodeForWine();
  const nodeFolder = dirname(wineNode('node22'));
  const prefix = join(powerShellFolder, 'prefix');
  makePrefix(prefix);
  try {
    for (const [key, name, data] of [
      ['HKCU\\Software\\Wine\\AppDefaults\\node.exe\\DllOverrides', 'bcrypt', 'native'],
      ['HKCU\\Software\\Wine\\AppDefaults\\schannel-dhe.exe\\DllOverrides', 'bcrypt', 'native'],
      ['HKCU\\Software\\Wine\\AppDefaults\\pwsh.exe\\DllOverrides', 'bcrypt', 'builtin'],
      ['HKLM\\SOFTWARE\\Node.js', 'InstallPath', windowsPath(nodeFolder)],
    ] as const) {
      wine(prefix, 'reg', 'add', key, '/v', name, '/d', data, '/f');
    }
    const [output, errors] = [join(powerShellFolder, 'output.txt'), join(powerShellFolder, 'errors.txt')];
    const paths = words.map((word) => (word.startsWith('/') ? windowsPath(word) : word));
    const first = [program, '-NoProfile', '-NonInteractive', '-File', windowsPath(script)];
    const commandLine = [...wineCommand, ...first, ...paths].map(quote).join(' ');
    // PowerShell wants a console, which script(1) brings; node.exe and pwsh.exe cannot write into a Unix pipe.
    const { status } = spawnSync(
      'script',
      ['--quiet', '--return', '--command', `${commandLine} >${quote(output)} 2>${quote(errors)}`, '/dev/null'],
      {
        env: {
          ...wineEnvironmentOf(prefix),
          SHELL: '/bin/sh',
          DOTNET_ROOT: windowsPath(dotnetRoot),
          // Under Wine 8 the run time crashes with it.
          DOTNET_EnableWriteXorExecute: '0',
          // A start takes a fifth less without.
          DOTNET_TieredPGO: '0',
          WINEPATH: windowsPath(nodeFolder),
        },
        stdio: 'ignore',
        timeout: 1_800_000,
      },
    );
    process.stdout.write(readFileSync(output, 'utf8'));
    process.stderr.write(readFileSync(errors, 'utf8'));
    return status;
  } finally {
    wineserver(prefix, '-k');
  }
};

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

async function main([name, ...files]: readonly string[]): Promise<void> {
  const engine = engines.find((one) => one === name);
  if (engine === undefined) throw new Error(`expected: test-powershell.ts ${engines.join('|')} [<test file> ...]`);
  const wanted = files.length === 0 ? testFiles(engine) : files.map((file) => resolve(file));
  process.exitCode = (await runPowerShellTests(engine, wanted)) ?? 1;
}

if (require.main === module) void main(process.argv.slice(2));
