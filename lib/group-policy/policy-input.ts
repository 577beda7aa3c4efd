/** What an input of any form says about the policy, as `policy-file` does of a Registry.pol. */
import { describePreferenceItems, type PreferenceItem } from '../assessment/policy-origins';
import { layerValue, policySeparator } from '../configuration/configuration';
import { openInput, policyTextOf } from '../inputs/open-configuration';
import { readInput } from '../inputs/read-input';
import { judgePolicyText, judgePolicyValue } from '../policy/judge-policy-text';
import { describeOrder, judgePolicyFile, type PolicyFileJudgement, type PolicyFileOptions } from './policy-file';

export interface PolicyInputJudgement {
  readonly judgement: PolicyFileJudgement;
  /** Whose text it is: MDM has its own sign between the names, and its own place. */
  readonly layer: 'groupPolicy' | 'mdm';
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
    return { judgement, layer: 'groupPolicy', isRegistryPol: true, preferenceItems: [], isFromDirtyHive: false };
  }
  const { layers, policyOrigins, isFromDirtyHive } = openInput(input, source);
  const preferenceItems = describePreferenceItems(policyOrigins);
  const layer = layers.groupPolicy.status === 'unknown' && layers.mdm.status === 'set' ? 'mdm' : 'groupPolicy';
  const separator = policySeparator(layer);
  const value = layerValue(layers[layer]);
  const judgement =
    value !== undefined
      ? describeOrder(judgePolicyValue(value, separator, options), null, options)
      : layers.groupPolicy.status === 'absent'
        ? ({ verdict: 'not-set', order: null } as const)
        : describeOrder(judgePolicyText(policyTextOf(input, ',', source), ',', options), null, options);
  return { judgement, layer, isRegistryPol: false, preferenceItems, isFromDirtyHive };
}
