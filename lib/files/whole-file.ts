/** Files read with a bound, and written whole or not at all. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { FileAccessError, InputTooLargeError, SchannelDheError } from '../errors';

/** @throws FileAccessError, InputTooLargeError above `largest` bytes */
export function readWholeFile(file: string, largest: number): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > largest) throw new InputTooLargeError(file, largest, size);
    return readFileSync(file);
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
