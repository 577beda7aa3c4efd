/** The bytes of a file that the user names, or of stdin. */
import { InputTooLargeError } from '../errors';
import { largestInput, readInputFile } from '../files/user-file';
import type { CommandContext } from './command';

/** @throws FileAccessError, InputTooLargeError above 64 MiB */
export async function readNamedInput(
  { host }: Pick<CommandContext, 'host'>,
  name: string,
): Promise<{ readonly bytes: Uint8Array; readonly source: string }> {
  if (name !== '-') return { bytes: readInputFile(name), source: name };
  const bytes = await host.readStdin();
  if (bytes.byteLength > largestInput) throw new InputTooLargeError('stdin', largestInput, bytes.byteLength);
  return { bytes, source: 'stdin' };
}
