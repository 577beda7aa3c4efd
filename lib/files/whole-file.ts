/** Files read with a bound, and written whole or not at all. */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { FileAccessError, InputTooLargeError, SchannelDheError } from '../errors';

/**
 * For reading. A device or a pipe is no file: it is refused, and not waited for.
 *
 * @throws the system's error; FileAccessError with the reason `NOT_A_FILE`
 */
export function openToRead(file: string): number {
  // Where the system has that flag, opening a pipe does not wait for somebody who writes.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  const status = fstatSync(handle);
  if (status.isFile() || status.isDirectory()) return handle;
  closeSync(handle);
  throw new FileAccessError(file, 'read', 'NOT_A_FILE');
}

/**
 * @param bound in bytes, or what gives it for a file that begins with these
 * @throws FileAccessError; InputTooLargeError above the bound
 */
export function readWholeFile(file: string, bound: number | ((start: Uint8Array) => number)): Uint8Array {
  try {
    const handle = openToRead(file);
    try {
      const status = fstatSync(handle);
      const largest = typeof bound === 'number' ? bound : bound(readStart(handle));
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

function readStart(handle: number): Uint8Array {
  const start = new Uint8Array(64);
  return start.subarray(0, readSync(handle, start, 0, start.length, 0));
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
