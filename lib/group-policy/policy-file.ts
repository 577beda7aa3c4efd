/** What a Registry.pol says about the cipher suite order, and the file as it should be. */
import type { RemovalCost } from '../assessment/removal-cost';
import { guardAgainstLockout } from '../change/lockout-guard';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { withoutDheSuites } from '../cipher-suite/suite-list';
import {
  formatPolicyText,
  measurePolicyText,
  type PolicyTextFault,
  type PolicyTextLength,
  repairPolicyText,
  shortenPolicyList,
} from '../policy/policy-text';
import {
  findRegistryPolValue,
  type RegistryPolEntry,
  readRegistryPol,
  replaceRegistryPolEntry,
} from '../registry-files/registry-pol';
import {
  decodeMultiString,
  decodeString,
  encodeString,
  RegistryType,
  type RegistryValue,
  registryTypeName,
} from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';

/** `not-set`: no such value; `deleted`: the policy takes it away; `refused`, `too-long`: it needs a hand. */
export type PolicyFileVerdict = 'not-set' | 'deleted' | 'in-order' | 'needs-repair' | 'too-long' | 'refused';

export interface PolicyFileJudgement {
  readonly verdict: PolicyFileVerdict;
  /** Null where the policy does not set the order. */
  readonly order: CipherSuiteOrder | null;
}

export interface CipherSuiteOrder {
  /** Of the record in the file, in bytes. */
  readonly offset: number;
  /** Such as `REG_SZ`, the only type that Windows takes. */
  readonly type: string;
  /** As it stands there; the strings of a REG_MULTI_SZ with commas between them. */
  readonly text: string;
  readonly list: readonly string[];
  readonly dheSuites: readonly string[];
  readonly faults: readonly PolicyTextFault[];
  readonly faultCount: number;
  /** What should stand there. */
  readonly corrected: {
    readonly text: string;
    readonly list: readonly string[];
    readonly length: PolicyTextLength;
    readonly refusals: readonly RemovalCost[];
    readonly warnings: readonly RemovalCost[];
  };
}

export interface PolicyFileOptions {
  /** Drop expendable suites from a text that is too long for the policy editor. */
  readonly shorten?: boolean;
}

/** @throws InvalidInputError, InputTooLargeError as `readRegistryPol` */
export function judgePolicyFile(
  bytes: Uint8Array,
  source: string,
  options: PolicyFileOptions = {},
): PolicyFileJudgement {
  return judgeFound(findOrder(bytes, source), options);
}

/**
 * The file with the corrected text as REG_SZ in the record that sets the order; every other byte stays. The very bytes
 * that came in, where nothing is to be repaired or nothing may be.
 *
 * @throws InvalidInputError, InputTooLargeError as `readRegistryPol`
 */
export function repairPolicyFile(
  bytes: Uint8Array,
  source: string,
  options: PolicyFileOptions = {},
): { readonly judgement: PolicyFileJudgement; readonly bytes: Uint8Array } {
  const found = findOrder(bytes, source);
  const judgement = judgeFound(found, options);
  if (found === undefined || judgement.order === null || judgement.verdict !== 'needs-repair') {
    return { judgement, bytes };
  }
  const { key, valueName } = found.entry;
  const setting = { key, valueName, ...encodeString(judgement.order.corrected.text) };
  return { judgement, bytes: replaceRegistryPolEntry(bytes, found.entry, setting) };
}

function findOrder(bytes: Uint8Array, source: string) {
  const { key, valueName } = registryPlaces.groupPolicy;
  return findRegistryPolValue(readRegistryPol(bytes, source), key, valueName);
}

function judgeFound(found: ReturnType<typeof findOrder>, options: PolicyFileOptions): PolicyFileJudgement {
  if (found === undefined) return { verdict: 'not-set', order: null };
  return found.isSet ? judgeEntry(found.entry, options) : { verdict: 'deleted', order: null };
}

function judgeEntry(entry: RegistryPolEntry, { shorten = false }: PolicyFileOptions): PolicyFileJudgement {
  const text = textOf(entry);
  const { list, faults, faultCount } = repairPolicyText(text);
  const kept = withoutDheSuites(list);
  const target = shorten ? shortenPolicyList(kept).list : kept;
  const { refusals, warnings } =
    target.length === 0
      ? { refusals: ['leaves-nothing' as const], warnings: [] }
      : guardAgainstLockout(list, target, false);
  const length = measurePolicyText(target);
  const order: CipherSuiteOrder = {
    offset: entry.offset,
    type: registryTypeName(entry.type),
    text,
    list,
    dheSuites: list.filter(isDheSuite),
    faults,
    faultCount,
    corrected: { text: formatPolicyText(target), list: target, length, refusals, warnings },
  };
  return { verdict: judgeOrder(order, entry.type), order };
}

function judgeOrder({ list, faults, corrected }: CipherSuiteOrder, type: number): PolicyFileVerdict {
  // Microsoft's own text for the setting lets every name end with a comma.
  const isSound = faults.every(({ kind }) => kind === 'unknown-name' || kind === 'trailing-separator');
  const isSame = corrected.list.length === list.length;
  if (type === RegistryType.string && isSound && isSame && list.length > 0) return 'in-order';
  if (corrected.refusals.length > 0) return 'refused';
  return corrected.length.length > corrected.length.limit ? 'too-long' : 'needs-repair';
}

function textOf({ type, data }: RegistryValue): string {
  if (type === RegistryType.multiString) return decodeMultiString(data).join(',');
  return type === RegistryType.string || type === RegistryType.expandString ? decodeString(data) : '';
}
