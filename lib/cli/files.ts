/** Files that the user names. Read with a bound, written whole. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { FileAccessError, InputTooLargeError, InvalidInputError } from '../errors';

export const largestInput = 64 * 1024 * 1024;

/** @throws FileAccessError, InputTooLargeError above 64 MiB */
export function readInputFile(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > largestInput) throw new InputTooLargeError(file, largestInput, size);
    return readFileSync(file);
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
}

/** @throws FileAccessError */
export function writeOutputFile(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw asFileError(error, file, 'write');
  }
}

/** UTF-8, or UTF-16LE with a byte order mark as Windows PowerShell's `>` writes it. */
export function decodeInputText(bytes: Uint8Array, source: string): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true, ignoreBOM: !isUtf16 }).decode(bytes);
  } catch {
    throw new InvalidInputError(source, undefined, 'utf-8-text', 'bytes that are neither');
  }
}

function asFileError(error: unknown, file: string, operation: 'read' | 'write'): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  return error instanceof InputTooLargeError || code === undefined ? error : new FileAccessError(file, operation, code);
}
