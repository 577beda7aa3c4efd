/** The local list: which of its two places shows it, editing it, and proving what it then holds. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { isSameList, type SuiteList } from '../cipher-suite/suite-list';
import { type Configuration, configuredList, type LayerId, textList } from '../configuration/configuration';
import { UnexpectedListError } from '../errors';
import { decodeMultiString, RegistryType } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';
import type { ListEdit } from './list-edit';

export interface LocalList {
  readonly list: readonly string[];
  /** Whether CNG's answer shows it; else the registry value does. */
  readonly isEnumerated: boolean;
}

/** CNG's answer is the local list itself, unless a policy or FIPS mode stands before it. */
export function chooseLocalList(configuration: Configuration, governing: LayerId): LocalList {
  const { enumerated, fips } = configuration;
  if (governing === 'local' && fips !== true && enumerated !== null) return { list: enumerated, isEnumerated: true };
  // Of an export an edit is made, which gives a list that was written as one text its right type too.
  const written = configuration.source === 'export' ? textList(configuration) : undefined;
  return { list: configuredList(configuration, 'local') ?? written ?? [], isEnumerated: false };
}

/** The local list as it is now, where it was chosen to be looked at. */
export function readLocalList(binding: SchannelBinding, isEnumerated: boolean): SuiteList {
  return isEnumerated ? binding.enumContextFunctions() : (readStoredList(binding) ?? []);
}

/** Whether each removed suite was there proves nothing; `proveLists` does. */
export function performEdits(binding: SchannelBinding, edits: readonly ListEdit[]): void {
  for (const edit of edits) {
    if ('add' in edit) binding.addContextFunction(edit.add, edit.position);
    else binding.removeContextFunction(edit.remove);
  }
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

function readStoredList(binding: SchannelBinding): SuiteList | undefined {
  const { key, valueName } = registryPlaces.local;
  const value = binding.readRegistryValue(key, valueName);
  return value?.type === RegistryType.multiString ? decodeMultiString(value.data) : undefined;
}
