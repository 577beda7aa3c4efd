import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('ends quietly, with its own exit code, where nobody reads on', async () => {
  const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'suites', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});
