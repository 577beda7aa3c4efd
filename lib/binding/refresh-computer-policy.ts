/** gpupdate, by its full path and without a shell. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { asFileError } from '../files/whole-file';

/** @throws FileAccessError where it cannot be started */
export function refreshComputerPolicy(systemFolder: string): boolean {
  const program = join(systemFolder, 'gpupdate.exe');
  const { status, error } = spawnSync(program, ['/target:computer', '/force'], {
    shell: false,
    stdio: 'ignore',
    timeout: 600_000,
    windowsHide: true,
  });
  if (error !== undefined) throw asFileError(error, program, 'read');
  return status === 0;
}
