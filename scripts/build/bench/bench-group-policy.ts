/** Group Policy files: reading a Registry.pol against Samba's parser, and a scan of many GPOs against one of few. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realBackup } from '../../../test/support/gpo';
import { fixtures } from '../../../test/support/registry-pol';
import { sambaPython } from '../test/test-needs';
import { peakMemoryExpression } from './bench-measure';
import { median, report } from './bench-report';

const root = join(__dirname, '..', '..', '..');

export function benchGroupPolicy(): void {
  compareWithSamba();
  compareScans();
}

function compareWithSamba(): void {
  const python = sambaPython();
  if (python === undefined) {
    process.stdout.write('NOT RUN: Registry.pol against Samba needs python3-samba\n');
    return;
  }
  const file = join(fixtures, 'registry-pol', 'certificates-machine.pol');
  const script = join(root, 'test', 'registry-files', 'samba-preg.py');
  const shares = Array.from({ length: 15 }, () => {
    const [ours, theirs] = [
      [process.execPath, '-e', readMany(file)] as const,
      [python, script, 'time', file, '200'] as const,
    ].map(([command, ...words]) => Number(execFileSync(command, words, { encoding: 'utf8' })));
    return (ours as number) / (theirs as number);
  });
  report('Registry.pol of 66 KB, ours against Samba', 100 * median(shares), '% of the time', 4);
}

/**
 * Both sides hand out the key, value name, type, size and data of every record, with the file in memory already, in a process
 * of their own and for about as long: data is a view of the file here, in Samba the union that its generated parser makes.
 * Prints microseconds.
 */
function readMany(file: string): string {
  return `
    const { readRegistryPol } = require(${JSON.stringify(join(root, 'dist', 'index.js'))});
    const bytes = require('fs').readFileSync(${JSON.stringify(file)});
    const read = (rounds) => {
      for (let round = 0; round < rounds; round += 1) {
        const all = [];
        for (const { key, valueName, type, data } of readRegistryPol(bytes, 'x')) {
          all.push([key, valueName, type, data.length, data]);
        }
      }
    };
    read(5_000);
    const start = process.hrtime.bigint();
    read(5_000);
    console.log(Number(process.hrtime.bigint() - start) / 5e6);`;
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
    report('policy scan, 10,000 GPOs against 1,000', many.time / few.time, '× the time', 11);
    report('policy scan, 10,000 GPOs against 1,000', many.memory / few.memory, '× the memory', 1.5);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function scan(folder: string): { readonly time: number; readonly memory: number } {
  const script = `
    const { readFileSync } = require('node:fs');
    const { scanPolicies } = require(${JSON.stringify(join(root, 'dist', 'index.js'))});
    const start = process.hrtime.bigint();
    let count = 0;
    for (const item of scanPolicies(${JSON.stringify(folder)})) if (item.judgement) count += 1;
    const time = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ count, time, memory: ${peakMemoryExpression} }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
