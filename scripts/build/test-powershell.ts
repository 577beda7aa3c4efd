/**
 * The tests of the PowerShell module, by Pester in real PowerShell. One file alone:
 * `npx tsx scripts/build/test-powershell.ts linux test/powershell/Door.Tests.ps1`
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { exitTable } from '../../lib/cli/exit-code';
import { packPowerShell } from './pack-powershell';
import { powerShellCommand, powerShellFolder, powerShellPackage, restorePowerShellPackages } from './powershell';
import type { TestCounts } from './test-windows';

const root = join(__dirname, '..', '..');
const testFolder = join(root, 'test', 'powershell');
const allFiles = readdirSync(testFolder)
  .filter((name) => name.endsWith('.Tests.ps1'))
  .map((name) => join(testFolder, name));

export const powerShellTestTools = ['dotnet'];

export type PowerShellEngine = 'linux';

/** Answers with the path of a JUnit report. Needs `dist` and `prebuilds`. */
export function runPowerShellTests(engine: PowerShellEngine, files = allFiles): { readonly report: string } {
  restorePowerShellPackages();
  packPowerShell(false);
  mkdirSync(powerShellFolder, { recursive: true });
  writeFileSync(join(powerShellFolder, 'exit-table.json'), JSON.stringify(exitTable));
  const report = join(powerShellFolder, `report-${engine}.xml`);
  rmSync(report, { force: true });
  const pester = join(powerShellPackage('Pester'), 'tools', 'Pester.psd1');
  const [command = '', ...first] = powerShellCommand();
  const words = [...first, join(testFolder, 'run.ps1'), '-Pester', pester, '-Report', report, ...files];
  const { status } = spawnSync(command, words, { stdio: ['ignore', 'inherit', 'inherit'] });
  // A file that cannot be read is in no report.
  const counts = readJUnitCounts(report);
  if (status !== 0 && counts.failed === 0)
    throw new Error(`Pester ended with ${status}, and its report tells of no failure`);
  return { report };
}

/** What the report itself says. */
export function readJUnitCounts(report: string): TestCounts & { readonly notRun: number } {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: true });
  const { testsuites } = parser.parse(readFileSync(report, 'utf8')) as {
    readonly testsuites: Record<'tests' | 'failures' | 'errors' | 'disabled', number>;
  };
  const failed = testsuites.failures + testsuites.errors;
  return { failed, notRun: testsuites.disabled, passed: testsuites.tests - failed - testsuites.disabled };
}

if (require.main === module) {
  const [engine, ...files] = process.argv.slice(2);
  if (engine !== 'linux') throw new Error('expected: test-powershell.ts linux [<test file> ...]');
  const { failed } = readJUnitCounts(runPowerShellTests(engine, files.length === 0 ? allFiles : files).report);
  process.exitCode = failed === 0 ? 0 : 1;
}
