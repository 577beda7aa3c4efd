/** Files read with a bound, and written whole or not at all. */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { FileAccessError, InputTooLargeError, SchannelDheError } from '../errors';

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
  const draft = writeDraft(file, content);
  try {
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** A new file beside another, on the disk when this returns its name. @throws the system's error */
export function writeDraft(file: string, content: string | Uint8Array): string {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = openSync(draft, 'wx');
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  return draft;
}

export function asFileError(error: unknown, file: string, operation: 'read' | 'write'): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return error instanceof SchannelDheError || code === undefined ? error : new FileAccessError(file, operation, code);
}
