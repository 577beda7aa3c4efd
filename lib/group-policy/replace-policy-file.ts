/** A Registry.pol replaced where it lies, and the GPO around it told of the change where a file can tell it. */
import { lstatSync, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type FileInPlace, readFileInPlace, replaceFileInPlace, type SwapFiles } from '../files/file-in-place';
import { asFileError } from '../files/whole-file';
import { largestRegistryPol } from '../registry-files/registry-pol';
import { announceComputerChange, decodeIni, encodeIni } from './gpt-ini';

/**
 * `raised`: the version in gpt.ini. `in-directory`: that of a domain GPO also stands in Active Directory, and both must
 * rise together ([MS-GPOL]), so it was left. `none`: the file is in no GPO, so no version stands beside it.
 */
export type PolicyVersion = 'raised' | 'in-directory' | 'none';

export interface ReplacedPolicyFile {
  readonly kept: string;
  readonly version: PolicyVersion;
}

/**
 * The old file stays beside it. Where the version cannot be raised, the old file is put back.
 *
 * @throws as `readFileInPlace` and `replaceFileInPlace`, for gpt.ini too
 */
export function replacePolicyFile(
  found: FileInPlace,
  content: Uint8Array,
  swap: SwapFiles | undefined,
): ReplacedPolicyFile {
  const ini = findGptIni(found.file);
  const kept = replaceFileInPlace(found, content, { swap, keepOld: true }) as string;
  if (ini === undefined) return { kept, version: 'none' };
  // The folder of a domain GPO has its id for a name.
  if (/^\{[0-9a-f-]{36}\}$/i.test(basename(dirname(ini)))) return { kept, version: 'in-directory' };
  try {
    const old = readFileInPlace(ini, largestRegistryPol);
    const text = announceComputerChange(decodeIni(old.bytes));
    replaceFileInPlace(old, encodeIni(text, old.bytes), { swap, keepOld: false });
  } catch (error) {
    renameSync(kept, found.file);
    throw asFileError(error, ini, 'write');
  }
  return { kept, version: 'raised' };
}

/** Of the GPO whose computer half the file is. */
function findGptIni(file: string): string | undefined {
  const half = dirname(resolve(file));
  if (!/^registry\.pol$/i.test(basename(file)) || !/^machine$/i.test(basename(half))) return undefined;
  const ini = join(dirname(half), 'gpt.ini');
  return lstatSync(ini, { throwIfNoEntry: false }) === undefined ? undefined : ini;
}
