/** `npm start`: the main job on the simulated Server 2016 of Microsoft's support article, step by step. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const machine = ['--simulate', 'win10-1607-ws2016', '--state', join(folder, 'machine.json')];
const cli = join(__dirname, '..', '..', '..', 'lib', 'cli', 'main.ts');

for (const command of [
  ['status'],
  ['disable', '--dry-run'],
  ['disable', '--yes'],
  ['status'],
  ['restore', '--yes'],
  ['status'],
]) {
  process.stdout.write(`\n> schannel-dhe ${command.join(' ')}\n\n`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, cli, ...command, ...machine], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
rmSync(folder, { recursive: true });
