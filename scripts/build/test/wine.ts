/** Wine prefixes, each a Windows of its own with the stand-in for bcrypt.dll. */
import { type SpawnSyncOptions, type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { compileForWindows } from '../make/build-windows';

const source = join(__dirname, '..', '..', '..', 'test', 'windows');

export function wineEnvironmentOf(prefix: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // Not mscoree: what .NET compiled imports it.
    WINEDLLOVERRIDES: 'winemenubuilder.exe,winedbg.exe=d;mshtml=d',
    LC_ALL: 'C.UTF-8',
  };
}

/**
 * Where the kernel puts a process's heap at random it meets, once in some thousand starts, the page at 0x7ffe0000 that every
 * process of Windows has, and the start fails ("failed to map the shared user data"). Some sandboxes refuse to be without.
 */
export const wineCommand: readonly [string, ...string[]] =
  spawnSync('setarch', ['-R', 'true']).status === 0 ? ['setarch', '-R', 'wine'] : ['wine'];

/** A program of Windows, to its end. */
export function runWine(args: readonly string[], options: SpawnSyncOptions): SpawnSyncReturns<Buffer | string> {
  const [command, ...first] = wineCommand;
  return spawnSync(command, [...first, ...args], options);
}

/** One that has to succeed. Wine's daemons outlive it and would hold pipes open, so it gets none. */
export function wine(prefix: string, ...args: readonly string[]): void {
  const { status, error } = runWine(args, { env: wineEnvironmentOf(prefix), stdio: 'ignore' });
  if (status !== 0) throw new Error(`wine ${args.join(' ')} ended with ${status}: ${error?.message ?? ''}`);
}

export function wineserver(prefix: string, argument: string): void {
  spawnSync('wineserver', [argument], { env: wineEnvironmentOf(prefix), stdio: 'ignore' });
}

/** A new one each time, since what installers and tests leave in one tells on the next run; its server is left running. */
export function makePrefix(prefix: string): void {
  rmSync(prefix, { recursive: true, force: true });
  wine(prefix, 'wineboot', '-i');
  wine(prefix, 'winecfg', '-v', 'win10');
  // The server that is there ends with its last program, now and then while the next one calls it; a new one stays.
  wineserver(prefix, '-k');
  wineserver(prefix, '-w');
  wineserver(prefix, '-p');
  wine(prefix, 'cmd', '/c', 'exit');
  for (const [name, library] of [
    ['bcrypt-stand-in.c', 'bcrypt.dll'],
    ['bcryptprimitives.c', 'bcryptprimitives.dll'],
  ] as const) {
    const target = join(prefix, 'drive_c', 'windows', 'system32', library);
    compileForWindows(join(source, name), target, ['-shared', '-ladvapi32']);
  }
}

/** A path of this machine, as programs under Wine name it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}
