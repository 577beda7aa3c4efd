/** A file that is judged and then replaced where it lies: reached through no link, and changed by nobody in between. */
import {
  type BigIntStats,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { FileAccessError, InputTooLargeError, InvalidInputError } from '../errors';
import { asFileError, writeDraft } from './whole-file';

export interface FileInPlace {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Hard links: names beside this one that lead to the same content. */
  readonly otherNames: number;
  readonly identity: string;
}

/**
 * Gives `draft` the name `file`, and everything of that file but its content, as far as the system goes. The old file is
 * called `kept` afterwards, or is gone. Where it throws, `file` is the old one still.
 */
export type SwapFiles = (file: string, draft: string, kept: string | undefined) => void;

/**
 * @throws InvalidInputError where the file or a folder above it is a link, or it is no file
 * @throws FileAccessError, InputTooLargeError above `largest` bytes
 */
export function readFileInPlace(file: string, largest: number): FileInPlace {
  try {
    refuseLinks(file);
    if (!lstatSync(file).isFile()) throw new FileAccessError(file, 'read', 'EISDIR');
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const before = fstatSync(handle, { bigint: true });
      if (before.size > largest) throw new InputTooLargeError(file, largest, Number(before.size));
      const bytes = readFileSync(handle);
      const after = fstatSync(handle, { bigint: true });
      if (identify(before) !== identify(after)) throw changed(file);
      return { file, bytes, otherNames: Number(after.nlink) - 1, identity: identify(after) };
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
}

/**
 * @param options `keepOld`: the old file stays beside it, under a name that was free
 * @returns that name
 * @throws InvalidInputError where the file is not the one that was read any more; FileAccessError; what `swap` throws
 */
export function replaceFileInPlace(
  { file, identity }: FileInPlace,
  content: string | Uint8Array,
  { swap = swapOnPosix, keepOld }: { readonly swap?: SwapFiles | undefined; readonly keepOld: boolean },
): string | undefined {
  try {
    refuseLinks(file);
    const draft = writeDraft(file, content);
    try {
      if (identify(lstatSync(file, { bigint: true })) !== identity) throw changed(file);
      const kept = keepOld ? findFreeName(file) : undefined;
      swap(file, draft, kept);
      flushFolder(dirname(file));
      return kept;
    } finally {
      rmSync(draft, { force: true });
    }
  } catch (error) {
    throw asFileError(error, file, 'write');
  }
}

/** An elevated process must not be led elsewhere by a link that somebody without rights put there. */
function refuseLinks(file: string): void {
  const path = resolve(file);
  const { root } = parse(path);
  const parts = path.slice(root.length).split(/[\\/]/);
  let reached = root;
  for (const [index, part] of parts.entries()) {
    reached = join(reached, part);
    // \\server\SYSVOL\<domain> is a junction on every domain controller, which the server itself resolves.
    if (index === 0 && /^\\\\[^\\]+\\sysvol\\$/i.test(root)) continue;
    if (!lstatSync(reached).isSymbolicLink()) continue;
    throw new InvalidInputError(file, undefined, 'path-without-links', {
      text: `${reached} -> ${readlinkSync(reached)}`,
    });
  }
}

function identify({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs].join();
}

function changed(file: string): InvalidInputError {
  return new InvalidInputError(file, undefined, 'unchanged-file', 'changed-since');
}

function findFreeName(file: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${file}.old${number === 1 ? '' : `-${number}`}`;
    if (lstatSync(name, { throwIfNoEntry: false }) === undefined) return name;
  }
}

/** Owner, group and mode; Node knows nothing of extended attributes, which stay with the kept file. */
function swapOnPosix(file: string, draft: string, kept: string | undefined): void {
  const [old, own] = [statSync(file), statSync(draft)];
  if (old.uid !== own.uid || old.gid !== own.gid) chownSync(draft, old.uid, old.gid);
  chmodSync(draft, old.mode & 0o7777);
  if (kept !== undefined) linkSync(file, kept);
  try {
    renameSync(draft, file);
  } catch (error) {
    if (kept !== undefined) rmSync(kept);
    throw error;
  }
}

function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
