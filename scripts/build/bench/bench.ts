/** `npm run bench`: what costs time and memory, as ratios of two things measured side by side in one run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRegFile } from '../../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../../lib/registry-files/registry-value';
import { windowsDefaults } from '../../../lib/windows/versions';
import { canRun, describeMissing } from '../test/test-needs';
import { benchEvidence } from './bench-evidence';
import { benchGroupPolicy } from './bench-group-policy';
import { benchPowerShell } from './bench-powershell';
import { benchProbe } from './bench-probe';
import { benchProbeLoad } from './bench-probe-load';
import { median, report } from './bench-report';
import { benchWindows } from './bench-windows';

const root = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-bench-'));
const megabyte = 1_000_000;

function milliseconds(commandLine: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, commandLine, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const elapsed = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${commandLine.join(' ')} ended with ${status}: ${stderr}`);
  return elapsed;
}

/** Whole processes, taken in turns so that a busy machine slows both. */
function compareStartUp(): void {
  const names = [
    ...new Set([
      ...windowsDefaults['win10-1607-ws2016'].enabledByDefault,
      ...windowsDefaults['win8.1-2012r2'].enabledByDefault,
    ]),
  ].slice(0, 40);
  const file = join(folder, 'server42.reg');
  const key =
    'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
  writeFileSync(
    file,
    writeRegFile([
      { kind: 'key', key },
      { kind: 'value', name: 'Functions', value: encodeMultiString(names) },
    ]),
  );
  const bare: number[] = [];
  const status: number[] = [];
  for (let round = 0; round < 31; round += 1) {
    bare.push(milliseconds(['-e', '0']));
    status.push(milliseconds(['dist/cli.js', 'status', '--from', file]));
  }
  report('node -e 0', median(bare), 'ms');
  report(`status --from, export of ${names.length} suites`, median(status), 'ms');
  report('  ratio', median(status) / median(bare), '×', 1.5);
}

/** Time and peak memory of one piece of work on one input, in a process of its own. */
function measure(work: string, size: number): { readonly time: number; readonly memory: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'bench-worker.ts'), work, String(size)],
    { cwd: root, encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function compareSizes(work: string, title: string): void {
  const runs = Array.from({ length: 3 }, () => [measure(work, megabyte), measure(work, 10 * megabyte)] as const);
  const ratio = median(runs.map(([one, ten]) => ten.time / one.time));
  const memory = median(runs.map(([, ten]) => ten.memory / (10 * megabyte)));
  report(`${title}, 10 MB against 1 MB`, ratio, '× the time', 12);
  report(`${title}, memory at 10 MB`, memory, '× the input', 10);
}

async function main(): Promise<void> {
  const [part, probes] = process.argv.slice(2);
  // Half an hour, and so apart.
  if (part === 'probe-load') return benchProbeLoad(Number(probes ?? 2_000));
  milliseconds(['--import', 'tsx', 'scripts/build/make/build.ts']);
  compareStartUp();
  compareSizes('repair', 'policy text repair');
  compareSizes('faulty', 'policy text repair, every name faulty');
  compareSizes('reg', '.reg reading');
  benchGroupPolicy();
  benchEvidence(folder);
  await benchProbe();
  if (canRun('PowerShell on Linux')) benchPowerShell(folder, join(folder, 'server42.reg'));
  else process.stdout.write(describeMissing('PowerShell on Linux'));
  rmSync(folder, { recursive: true });
  if (canRun('the Windows binaries under Wine')) {
    for (const name of ['build-windows', 'build-exe']) milliseconds(['--import', 'tsx', `scripts/build/${name}.ts`]);
    benchWindows();
  } else process.stdout.write(describeMissing('the Windows binaries under Wine'));
}

void main();
