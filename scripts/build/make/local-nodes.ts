/** The versions of Node that this machine runs: the one that builds, and the one that makes the executable where it is installed. */
import { chmodSync, existsSync } from 'node:fs';
import { nodeExecutable } from './node-versions';

export function localNodes(): readonly string[] {
  const other = nodeExecutable('host22');
  if (process.platform !== 'linux' || !existsSync(other)) return [process.execPath];
  // npm does not unpack it as a program.
  chmodSync(other, 0o755);
  return [process.execPath, other];
}
