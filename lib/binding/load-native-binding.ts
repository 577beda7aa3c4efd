/** Finds the addon. It never falls through to the simulation, and looks nowhere but in this package. */
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { NativeBindingNotLoadedError, UnsupportedPlatformError } from '../errors';
import { createNativeBinding, type NativeAddon } from './native-binding';
import type { SchannelBinding } from './schannel-binding';

/** The package's folder, seen from the bundles in `dist` and from the sources. */
const packageFolder = basename(__dirname) === 'dist' ? join(__dirname, '..') : join(__dirname, '..', '..');

/**
 * The addon beside the single executable, or else in this package: the one that ships, or the one that `node-gyp` built in a
 * checkout.
 *
 * @throws UnsupportedPlatformError off Windows; NativeBindingNotLoadedError where no addon can be loaded
 */
export function loadNativeBinding(): SchannelBinding {
  return createNativeBinding(loadAddon());
}

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
      return createRequire(path)(path) as NativeAddon;
    } catch (error) {
      attempts.push({ path, reason: (error as Error).message.split('\n')[0] ?? '' });
    }
  }
  throw new NativeBindingNotLoadedError(arch, attempts);
}
