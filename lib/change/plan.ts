/** (configuration, options) → what would be done, or why nothing is. Pure and JSON-safe. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { placeDheSuites, withoutDheSuites } from '../cipher-suite/suite-list';
import {
  type Configuration,
  configuredList,
  layerIds,
  policySeparator,
  policyText,
} from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import type { DeepReadonly } from '../deep-readonly';
import { formatPolicyText, measurePolicyText, repairPolicyText } from '../policy/policy-text';
import { chooseLocalList } from './local-list';
import { guardAgainstLockout } from './lockout-guard';
import type { changePlanSchema } from './plan-schema';

export interface PlanOptions {
  /** Clean the local list also where a policy overrides it. */
  readonly localList?: boolean;
  /** Refuse where the guard would only warn. */
  readonly strict?: boolean;
}

export type ChangePlan = DeepReadonly<z.infer<typeof changePlanSchema>>;

export type PolicyCorrection = NonNullable<ChangePlan['policy']>;

/** Plans the removal of every DHE suite. */
export function planDisable(configuration: Configuration, options: PlanOptions = {}): ChangePlan {
  const strict = options.strict ?? false;
  const { layer } = findGoverningLayer(configuration);
  const policy = layer === 'local' ? null : correctPolicy(configuration, layer);
  const { list: before, isEnumerated } = chooseLocalList(configuration, layer);
  const interrupted = configuration.change?.state === 'in-progress' ? configuration.change : null;
  // A removal that was interrupted is brought to its end also where a policy came into force in the meantime.
  const touchesLocalList = layer === 'local' || options.localList === true || interrupted?.operation === 'disable';
  const steps = touchesLocalList ? placeDheSuites(before) : [];
  const after = touchesLocalList ? withoutDheSuites(before) : before;
  // Put there by hand since the last start. CNG does not know of it yet, so nothing could be removed or proved.
  const waitsForRestart = touchesLocalList && storedDheSuites(configuration).some((name) => !before.includes(name));
  const enumerated = configuration.enumerated ?? [];
  const expectedEnumeration = layer === 'local' ? withoutDheSuites(enumerated) : enumerated;

  const judgements = [
    guardAgainstLockout(before, after, strict),
    guardAgainstLockout(enumerated, expectedEnumeration, strict),
    ...(policy === null ? [] : [guardAgainstLockout(policy.before, policy.after, strict)]),
  ];
  const refusals = [...new Set(judgements.flatMap((judgement) => judgement.refusals))];
  const warnings = [...new Set(judgements.flatMap((judgement) => judgement.warnings))];
  const verdict =
    refusals.length > 0
      ? 'refused'
      : waitsForRestart
        ? 'restart-first'
        : steps.length > 0
          ? 'change'
          : policy === null
            ? 'nothing-to-do'
            : 'governed-by-policy';
  const isHeld = verdict === 'refused' || verdict === 'restart-first';
  return {
    schemaVersion: 1,
    kind: 'plan',
    fingerprint: fingerprintOf(configuration),
    verdict,
    governingLayer: layer,
    steps: isHeld ? [] : steps,
    before,
    after: isHeld ? before : after,
    expectedEnumeration: isHeld ? enumerated : expectedEnumeration,
    localListIsEnumerated: isEnumerated,
    refusals,
    warnings,
    policy: policy?.correction ?? null,
    resumes: interrupted?.backupId ?? null,
  };
}

/** SHA-256, in hex, of everything that a plan depends on; times are left out. */
export function fingerprintOf(configuration: Configuration): string {
  const { layers, enumerated, fips, change } = configuration;
  const relevant = [layerIds.map((layer) => layers[layer].value), enumerated, fips, change?.state, change?.backupId];
  return createHash('sha256').update(JSON.stringify(relevant)).digest('hex');
}

function storedDheSuites(configuration: Configuration): string[] {
  return (configuredList(configuration, 'local') ?? []).filter(isDheSuite);
}

function correctPolicy(configuration: Configuration, layer: PolicyCorrection['layer']) {
  const { key, valueName } = configuration.layers[layer];
  const separator = policySeparator(layer);
  const text =
    policyText(configuration.layers[layer]) ?? formatPolicyText(configuredList(configuration, layer) ?? [], separator);
  const { list: before, faults, faultCount } = repairPolicyText(text, separator);
  const after = withoutDheSuites(before);
  const length = layer === 'groupPolicy' ? measurePolicyText(after) : null;
  const removed = before.filter(isDheSuite);
  const isClean =
    removed.length === 0 && faults.every(({ kind }) => kind === 'unknown-name' || kind === 'trailing-separator');
  if (isClean && !configuration.enumerated?.some(isDheSuite)) return null;
  const correction: PolicyCorrection = {
    layer,
    key,
    valueName,
    text: formatPolicyText(after, separator),
    removed,
    faults,
    faultCount,
    length,
  };
  return { before, after, correction };
}
