/** Names of files, folders and patterns → the files that are meant. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FileAccessError } from '../errors';
import { asFileError } from './whole-file';

/** A file that is meant. */
export interface SourceFile {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** When it was written. */
  readonly time: Date;
  /** Whether it was named itself, and not found in a folder or by a pattern: there other files may lie beside. */
  readonly isNamed: boolean;
}

/**
 * Files of folders in the order of their names, with all below; `*` and `?` may stand in the last part of a name. A file
 * that is meant twice is there once.
 *
 * @throws FileAccessError where one is not there, or a pattern meets nothing
 */
export function findSources(names: readonly string[]): SourceFile[] {
  const all = names.flatMap((name) => {
    try {
      const status = statSync(name, { throwIfNoEntry: false });
      if (status?.isDirectory()) return filesBelow(name);
      if (status !== undefined) return [{ file: name, size: status.size, time: status.mtime, isNamed: true }];
      const found = /[*?]/.test(basename(name)) ? filesMatching(name) : [];
      if (found.length === 0) throw new FileAccessError(name, 'read', 'ENOENT');
      return found;
    } catch (error) {
      throw asFileError(error, name, 'read');
    }
  });
  const unlike = new Map<string, SourceFile>();
  for (const one of all) {
    const place = resolve(one.file);
    if (one.isNamed || !unlike.has(place)) unlike.set(place, one);
  }
  return [...unlike.values()];
}

function filesBelow(folder: string): SourceFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map(foundFile);
}

function filesMatching(pattern: string): SourceFile[] {
  const expression = [...basename(pattern)].map((one) =>
    one === '*' ? '.*' : one === '?' ? '.' : one.replace(/[\\^$.|+()[\]{}]/g, '\\$&'),
  );
  const matches = new RegExp(`^${expression.join('')}$`, process.platform === 'win32' ? 'i' : '');
  const folder = dirname(pattern);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && matches.test(entry.name))
    .map(({ name }) => join(folder, name))
    .sort()
    .map(foundFile);
}

function foundFile(file: string): SourceFile {
  const { size, mtime } = statSync(file);
  return { file, size, time: mtime, isNamed: false };
}
