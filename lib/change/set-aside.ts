/** Moving entries of our own that cannot be read out of the way, so that nothing is lost and nothing is stopped by them. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { RegistryType } from '../registry-files/registry-value';
import { stateKey } from '../windows/registry-places';

/**
 * Keeps each entry under a new name, `set-aside-<entry>`, and takes the old one away. A text stays as it is; the bytes of
 * anything else are kept as JSON with its type.
 *
 * @returns the new names; an entry that is not there has none
 * @throws Win32Error where the store cannot be written
 */
export function setAside(binding: SchannelBinding, entries: readonly string[]): string[] {
  const { stateStore } = binding;
  return entries.flatMap((entry) => {
    const value = binding.readRegistryValue(stateKey, entry);
    if (value === undefined) return [];
    const text =
      value.type === RegistryType.string
        ? (stateStore.read(entry) ?? '')
        : JSON.stringify({ type: value.type, data: Buffer.from(value.data).toString('base64') });
    const taken = stateStore.list();
    let name = `set-aside-${entry}`;
    for (let more = 2; taken.includes(name); more += 1) name = `set-aside-${entry}-${more}`;
    stateStore.write(name, text);
    stateStore.delete(entry);
    return [name];
  });
}
