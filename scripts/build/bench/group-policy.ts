/** Group Policy files: reading a Registry.pol against Samba's parser, and a scan of many GPOs against one of few. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRegistryPol } from '../../../lib/registry-files/registry-pol';
import { realBackup } from '../../../test/support/gpo';
import { fixtures } from '../../../test/support/registry-pol';
import { sambaPython } from '../../../test/support/samba';

const root = join(__dirname, '..', '..', '..');

/** Prints its ratios, one a line; the exit code is 1 where one is broken. */
export async function benchGroupPolicy(): Promise<void> {
  compareWithSamba();
  compareScans();
}

function compareWithSamba(): void {
  if (sambaPython === undefined) {
    report('Registry.pol against Samba', 'not measured: apt-get install python3-samba', false);
    return;
  }
  const file = join(fixtures, 'registry-pol', 'certificates-machine.pol');
  const bytes = readFileSync(file);
  const read = () =>
    readRegistryPol(bytes, file).map(({ key, valueName, type, data }) => [key, valueName, type, data.length, data]);
  for (let round = 0; round < 3_000; round += 1) read();
  const start = process.hrtime.bigint();
  for (let round = 0; round < 1_000; round += 1) read();
  const ours = Number(process.hrtime.bigint() - start) / 1e6;
  const script = join(root, 'test', 'registry-files', 'samba-preg.py');
  const samba = Number(execFileSync(sambaPython, [script, 'time', file, '200'], { encoding: 'utf8' }));
  const ratio = samba / ours;
  report(
    'Registry.pol of 66 KB, every field, Samba against ours',
    `${ratio.toFixed(2)} × the time (at least 20)`,
    ratio >= 20,
  );
}

/** In processes of their own: time, and how far memory rises. */
function compareScans(): void {
  const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-bench-'));
  try {
    for (const count of [1_000, 10_000]) {
      mkdirSync(join(folder, String(count)));
      for (let index = 0; index < count; index += 1) {
        cpSync(realBackup, join(folder, String(count), `{${index}}`), {
          recursive: true,
          filter: (source) => !source.endsWith('gpreport.xml'),
        });
      }
    }
    const [few, many] = [scan(join(folder, '1000')), scan(join(folder, '10000'))];
    const time = many.time / few.time;
    report('policy scan, 10,000 GPOs against 1,000', `${time.toFixed(2)} × the time (at most 11)`, time <= 11);
    const memory = many.memory / few.memory;
    report('policy scan, 10,000 GPOs against 1,000', `${memory.toFixed(2)} × the memory (at most 1.5)`, memory <= 1.5);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scan(folder: string): { readonly time: number; readonly memory: number } {
  const script = `
    const { scanPolicies } = require(${JSON.stringify(join(root, 'dist', 'index.js'))});
    const start = process.hrtime.bigint();
    let count = 0;
    for (const item of scanPolicies(${JSON.stringify(folder)})) if (item.judgement) count += 1;
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ count, time, memory: process.resourceUsage().maxRSS }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function report(name: string, figure: string, holds: boolean): void {
  process.stdout.write(`${name.padEnd(58)} ${figure}: ${holds ? 'holds' : 'BROKEN'}\n`);
  if (!holds) process.exitCode = 1;
}
