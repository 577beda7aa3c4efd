/**
 * `npm run pack:powershell`: `build/powershell/SchannelDhe`, the module with its program and the addon, as one folder that
 * needs nothing but Node. With `-- --executable`, with the single executable instead, and then it needs no Node either.
 * With `-- --nupkg` a package of it too, which Publish-PSResource and a feed take. With `-- --sign <pfx>` and the options of
 * `npm run sign`, what is packed is signed first.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { programLicences } from '../make/third-party-licences';
import { powerShellCommand, powerShellFolder, restorePowerShellPackages } from '../test/powershell';
import { npm } from './packed-package';
import { joinModule, publishManifest } from './powershell-module';
import { sign, signedParts, signOptions } from './sign';

const root = join(__dirname, '..', '..', '..');
const source = join(root, 'scripts', 'SchannelDhe');

/** The module without its program, in place of what lies in the folder. */
export function layOutModule(target: string): void {
  rmSync(target, { recursive: true, force: true });
  cpSync(source, target, { recursive: true, filter: (path) => !/[/\\](Private|Public|README[.\w]*)$/.test(path) });
  writeFileSync(join(target, 'SchannelDhe.psm1'), joinModule(source));
  const read = (name: string): string => readFileSync(join(root, name), 'utf8');
  const manifest = publishManifest(
    readFileSync(join(source, 'SchannelDhe.psd1'), 'utf8'),
    JSON.parse(read('package.json')),
    read('CHANGELOG.md'),
  );
  writeFileSync(join(target, 'SchannelDhe.psd1'), manifest);
}

/** Answers with the folder. Needs `dist` and `prebuilds`, or `dist` and the executable. */
export function packPowerShell(withExecutable: boolean, target = join(powerShellFolder, 'SchannelDhe')): string {
  layOutModule(target);
  const parts = withExecutable
    ? {
        'schannel-dhe.exe': 'build/windows/schannel-dhe.exe',
        'schannel_dhe.node': 'prebuilds/win32-x64/schannel_dhe.node',
        ...programLicences,
      }
    : { dist: 'dist', prebuilds: 'prebuilds', LICENSE: 'LICENSE' };
  for (const [at, name] of Object.entries(parts)) {
    cpSync(resolve(root, name), join(target, 'program', at), {
      recursive: true,
      filter: (path) => !path.startsWith(join(root, 'dist', 'types')),
    });
  }
  return target;
}

/** PSResourceGet, which is part of PowerShell, makes the package that it takes itself. */
function compress(module: string): string {
  restorePowerShellPackages();
  const [command = '', ...first] = powerShellCommand();
  const words = [...first, join(__dirname, 'compress-module.ps1'), module, powerShellFolder];
  const { status, stdout } = spawnSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`Compress-PSResource ended with ${status}`);
  return stdout.trim();
}

if (require.main === module) {
  const { values } = parseArgs({
    options: { executable: { type: 'boolean' }, nupkg: { type: 'boolean' }, sign: { type: 'string' }, ...signOptions },
  });
  for (const name of ['build', 'build:windows', ...(values.executable ? ['build:exe'] : [])]) npm(root, 'run', name);
  const folder = packPowerShell(values.executable === true);
  if (values.sign !== undefined) for (const part of signedParts(folder)) sign(part, part, values.sign, values);
  process.stdout.write(`${folder}\n`);
  if (values.nupkg) process.stdout.write(`${compress(folder)}\n`);
}
