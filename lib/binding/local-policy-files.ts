/** The local GPO's files on a real Windows. */
import { lstatSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FileAccessError } from '../errors';
import { readFileInPlace, replaceFileInPlace, type SwapFiles } from '../files/file-in-place';
import { asFileError, readWholeFile, replaceFile } from '../files/whole-file';
import { largestRegistryPol } from '../registry-files/registry-pol';
import type { LocalPolicyFile, LocalPolicyFiles } from './schannel-binding';

/** `swap`: how a file that is there takes its new content and keeps its owner, rights and streams. */
export function createLocalPolicyFiles(systemFolder: string, swap?: SwapFiles): LocalPolicyFiles {
  const folder = join(systemFolder, 'GroupPolicy');
  const pathOf = (file: LocalPolicyFile) => (file === 'gpt.ini' ? join(folder, file) : join(folder, 'Machine', file));
  return {
    folder,
    read: (file) => {
      try {
        return readWholeFile(pathOf(file), largestRegistryPol);
      } catch (error) {
        if (error instanceof FileAccessError && error.reason === 'ENOENT') return undefined;
        throw error;
      }
    },
    replace: (file, content) => {
      const path = pathOf(file);
      try {
        mkdirSync(dirname(path), { recursive: true });
        if (lstatSync(path, { throwIfNoEntry: false }) === undefined) replaceFile(path, content);
        else replaceFileInPlace(readFileInPlace(path, largestRegistryPol), content, { swap, keepOld: false });
      } catch (error) {
        throw asFileError(error, path, 'write');
      }
    },
  };
}
