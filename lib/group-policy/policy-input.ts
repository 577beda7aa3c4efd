/** What an input of any form says about the policy, as `policy-file` does of a Registry.pol. */
import { describePreferenceItems, type PreferenceItem } from '../assessment/policy-origins';
import { layerValue } from '../configuration/configuration';
import { openInput, policyTextOf } from '../inputs/open-configuration';
import { readInput } from '../inputs/read-input';
import { judgePolicyText, judgePolicyValue } from '../policy/judge-policy-text';
import { describeOrder, judgePolicyFile, type PolicyFileJudgement, type PolicyFileOptions } from './policy-file';

export interface PolicyInputJudgement {
  readonly judgement: PolicyFileJudgement;
  /** Whether the file itself can be corrected. */
  readonly isRegistryPol: boolean;
  /** Those that set the order too, beside the policy. */
  readonly preferenceItems: readonly PreferenceItem[];
  /** A hive that was not written whole may be no longer what it says. */
  readonly isFromDirtyHive: boolean;
}

/** @throws InvalidInputError, InputTooLargeError as `readInput` */
export function judgePolicyInput(
  bytes: Uint8Array,
  source: string,
  options: PolicyFileOptions = {},
): PolicyInputJudgement {
  const input = readInput(bytes, source);
  if (input.form === 'registry-pol') {
    const judgement = judgePolicyFile(bytes, source, options);
    return { judgement, isRegistryPol: true, preferenceItems: [], isFromDirtyHive: false };
  }
  const { layers, policyOrigins, isFromDirtyHive } = openInput(input, source);
  const preferenceItems = describePreferenceItems(policyOrigins);
  const value = layerValue(layers.groupPolicy);
  const judgement =
    value !== undefined
      ? describeOrder(judgePolicyValue(value, ',', options), null, options)
      : layers.groupPolicy.status === 'absent'
        ? ({ verdict: 'not-set', order: null } as const)
        : describeOrder(judgePolicyText(policyTextOf(input, ',', source), ',', options), null, options);
  return { judgement, isRegistryPol: false, preferenceItems, isFromDirtyHive };
}
