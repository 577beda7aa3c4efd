/** Who reads may stop early, as `head` does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('ends quietly when nobody reads on', async () => {
  const main = join(__dirname, '..', '..', 'lib', 'cli', 'main.ts');
  const program = spawn(process.execPath, ['--import', 'tsx', main, 'suites', '--json'], { stdio: 'pipe' });
  let errors = '';
  program.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  program.stdout.destroy();
  const [exitCode] = await once(program, 'close');
  expect([exitCode, errors]).toEqual([0, '']);
});
