/** The judgement of the policy value that a layer of a machine holds, for that machine's Windows and settings. */
import { conditionsOf } from '../configuration/conditions';
import { type Configuration, type LayerId, layerValue, policySeparator } from '../configuration/configuration';
import { judgePolicyValue, type PolicyJudgement, type PolicyJudgementOptions } from '../policy/judge-policy-text';
import type { WindowsVersionId } from '../windows/versions';

export type MachinePolicyOptions = Pick<PolicyJudgementOptions, 'strict' | 'ecdsaOnly'> & {
  readonly windows?: WindowsVersionId | undefined;
};

/** Null where the layer holds no value. */
export function judgeLayerPolicy(
  configuration: Configuration,
  layer: Exclude<LayerId, 'local'>,
  { windows: named, strict = false, ecdsaOnly = false }: MachinePolicyOptions = {},
): PolicyJudgement | null {
  const value = layerValue(configuration.layers[layer]);
  if (value === undefined) return null;
  const { windows, ...machine } = conditionsOf(configuration, { isEnumerated: false, windows: named });
  return judgePolicyValue(value, policySeparator(layer), {
    machine,
    windows: windows === undefined ? [] : [windows],
    strict,
    ecdsaOnly,
  });
}
