import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Time and peak memory of one piece of work on one input, in a process of its own. */
export function measure(
  work: string,
  size: number,
  ...more: readonly string[]
): { readonly time: number; readonly memory: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'bench-worker.ts'), work, String(size), ...more],
    { cwd: join(__dirname, '..', '..', '..'), encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
