/** `npm test`: type check, lint, build and every test. The last line counts them all. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nativeTestTools, runNativeTests } from './test-native';
import { powerShellTestTools, readJUnitCounts, runPowerShellTests } from './test-powershell';
import { missingTools, runWindowsTests, windowsTestTools } from './test-windows';

process.chdir(join(__dirname, '..', '..'));
const report = join('build', 'test-report.json');
rmSync(report, { force: true });

function run(...commandLine: readonly string[]): boolean {
  return spawnSync(process.execPath, commandLine, { stdio: 'inherit' }).status === 0;
}

/** The script of an installed package, so that no shell and no PATH takes part. */
function script(packageName: string, path: string): string {
  return join(dirname(createRequire(__filename).resolve(`${packageName}/package.json`)), path);
}

/** The Windows binary, where this machine can build it and run it. */
const canRunWindows = missingTools(windowsTestTools).length === 0;

const steps: readonly (readonly [string, () => boolean])[] = [
  ['type check', () => run(script('typescript', 'bin/tsc'), '--noEmit')],
  ['lint', () => run(script('@biomejs/biome', 'bin/biome'), 'ci', '--error-on-warnings')],
  ['build', () => run(script('tsx', 'dist/cli.mjs'), 'scripts/build/build.ts')],
  ...(canRunWindows
    ? (['build-windows', 'build-exe'] as const).map(
        (name) => [name, () => run(script('tsx', 'dist/cli.mjs'), `scripts/build/${name}.ts`)] as const,
      )
    : []),
];

let passed = 0;
let failed = 0;
for (const [name, step] of steps) {
  const ok = step();
  process.stdout.write(`${ok ? 'passed' : 'FAILED'}: ${name}\n`);
  ok ? passed++ : failed++;
}

const isClean = run(
  script('vitest', 'vitest.mjs'),
  'run',
  '--config=test/vitest.config.mts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...(canRunWindows ? [] : ['--exclude=test/package/**']),
);
const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<
  'numPassedTests' | 'numFailedTests' | 'numTotalTests',
  number
>;
passed += counts.numPassedTests;
failed += counts.numFailedTests;
// Where it counts, a test that did not run is a failure; and so is everywhere a run that broke outside of its tests.
const notRun = counts.numTotalTests - counts.numPassedTests - counts.numFailedTests;
if (notRun > 0) process.stdout.write(`NOT RUN: ${notRun} tests; their titles say what they need\n`);
if (process.env['CI'] !== undefined) failed += notRun;
if (!isClean && failed === 0) failed = 1;

const more = [
  {
    name: 'the C++ core under sanitizers',
    tools: nativeTestTools,
    packages: 'g++ clang-14 libclang-rt-14-dev',
    runTests: runNativeTests,
  },
  {
    name: 'the Windows binary and the package',
    tools: windowsTestTools,
    packages: 'wine wine64 mingw-w64 cmake ninja-build nsis wixl msitools osslsigncode',
    runTests: runWindowsTests,
  },
  {
    name: 'the PowerShell module',
    tools: [...powerShellTestTools, ...windowsTestTools],
    packages: 'dotnet-sdk-10.0, and those of the Windows binary, which the module ships',
    runTests: () => readJUnitCounts(runPowerShellTests('linux').report),
  },
];
for (const { name, tools, packages, runTests } of more) {
  const missing = missingTools(tools);
  if (missing.length === 0) {
    const counts = runTests();
    passed += counts.passed;
    failed += counts.failed;
    continue;
  }
  process.stdout.write(`NOT RUN: the tests of ${name}. They need ${missing.join(', ')}: apt-get install ${packages}\n`);
  if (process.env['CI'] !== undefined) failed += 1;
}

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
