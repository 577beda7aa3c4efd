/** Files read with a bound, and written whole or not at all. */
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { FileAccessError, InputTooLargeError } from '../errors';

/**
 * A device or a pipe is no file: it is refused, and not waited for.
 *
 * @throws FileAccessError, with the reason `NOT_A_FILE` for those; InputTooLargeError above `largest` bytes
 */
export function readWholeFile(file: string, largest: number): Uint8Array {
  try {
    // Where the system has that flag, opening a pipe does not wait for somebody who writes.
    const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const status = fstatSync(handle);
      if (!status.isFile() && !status.isDirectory()) throw new FileAccessError(file, 'read', 'NOT_A_FILE');
      const content = status.size > largest ? undefined : readFileSync(handle);
      const size = Math.max(status.size, content?.byteLength ?? 0);
      if (content === undefined || size > largest) throw new InputTooLargeError(file, largest, size);
      return content;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
}

/** Writes to a new file beside it, flushes that, and gives it the name. @throws the system's error */
export function replaceFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = openSync(draft, 'wx');
  try {
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Replaces a file and keeps the old one beside it, under a name that was free.
 *
 * @returns the name of the kept file
 * @throws FileAccessError
 */
export function replaceFileKeepingOld(file: string, content: string | Uint8Array): string {
  try {
    const kept = keepCopy(file);
    replaceFile(file, content);
    return kept;
  } catch (error) {
    throw asFileError(error, file, 'write');
  }
}

function keepCopy(file: string): string {
  for (let number = 1; ; number += 1) {
    const kept = `${file}.old${number === 1 ? '' : `-${number}`}`;
    try {
      copyFileSync(file, kept, constants.COPYFILE_EXCL);
      return kept;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === 1000) throw error;
    }
  }
}

export function asFileError(error: unknown, file: string, operation: 'read' | 'write'): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return error instanceof InputTooLargeError || error instanceof FileAccessError || code === undefined
    ? error
    : new FileAccessError(file, operation, code);
}
