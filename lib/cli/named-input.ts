/** The bytes of a file that the user names, or of stdin. */
import { InputTooLargeError } from '../errors';
import { largestInput, readInputFile } from '../files/user-file';
import { isRegistryHive, largestHive } from '../registry-files/registry-hive';
import type { CommandContext } from './command';

/** @throws FileAccessError, InputTooLargeError above 64 MiB, for a file that is a hive above 512 MiB */
export async function readNamedInput(
  { host }: Pick<CommandContext, 'host'>,
  name: string,
): Promise<{ readonly bytes: Uint8Array; readonly source: string }> {
  if (name !== '-') return { bytes: readInputFile(name, largestOf), source: name };
  const bytes = await host.readStdin();
  if (bytes.byteLength > largestInput) throw new InputTooLargeError('stdin', largestInput, bytes.byteLength);
  return { bytes, source: 'stdin' };
}

const largestOf = (start: Uint8Array) => (isRegistryHive(start) ? largestHive : largestInput);
