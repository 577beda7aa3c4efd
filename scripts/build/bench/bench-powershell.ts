/** The PowerShell part of `npm run bench`: what a call of the module costs beyond its Node process. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { powerShellCommand, restorePowerShellPackages } from '../test/powershell';
import { report } from './bench-report';

/** `exportFile` is the .reg export that both read. */
export function benchPowerShell(folder: string, exportFile: string): void {
  restorePowerShellPackages();
  const [command = '', ...first] = powerShellCommand();
  const script = join(__dirname, '..', '..', '..', 'test', 'powershell', 'compare-calls.ps1');
  const words = [...first, script, '-Folder', folder, '-Export', exportFile];
  const { stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  const { direct, module } = JSON.parse(stdout) as { readonly direct: number; readonly module: number };
  report('the program run directly', direct, 'ms');
  report('  more in Get-SchannelDheStatus, warm session', module - direct, 'ms', 150);
}
