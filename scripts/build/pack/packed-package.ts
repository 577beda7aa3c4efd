/** The package as `npm pack` makes it, installed into a folder as a user installs it, with scripts off. */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** Answers where the tarball lies. `dist` and `prebuilds` are taken as they are. */
export function installPackedPackage(folder: string): string {
  npm(root, 'pack', '--ignore-scripts', '--pack-destination', folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm pack wrote no tarball into ${folder}`);
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }\n');
  npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, tarball));
  return join(folder, tarball);
}

/** npm itself, by the script that runs this where there is one, so that no shell takes part. Answers with what it prints. */
export function npm(folder: string, ...args: readonly string[]): string {
  const own = process.env['npm_execpath'];
  const [command, ...first] = own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
  const { status, stdout, stderr, error } = spawnSync(command ?? '', [...first, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`npm ${args[0]} ended with ${status}: ${error?.message ?? stderr}`);
  return stdout;
}
