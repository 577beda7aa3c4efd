/**
 * `npm run pack:powershell`: the module with its program and the addon, as one folder that needs nothing but Node. With
 * `-- --executable`, with the single executable instead, and then it needs no Node either.
 */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const target = join(root, 'build', 'powershell', 'SchannelDhe');

export function packPowerShell(withExecutable: boolean): string {
  rmSync(target, { recursive: true, force: true });
  cpSync(join(root, 'scripts', 'SchannelDhe'), target, { recursive: true });
  const parts = withExecutable
    ? ([
        ['build/windows/schannel-dhe.exe', 'schannel-dhe.exe'],
        ['prebuilds/win32-x64/schannel_dhe.node', 'schannel_dhe.node'],
        ['dist/third-party-licences.txt', 'third-party-licences.txt'],
      ] as const)
    : ([
        ['dist', 'dist'],
        ['prebuilds', 'prebuilds'],
      ] as const);
  for (const [source, name] of [...parts, ['LICENSE', 'LICENSE'] as const]) {
    if (!existsSync(join(root, source))) {
      throw new Error(`${source} is missing. Run: npm run build; npm run build:windows; npm run build:exe`);
    }
    cpSync(join(root, source), join(target, 'program', name), {
      recursive: true,
      filter: (path) => !path.startsWith(join(root, 'dist', 'types')),
    });
  }
  return target;
}

if (require.main === module) process.stdout.write(`${packPowerShell(process.argv.includes('--executable'))}\n`);
