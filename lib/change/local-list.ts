/** Writing to the local list, and proving what it then holds. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { isSameList, type PlacedSuite, type SuiteList } from '../cipher-suite/suite-list';
import { UnexpectedListError } from '../errors';
import { decodeMultiString, RegistryType } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';

/** The local list as far as it can be seen: CNG's answer where that shows it, else the registry value. */
export function readLocalList(binding: SchannelBinding, isEnumerated: boolean): SuiteList {
  return isEnumerated ? binding.enumContextFunctions() : (readStoredList(binding) ?? []);
}

/** Enumerates again and compares; a success status alone proves nothing. The registry may hold any of `locals`. */
export function proveLists(
  binding: SchannelBinding,
  enumeration: SuiteList,
  ...locals: [SuiteList, ...SuiteList[]]
): void {
  const enumerated = binding.enumContextFunctions();
  if (!isSameList(enumerated, enumeration)) throw new UnexpectedListError('enumeration', enumeration, enumerated);
  const stored = readStoredList(binding);
  if (stored !== undefined && !locals.some((local) => isSameList(stored, local))) {
    throw new UnexpectedListError('registry', locals[0], stored);
  }
}

/** `before` as it can be put back: CNG holds every name once, so a removed name comes back where it stood first. */
export function restorableList(before: SuiteList, removed: readonly PlacedSuite[]): string[] {
  const names = new Set(removed.map(({ name }) => name));
  return before.filter((name, index) => !names.has(name) || before.indexOf(name) === index);
}

/** The additions that lead from `current` to `target`, in order: ahead of its place, or behind its old neighbour. */
export function placeAdditions(current: SuiteList, target: SuiteList, names: ReadonlySet<string>): PlacedSuite[] {
  const list = [...current];
  const additions: PlacedSuite[] = [];
  target.forEach((name, index) => {
    if (!names.has(name) || list.includes(name)) return;
    const inOrder = isSameList(list.slice(0, index), target.slice(0, index));
    const neighbour = target.slice(0, index).findLast((earlier) => list.includes(earlier));
    const position = inOrder ? index : neighbour === undefined ? 0 : list.lastIndexOf(neighbour) + 1;
    list.splice(position, 0, name);
    additions.push({ name, position });
  });
  return additions;
}

function readStoredList(binding: SchannelBinding): SuiteList | undefined {
  const { key, valueName } = registryPlaces.local;
  const value = binding.readRegistryValue(key, valueName);
  return value?.type === RegistryType.multiString ? decodeMultiString(value.data) : undefined;
}
