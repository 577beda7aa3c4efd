/** The executable and its installers, as an administrator starts them. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steeringVariables } from '../../lib/cli/steering-variables';
import { startProgram } from './start-program';

export const home = join(__dirname, '..', '..', '..');
export const executable = join(home, 'schannel-dhe.exe');
export const installed = 'C:\\Program Files\\schannel-dhe';

/** What this machine has set for its own Node is no part of a test. */
export const unsteered = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => steeringVariables.every((known) => known.name !== name)),
);

export const run = (file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  startProgram(file, args, { env: { ...unsteered, ...environment }, timeout: 600_000 });

/** An installer starts services that outlive it, and would keep a pipe open; NSIS takes `_?=` without quotes alone. */
export const install = (file: string, ...args: readonly string[]) =>
  startProgram(file, args, {
    stdio: 'ignore',
    timeout: 600_000,
    windowsVerbatimArguments: true,
    // The program would refuse to be steered by either, so the installers must not hand them on.
    env: { ...process.env, NODE_OPTIONS: '--no-warnings', OPENSSL_CONF: 'nowhere' },
  }).status;

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));

export function msiexec(...args: readonly string[]) {
  const log = join(folder, 'msi.log');
  const status = install('msiexec.exe', ...args, '/qn', '/norestart', '/l*v', log);
  return { status, log: readFileSync(log, 'latin1').replaceAll('\0', '') };
}
