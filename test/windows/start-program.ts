/** Starting a program of Windows under Wine. */
import { type SpawnSyncOptionsWithStringEncoding, type SpawnSyncReturns, spawnSync } from 'node:child_process';

const mostTries = 3;

/** Where addresses stay random (`scripts/build/test/wine.ts`) Wine now and then starts nothing: what never ran is started again. */
export function startProgram(
  file: string,
  args: readonly string[],
  options: Omit<SpawnSyncOptionsWithStringEncoding, 'encoding'> = {},
): SpawnSyncReturns<string> {
  for (let tries = 1; ; tries += 1) {
    const ended = spawnSync(file, args, { ...options, encoding: 'utf8' });
    const code = (ended.error as NodeJS.ErrnoException | undefined)?.code;
    if (code !== 'UNKNOWN' || tries === mostTries) return ended;
  }
}
