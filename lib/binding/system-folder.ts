/** Where Windows' own programs and the local GPO lie. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeString, type RegistryValue } from '../registry-files/registry-value';
import { windowsVersionKey } from '../windows/registry-places';

/** The System32 folder in the native view, also from a 32-bit process, to which Windows shows it as Sysnative. */
export function findSystemFolder(read: (key: string, valueName: string) => RegistryValue | undefined): string {
  const value = read(windowsVersionKey, 'SystemRoot');
  const root = value === undefined ? 'C:\\Windows' : decodeString(value.data);
  const native = join(root, 'Sysnative');
  return existsSync(native) ? native : join(root, 'System32');
}
