/** Finds the addon. It never falls through to the simulation. */
import { NativeBindingNotLoadedError, UnsupportedPlatformError } from '../errors';
import type { SchannelBinding } from './schannel-binding';

/** @throws UnsupportedPlatformError off Windows; NativeBindingNotLoadedError where no addon can be loaded */
export function loadNativeBinding(): SchannelBinding {
  if (process.platform !== 'win32') throw new UnsupportedPlatformError(process.platform, process.arch);
  throw new NativeBindingNotLoadedError([]);
}
