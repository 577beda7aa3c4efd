/** What a Registry.pol says about the cipher suite order, and the file as it should be. */
import {
  type Cost,
  judgePolicyValue,
  type PolicyJudgement,
  type PolicyJudgementOptions,
} from '../policy/judge-policy-text';
import { measurePolicyText, type PolicyTextFault, type PolicyTextLength } from '../policy/policy-text';
import {
  findRegistryPolValue,
  type RegistryPolEntry,
  readRegistryPol,
  replaceRegistryPolEntry,
} from '../registry-files/registry-pol';
import { encodeString } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';

/** `not-set`: no such value; `deleted`: the policy takes it away; `refused`, `too-long`: it needs a hand. */
export type PolicyFileVerdict = 'not-set' | 'deleted' | 'in-order' | 'needs-repair' | 'too-long' | 'refused';

/** What was found in one Registry.pol. */
export interface PolicyFileJudgement {
  readonly verdict: PolicyFileVerdict;
  /** Null where the policy does not set the order. */
  readonly order: CipherSuiteOrder | null;
}

/** The policy "SSL Cipher Suite Order" in one Registry.pol. */
export interface CipherSuiteOrder {
  /** Of the record in a Registry.pol, in bytes; null in a file of another form. */
  readonly offset: number | null;
  /** Such as `REG_SZ`, the only type that Windows takes; null for a text that came from no registry. */
  readonly type: string | null;
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
    readonly refusals: readonly Cost[];
    readonly warnings: readonly Cost[];
  };
}

/** By what a policy is judged. */
export type PolicyFileOptions = Pick<PolicyJudgementOptions, 'shorten' | 'windows' | 'machine' | 'ecdsaOnly'>;

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

function judgeEntry(entry: RegistryPolEntry, options: PolicyFileOptions): PolicyFileJudgement {
  return describeOrder(judgePolicyValue(entry, ',', options), entry.offset, options);
}

/** The judgement of a policy's value or text, for the file that it stands in. */
export function describeOrder(
  judgement: PolicyJudgement,
  offset: number | null,
  { windows = [] }: PolicyFileOptions,
): PolicyFileJudgement {
  const { type, text, list, dheSuites, faults, faultCount, corrected, refusals, warnings } = judgement;
  const length = corrected.length ?? measurePolicyText(corrected.list, windows);
  const order: CipherSuiteOrder = {
    offset,
    type,
    text,
    list,
    dheSuites,
    faults,
    faultCount,
    corrected: { text: corrected.text, list: corrected.list, length, refusals, warnings },
  };
  if (judgement.isInOrder) return { verdict: 'in-order', order };
  if (refusals.length > 0) return { verdict: 'refused', order };
  // MDM knows no such limit.
  const isTooLong = corrected.length !== null && length.length > length.limit;
  return { verdict: isTooLong ? 'too-long' : 'needs-repair', order };
}
