/** Who sets the order, as reports and preference files tell. */
import type { z } from 'zod';
import { layerValue, type PolicyOrigin, policySeparator } from '../configuration/configuration';
import type { DeepReadonly } from '../deep-readonly';
import { judgePolicyValue } from '../policy/judge-policy-text';
import type { findingDataSchemas } from './assessment-schema';

type Data<Id extends keyof typeof findingDataSchemas> = DeepReadonly<z.infer<(typeof findingDataSchemas)[Id]>>;

/** An item of Group Policy preferences that sets the order. */
export type PreferenceItem = Data<'preference-items'>['items'][number];

export function describeGpos(origins: readonly PolicyOrigin[]): Data<'policy-origins'>['origins'] {
  return origins.flatMap((origin) => {
    const { kind, name, links, isInForce, isDisabled } = origin;
    return kind === 'gpo' ? [{ name, links, isInForce, isDisabled, dheSuites: dheSuitesOf(origin) }] : [];
  });
}

/** Each sets the order beside the policy, and whichever is applied last wins until the next time. */
export function describePreferenceItems(origins: readonly PolicyOrigin[]): readonly PreferenceItem[] {
  return origins.flatMap((origin) => {
    const { action, name, links, isDisabled, isTargeted } = origin;
    return action === null ? [] : [{ name, links, isDisabled, isTargeted, action, dheSuites: dheSuitesOf(origin) }];
  });
}

export function dheSuitesOf({ value, layer }: PolicyOrigin): readonly string[] {
  const set = layerValue({ value });
  return set === undefined ? [] : judgePolicyValue(set, policySeparator(layer)).dheSuites;
}
