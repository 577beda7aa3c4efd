/** `npm run bench [-- part]`: what costs time and memory, as ratios of two things measured side by side in one run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportOfManySuites } from '../make/byte-code';
import { canRun, describeMissing } from '../test/test-needs';
import { benchEvidence } from './bench-evidence';
import { benchFleet } from './bench-fleet';
import { benchGroupPolicy } from './bench-group-policy';
import { benchInputs } from './bench-inputs';
import { measure } from './bench-measure';
import { benchPowerShell } from './bench-powershell';
import { benchProbe } from './bench-probe';
import { benchProbeLoad } from './bench-probe-load';
import { median, report } from './bench-report';
import { benchStart } from './bench-start';
import { benchWindows } from './bench-windows';

const root = join(__dirname, '..', '..', '..');
const megabyte = 1_000_000;

function runScript(name: string): void {
  const words = ['--import', 'tsx', `scripts/build/${name}.ts`];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
}

/** One part that fails does not keep the others from being measured. */
async function measurePart(name: string, part: () => unknown): Promise<void> {
  try {
    await part();
  } catch (error) {
    process.stdout.write(`FAILED: ${name}: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}

function compareSizes(work: string, title: string): void {
  const runs = Array.from({ length: 3 }, () => [measure(work, megabyte), measure(work, 10 * megabyte)] as const);
  const ratio = median(runs.map(([one, ten]) => ten.time / one.time));
  const memory = median(runs.map(([, ten]) => ten.memory / (10 * megabyte)));
  report(`${title}, 10 MB against 1 MB`, ratio, '× the time', 12);
  report(`${title}, memory at 10 MB`, memory, '× the input', 10);
}

/** In this order; each part can be run alone. */
const parts: Record<string, (folder: string, exported: string) => unknown> = {
  start: benchStart,
  repair: () => compareSizes('repair', 'policy text repair'),
  faulty: () => compareSizes('faulty', 'policy text repair, every name faulty'),
  reg: () => compareSizes('reg', '.reg reading'),
  inputs: benchInputs,
  'group-policy': benchGroupPolicy,
  evidence: benchEvidence,
  fleet: benchFleet,
  probe: benchProbe,
  powershell: (folder, exported) =>
    canRun('PowerShell on Linux')
      ? benchPowerShell(folder, exported)
      : process.stdout.write(describeMissing('PowerShell on Linux')),
  windows() {
    if (!canRun('the Windows binaries under Wine')) {
      process.stdout.write(describeMissing('the Windows binaries under Wine'));
      return;
    }
    for (const name of ['make/build-windows', 'make/build-exe']) runScript(name);
    benchWindows();
  },
};

async function main(): Promise<void> {
  const [part, probes] = process.argv.slice(2);
  // Half an hour, and so apart.
  if (part === 'probe-load') return benchProbeLoad(Number(probes ?? 2_000));
  const chosen = Object.entries(parts).filter(([name]) => part === undefined || name === part);
  if (chosen.length === 0) {
    process.stderr.write(`expected probe-load or ${Object.keys(parts).join(', ')}, found ${part}\n`);
    process.exitCode = 2;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-bench-'));
  const exported = join(folder, 'server42.reg');
  writeFileSync(exported, exportOfManySuites());
  try {
    await measurePart('build', () => runScript('make/build'));
    for (const [name, run] of chosen) await measurePart(name, () => run(folder, exported));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
