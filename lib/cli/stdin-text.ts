/** A text that somebody pipes in. */
import { InputTooLargeError } from '../errors';
import { decodeInputText, largestInput } from '../files/user-file';
import type { CliHost } from './command';

/** @throws InputTooLargeError above 64 MiB */
export async function readStdinText({ readStdin }: Pick<CliHost, 'readStdin'>): Promise<string> {
  const bytes = await readStdin();
  if (bytes.byteLength > largestInput) throw new InputTooLargeError('stdin', largestInput, bytes.byteLength);
  return withoutLastLineEnd(decodeInputText(bytes, 'stdin'));
}

/** The line end that every editor and every `echo` writes is no fault of the text. */
export function withoutLastLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
