/** `npm run build:windows`: the shipped addons, cross-built by cmake-js and mingw-w64 into `prebuilds/`. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { runtimeLicence } from './linked-libraries';
import { generateNapiImports } from './napi-imports';
import { runtimeLicenceName } from './third-party-licences';

const root = join(__dirname, '..', '..', '..');
const resolver = createRequire(__filename);

/** Builds one addon and answers where it lies. */
export function buildAddon(architecture: 'x64' | 'ia32', out: string): string {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const imports = join(out, 'napi_imports.c');
  writeFileSync(imports, generateNapiImports(8));
  const cmakeJs = join(dirname(resolver.resolve('cmake-js/package.json')), 'bin', 'cmake-js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      cmakeJs,
      'build',
      '--directory',
      join(root, 'native'),
      '--arch',
      architecture,
      '--out',
      out,
      `--CDCMAKE_TOOLCHAIN_FILE=${join(root, 'native', `mingw-${architecture}.cmake`)}`,
      `--CDNAPI_IMPORTS=${imports}`,
      `--CDNODE_ADDON_API=${resolve(resolver('node-addon-api').include_dir)}`,
      `--CDNODE_API_HEADERS=${resolver('node-api-headers').include_dir}`,
    ],
    { encoding: 'utf8', cwd: root },
  );
  if (status !== 0) throw new Error(`cmake-js ended with ${status}\n${stdout}\n${stderr}`);
  return join(out, 'Release', 'schannel_dhe.node');
}

/** One C file by mingw-w64. */
export function compileForWindows(source: string, target: string, options: readonly string[]): void {
  const { status, stderr } = spawnSync(
    'x86_64-w64-mingw32-gcc-posix',
    [
      ...['-O2', '-s', '-Wall', '-Wextra', '-Werror', '-D_WIN32_WINNT=0x0602'],
      // Neither when nor where it is built tells: ld would make the address of a library out of the path of its file.
      ...['-Wl,--no-insert-timestamp', '-Wl,--disable-auto-image-base'],
      ...['-o', target, source, ...options],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
}

/** Makes `prebuilds/`. */
export function buildPrebuilds(): void {
  for (const architecture of ['x64', 'ia32'] as const) {
    const addon = buildAddon(architecture, join(root, 'build', 'native', architecture));
    const folder = join(root, 'prebuilds', `win32-${architecture}`);
    mkdirSync(folder, { recursive: true });
    copyFileSync(addon, join(folder, 'schannel_dhe.node'));
  }
  copyFileSync(runtimeLicence(), join(root, 'prebuilds', runtimeLicenceName));
}

if (require.main === module) buildPrebuilds();
