/** Files that the user names. Read with a bound, written whole. */
import { closeSync, read, realpathSync, statSync, writeFileSync } from 'node:fs';
import { InvalidInputError } from '../errors';
import { asFileError, openToRead, readWholeFile, replaceFile } from './whole-file';

export const largestInput = 64 * 1024 * 1024;

/**
 * @param largestOf the bound for a file that begins with these bytes, where it is another one
 * @throws FileAccessError, InputTooLargeError above 64 MiB
 */
export function readInputFile(file: string, largestOf: (start: Uint8Array) => number = () => largestInput): Uint8Array {
  return readWholeFile(file, largestOf);
}

const pieceLength = 256 * 1024;

/**
 * Piece by piece, the next one being read meanwhile. A piece is overwritten after the next one was asked for.
 *
 * @throws FileAccessError
 */
export async function* streamInputFile(file: string): AsyncGenerator<Uint8Array> {
  try {
    const handle = openToRead(file);
    let [filled, spare] = [Buffer.allocUnsafeSlow(pieceLength), Buffer.allocUnsafeSlow(pieceLength)];
    let reading = readPiece(handle, filled);
    try {
      for (let length = await reading; length > 0; length = await reading) {
        const piece = filled.subarray(0, length);
        [filled, spare] = [spare, filled];
        reading = readPiece(handle, filled);
        yield piece;
      }
    } finally {
      await reading.catch(() => {});
      closeSync(handle);
    }
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
}

function readPiece(handle: number, into: Buffer): Promise<number> {
  const reading = new Promise<number>((resolve, reject) => {
    read(handle, into, 0, into.length, null, (error, length) => (error === null ? resolve(length) : reject(error)));
  });
  // Whoever has the piece before this one may be busy with it while this one fails.
  reading.catch(() => {});
  return reading;
}

/**
 * Writes a file whole or not at all: to a new file beside it, which then takes its name.
 *
 * @throws FileAccessError
 */
export function writeOutputFile(file: string, content: string | Uint8Array): void {
  try {
    const present = statSync(file, { throwIfNoEntry: false });
    if (present !== undefined && !present.isFile()) writeFileSync(file, content);
    else replaceFile(present === undefined ? file : realpathSync(file), content);
  } catch (error) {
    throw asFileError(error, file, 'write');
  }
}

/** @throws InvalidInputError where the output would replace the input */
export function requireDifferentFiles(input: string, output: string): void {
  const [one, other] = [input, output].map((file) => statSync(file, { throwIfNoEntry: false, bigint: true }));
  if (other !== undefined && one?.ino === other.ino && one.dev === other.dev) {
    throw new InvalidInputError(output, undefined, 'another-file', 'same-file');
  }
}

/** UTF-8, or UTF-16LE with a byte order mark as Windows PowerShell's `>` writes it. */
export function decodeInputText(bytes: Uint8Array, source: string): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true, ignoreBOM: !isUtf16 }).decode(bytes);
  } catch {
    throw new InvalidInputError(source, undefined, 'utf-8-text', 'neither-encoding');
  }
}
