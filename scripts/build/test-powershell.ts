/** The PowerShell tests, in pwsh or Windows PowerShell where one is installed, else in the engine of `test/powershell/host`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitTable } from '../../lib/cli/exit-code';

const root = join(__dirname, '..', '..');
const testFolder = join(root, 'test', 'powershell');

const installed = ['pwsh', 'powershell'].find((name) => spawnSync(name, ['-Version']).status === 0);

/** The command line that runs a script in a PowerShell engine. */
export function obtainPowerShell(): readonly string[] {
  if (installed !== undefined) return [installed, '-NoProfile', '-NonInteractive', '-File'];
  const output = join(root, 'build', 'powershell-host');
  const { status, stdout } = spawnSync(
    'dotnet',
    ['build', join(testFolder, 'host'), '--configuration', 'Release', '--nologo', '--verbosity', 'quiet'],
    { encoding: 'utf8', env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } },
  );
  if (status !== 0) throw new Error(`dotnet build ended with ${status}: ${stdout}`);
  return ['dotnet', join(output, 'powershell-host.dll'), '-File'];
}

function runPowerShellTests(): { readonly passed: number; readonly failed: number } {
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  const table = join(folder, 'exit-table.json');
  writeFileSync(table, JSON.stringify(exitTable));
  const packed = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'pack-powershell.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(packed.stderr);
  const counts = { passed: 0, failed: 0 };
  try {
    const [command = '', ...first] = obtainPowerShell();
    for (const file of readdirSync(testFolder).filter((name) => name.endsWith('.tests.ps1'))) {
      const more = file.startsWith('module') ? ['-ExitTable', table, '-Standalone', packed.stdout.trim()] : [];
      const words = [...first, join(testFolder, file), '-Folder', folder, ...more];
      const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8', timeout: 600_000 });
      const before = counts.passed + counts.failed;
      for (const line of stdout.split(/\r?\n/)) count(file, line, counts);
      // A file that ends early, or says nothing, has not run.
      if (status !== 0 || counts.passed + counts.failed === before) {
        counts.failed += 1;
        process.stdout.write(`FAILED: ${file} ended with ${status}\n${stderr}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  process.stdout.write(`PowerShell (${installed ?? "the host's engine"}): ${counts.passed} passed\n`);
  return counts;
}

function count(file: string, line: string, counts: { passed: number; failed: number }): void {
  if (!line.startsWith('##test ')) return;
  const { name, failure } = JSON.parse(line.slice(7)) as { readonly name: string; readonly failure: string };
  if (failure === '') counts.passed += 1;
  else {
    counts.failed += 1;
    process.stdout.write(`FAILED: ${file}: ${name}\n  ${failure}\n`);
  }
}

if (require.main === module) process.exitCode = runPowerShellTests().failed === 0 ? 0 : 1;
