import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const peakLine = /VmHWM:\s+(\d+)/;

/**
 * The most memory that was resident in this process, in bytes. What `getrusage` tells begins with the memory of whoever started
 * it, but only Linux tells another.
 */
export function peakMemory(): number {
  try {
    return 1024 * Number(peakLine.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}

/** The same for a script of its own on Linux, which has `readFileSync`. */
export const peakMemoryExpression = `1024 * Number(${peakLine}.exec(readFileSync('/proc/self/status', 'utf8'))[1])`;

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
