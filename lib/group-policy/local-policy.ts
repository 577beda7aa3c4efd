/** The local GPO of a machine, and where the policy value that is in force comes from. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SchannelBinding } from '../binding/schannel-binding';
import { FileAccessError } from '../errors';
import { asFileError, readWholeFile } from '../files/whole-file';
import { findRegistryPolValue, largestRegistryPol, readRegistryPol } from '../registry-files/registry-pol';
import { decodeString, type RegistryValue } from '../registry-files/registry-value';
import { registryPlaces, windowsVersionKey } from '../windows/registry-places';
import { judgePolicyFile, type PolicyFileJudgement, type PolicyFileOptions } from './policy-file';

/** `none`: no policy sets the order. `unknown`: one does, and nothing on the machine tells which. */
export type PolicyOwner = 'none' | 'local-gpo' | 'mdm' | 'domain-gpo' | 'unknown';

export interface LocalPolicy {
  readonly owner: PolicyOwner;
  /** The domain GPOs whose registry settings were applied last, the strongest last: one of them may be the owner. */
  readonly domainGpos: readonly string[];
  /** What the local GPO says itself. */
  readonly judgement: PolicyFileJudgement;
}

/** The System32 folder in the native view, also from a 32-bit process, to which Windows shows it as Sysnative. */
export function findSystemFolder(binding: SchannelBinding): string {
  const value = binding.readRegistryValue(windowsVersionKey, 'SystemRoot');
  const root = value === undefined ? 'C:\\Windows' : decodeString(value.data);
  const native = join(root, 'Sysnative');
  return existsSync(native) ? native : join(root, 'System32');
}

/**
 * @param folder of the local GPO, `GroupPolicy` below `findSystemFolder`
 * @throws FileAccessError, InputTooLargeError, InvalidInputError for its Registry.pol; Win32Error from the registry
 */
export function readLocalPolicy(
  binding: SchannelBinding,
  folder: string,
  options: PolicyFileOptions = {},
): LocalPolicy {
  const file = polOf(folder);
  const bytes = readIfPresent(file);
  const judgement: PolicyFileJudgement =
    bytes === undefined ? { verdict: 'not-set', order: null } : judgePolicyFile(bytes, file, options);
  const domainGpos = readDomainGpos(binding);
  return { owner: findOwner(binding, bytes, file, domainGpos), domainGpos, judgement };
}

function findOwner(
  binding: SchannelBinding,
  bytes: Uint8Array | undefined,
  file: string,
  domainGpos: readonly string[],
): PolicyOwner {
  const { key, valueName } = registryPlaces.groupPolicy;
  const inForce = binding.readRegistryValue(key, valueName);
  if (inForce === undefined) return 'none';
  const found = bytes === undefined ? undefined : findRegistryPolValue(readRegistryPol(bytes, file), key, valueName);
  if (found?.isSet === true && isSameValue(found.entry, inForce)) return 'local-gpo';
  if (binding.readRegistryValue(policyManagerKey, 'SSLCipherSuiteOrder') !== undefined) return 'mdm';
  return domainGpos.length > 0 ? 'domain-gpo' : 'unknown';
}

function isSameValue(one: RegistryValue, other: RegistryValue): boolean {
  return one.type === other.type && Buffer.compare(one.data, other.data) === 0;
}

/** Where the MDM client keeps what the ADMX-backed CSP ADMX_CipherSuiteOrder set; Windows then has it as a policy. */
const policyManagerKey = 'SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\ADMX_CipherSuiteOrder';

/** The GPOs that the registry extension applied last, in numbered keys. */
const historyKey =
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Group Policy\\History\\{35378EAC-683F-11D2-A89A-00C04FBBCFA2}';

function readDomainGpos(binding: SchannelBinding): string[] {
  const names: string[] = [];
  for (let number = 0; number < 1000; number += 1) {
    const path = binding.readRegistryValue(`${historyKey}\\${number}`, 'FileSysPath');
    if (path === undefined) break;
    // The local GPO lies on this machine, a domain's on a share.
    if (!decodeString(path.data).startsWith('\\\\')) continue;
    const name = binding.readRegistryValue(`${historyKey}\\${number}`, 'DisplayName');
    names.push(name === undefined ? decodeString(path.data) : decodeString(name.data));
  }
  return names;
}

/** The computer half. */
export function polOf(folder: string): string {
  return join(folder, 'Machine', 'Registry.pol');
}

/** Undefined where there is no such file. @throws FileAccessError, InputTooLargeError */
export function readIfPresent(file: string): Uint8Array | undefined {
  try {
    return readWholeFile(file, largestRegistryPol);
  } catch (error) {
    if (error instanceof FileAccessError && error.reason === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether what the local GPO sets is the policy value now; a domain policy may have put its own there. */
export function policyHolds(binding: SchannelBinding, folder: string): boolean {
  const file = polOf(folder);
  return findOwner(binding, readIfPresent(file), file, []) === 'local-gpo';
}

/**
 * Runs gpupdate for the computer, and waits for it, at most ten minutes.
 *
 * @throws FileAccessError where it cannot be started
 */
export function refreshComputerPolicy(systemFolder: string): boolean {
  const program = join(systemFolder, 'gpupdate.exe');
  const { status, error } = spawnSync(program, ['/target:computer', '/force'], {
    shell: false,
    stdio: 'ignore',
    timeout: 600_000,
    windowsHide: true,
  });
  if (error !== undefined) throw asFileError(error, program, 'read');
  return status === 0;
}
