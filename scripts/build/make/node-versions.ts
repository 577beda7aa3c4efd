/** The node executables of the folder beside this file, installed once until its lock file changes. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../pack/packed-package';

const root = join(__dirname, '..', '..', '..');
export const buildFolder = join(root, 'build', 'windows');
const folder = join(buildFolder, 'node-versions');

export type NodeVersion = 'node20' | 'node22' | 'node24' | 'node26' | 'host22';

export function installNodeVersions(): void {
  cpSync(join(__dirname, 'node-versions'), folder, { recursive: true });
  installForWindows(folder);
}

/** `npm ci` of a folder's lock file as Windows x64 would do it. */
export function installForWindows(target: string): void {
  const mark = join(target, 'node_modules', '.installed');
  const lock = readFileSync(join(target, 'package-lock.json'), 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  npm(target, 'ci', '--os=win32', '--cpu=x64', '--force', '--ignore-scripts', '--no-audit', '--no-fund');
  writeFileSync(mark, lock);
}

export function nodeExecutable(version: NodeVersion): string {
  return nodeVersionFile(version, 'bin', version === 'host22' ? 'node' : 'node.exe');
}

export function nodeVersionFile(version: NodeVersion, ...path: readonly string[]): string {
  return join(folder, 'node_modules', version, ...path);
}
