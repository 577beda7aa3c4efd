/** Finds the addon. It never falls through to the simulation, and looks nowhere but in this package. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { getAsset, isSea } from 'node:sea';
import { AddonMismatchError, NativeBindingNotLoadedError, UnsupportedPlatformError } from '../errors';
import { readWholeFile } from '../files/whole-file';
import { createNativeBinding, type NativeAddon, swapFilesBy } from './native-binding';
import type { SchannelBinding } from './schannel-binding';

/** The package's folder, seen from the bundles in `dist` and from the sources. */
const packageFolder = basename(__dirname) === 'dist' ? join(__dirname, '..') : join(__dirname, '..', '..');

/**
 * The addon beside the single executable, or else in this package: the one that ships, or the one that `node-gyp` built in a
 * checkout.
 *
 * @throws UnsupportedPlatformError off Windows; NativeBindingNotLoadedError where no addon can be loaded;
 * AddonMismatchError where the file beside the single executable is not the one that it was built with
 */
export function loadNativeBinding(): SchannelBinding {
  return createNativeBinding(loadAddon());
}

/** Gives a file's name to another file, with its owner, rights, attributes and streams. Throws as `loadNativeBinding`. */
export function swapNativeFiles(file: string, draft: string, kept: string | undefined): void {
  swapFilesBy(loadAddon(), file, draft, kept);
}

/** The name under which the single executable holds the SHA-256 of its addon, in hexadecimal. */
export const addonDigestAsset = 'schannel_dhe.node.sha256';

/**
 * A file that somebody planted beside the executable is not loaded. Windows opens the file a second time to load it: who
 * may write into that folder while an administrator works there could change it in between, as well as the executable
 * itself. Only a folder that administrators alone can write is safe from them, such as the one of the installers.
 */
function requireOwnAddon(path: string): void {
  const expected = getAsset(addonDigestAsset, 'utf8');
  const found = createHash('sha256').update(readWholeFile(path, largestAddon)).digest('hex');
  if (found !== expected) throw new AddonMismatchError(path, expected, found);
}

const largestAddon = 16 * 1024 * 1024;

function loadAddon(): NativeAddon {
  const { platform, arch } = process;
  if (platform !== 'win32') throw new UnsupportedPlatformError(platform, arch);
  const candidates = isSea()
    ? [join(dirname(process.execPath), 'schannel_dhe.node')]
    : [
        join(packageFolder, 'prebuilds', `win32-${arch}`, 'schannel_dhe.node'),
        join(packageFolder, 'build', 'Release', 'schannel_dhe.node'),
      ];
  const attempts: { path: string; reason: string }[] = [];
  for (const path of candidates) {
    try {
      if (isSea()) requireOwnAddon(path);
      return createRequire(path)(path) as NativeAddon;
    } catch (error) {
      if (error instanceof AddonMismatchError) throw error;
      attempts.push({ path, reason: (error as Error).message.split('\n')[0] ?? '' });
    }
  }
  throw new NativeBindingNotLoadedError(arch, attempts);
}
