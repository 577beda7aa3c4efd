/** `SYSTEM` and `SOFTWARE` of a machine that is off, an image or a backup: what they hold of the keys that matter. */
import { InvalidInputError } from '../../errors';
import type { RegistryEntry } from '../../registry-files/registry-entry';
import { type HiveKey, openRegistryHive } from '../../registry-files/registry-hive';
import { readKeys } from '../../windows/registry-places';

interface ReadHive {
  readonly entries: readonly RegistryEntry[];
  readonly isDirty: boolean;
}

/** @throws InvalidInputError for a damaged hive, and for one of another name */
export function readHive(bytes: Uint8Array, source: string): ReadHive {
  const { root, isDirty } = openRegistryHive(bytes, source);
  const top = root.subkeys();
  const sets = top.filter(({ name }) => /^ControlSet\d{3}$/i.test(name));
  if (sets.length > 0) {
    const select = top.find(({ name }) => name.toUpperCase() === 'SELECT');
    const entries = [
      ...entriesAt(select, 'HKEY_LOCAL_MACHINE\\SYSTEM\\Select'),
      ...sets.flatMap((set) => collect(set, 'SYSTEM\\CurrentControlSet', `SYSTEM\\${set.name}`)),
    ];
    return { entries, isDirty };
  }
  const isSoftware = ['MICROSOFT', 'POLICIES'].every((wanted) => top.some(({ name }) => name.toUpperCase() === wanted));
  if (!isSoftware) throw new InvalidInputError(source, undefined, 'cipher-suite-hive', 'other-hive');
  return { entries: collect(root, 'SOFTWARE', 'SOFTWARE'), isDirty };
}

/** The keys below a live path, as they stand below one key of the hive: what is not there does not exist. */
function collect(key: HiveKey, live: string, path: string): RegistryEntry[] {
  const below = readKeys.filter((one) => one.startsWith(`${live}\\`)).map((one) => one.slice(live.length + 1));
  return [
    { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${path}` },
    ...below.flatMap((one) => entriesAt(walk(key, one), `HKEY_LOCAL_MACHINE\\${path}\\${one}`)),
  ];
}

function walk(key: HiveKey, path: string): HiveKey | undefined {
  let found: HiveKey | undefined = key;
  for (const name of path.split('\\')) found = found?.subkey(name);
  return found;
}

function entriesAt(key: HiveKey | undefined, path: string): RegistryEntry[] {
  if (key === undefined) return [];
  return [
    { kind: 'key', key: path },
    ...key.values().map(({ name, value }) => ({ kind: 'value', key: path, name, value }) as const),
  ];
}
