/** The local GPO of a machine, and where the policy value that is in force comes from. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { conditionsOf } from '../configuration/conditions';
import { readConfiguration } from '../configuration/read-configuration';
import { findRegistryPolValue, readRegistryPol } from '../registry-files/registry-pol';
import { decodeString, isSameValue, type RegistryValue } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';
import { judgePolicyFile, type PolicyFileJudgement, type PolicyFileOptions } from './policy-file';

/** `none`: no policy sets the order. `unknown`: one does, and nothing on the machine tells which. */
export type PolicyOwner = 'none' | 'local-gpo' | 'mdm' | 'domain-gpo' | 'unknown';

/** The local GPO, as far as it is about cipher suites. */
export interface LocalPolicy {
  readonly owner: PolicyOwner;
  /** The domain GPOs whose registry settings were applied last, the strongest last: one of them may be the owner. */
  readonly domainGpos: readonly string[];
  /** What the local GPO says itself. */
  readonly judgement: PolicyFileJudgement;
}

/** How the local GPO is judged: for the Windows that it is in force on, as that is set up. */
export type LocalPolicyOptions = Omit<PolicyFileOptions, 'windows' | 'machine'>;

/** @throws FileAccessError, InputTooLargeError, InvalidInputError for its Registry.pol; Win32Error from the registry */
export function readLocalPolicy(binding: SchannelBinding, options: LocalPolicyOptions = {}): LocalPolicy {
  const { localPolicy } = binding;
  const bytes = localPolicy.read('Registry.pol');
  const judgement: PolicyFileJudgement =
    bytes === undefined
      ? { verdict: 'not-set', order: null }
      : judgePolicyFile(bytes, localPolicy.folder, forMachine(binding, options));
  const domainGpos = readDomainGpos(binding);
  return { owner: findOwner(binding, readOrder(binding), domainGpos), domainGpos, judgement };
}

export function forMachine(binding: SchannelBinding, options: LocalPolicyOptions): PolicyFileOptions {
  const { windows, ...machine } = conditionsOf(readConfiguration(binding), { isEnumerated: false });
  return { ...options, machine, windows: windows === undefined ? [] : [windows] };
}

/** What the local GPO sets the order to; undefined where it does not. */
function readOrder({ localPolicy }: SchannelBinding): RegistryValue | undefined {
  const { key, valueName } = registryPlaces.groupPolicy;
  const bytes = localPolicy.read('Registry.pol');
  const found =
    bytes === undefined ? undefined : findRegistryPolValue(readRegistryPol(bytes, localPolicy.folder), key, valueName);
  return found?.isSet === true ? found.entry : undefined;
}

function findOwner(
  binding: SchannelBinding,
  own: RegistryValue | undefined,
  domainGpos: readonly string[],
): PolicyOwner {
  const { key, valueName } = registryPlaces.groupPolicy;
  const inForce = binding.readRegistryValue(key, valueName);
  if (inForce === undefined) return 'none';
  if (own !== undefined && isSameValue(own, inForce)) return 'local-gpo';
  if (binding.readRegistryValue(policyManagerKey, 'SSLCipherSuiteOrder') !== undefined) return 'mdm';
  return domainGpos.length > 0 ? 'domain-gpo' : 'unknown';
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

/** Whether what the local GPO sets is the policy value now; a domain policy may have put its own there. */
export function policyHolds(binding: SchannelBinding): boolean {
  return findOwner(binding, readOrder(binding), []) === 'local-gpo';
}
