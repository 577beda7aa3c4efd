/** (configuration, options) → what would be done, or why nothing is. Pure and JSON-safe. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { judgeLayerPolicy } from '../assessment/judge-layer-policy';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { doubtfulDheNames, placeDheSuites, withoutDheSuites } from '../cipher-suite/suite-list';
import { conditionsOf } from '../configuration/conditions';
import {
  type Configuration,
  hiddenDheNames,
  layerIds,
  storedDheSuites,
  textList,
} from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import type { DeepReadonly } from '../deep-readonly';
import type { Cost } from '../policy/judge-policy-text';
import type { WindowsVersionId } from '../windows/versions';
import { chooseLocalList } from './local-list';
import { type GuardJudgement, type GuardOptions, guardAgainstLockout, judgeNewList } from './lockout-guard';
import type { changePlanSchema } from './plan-schema';

/** What a removal may do, and what is known of the Windows beside the configuration. */
export interface PlanOptions extends GuardOptions {
  /** Clean the local list also where a policy overrides it. */
  readonly localList?: boolean;
  /** The version of a snapshot that does not know its own. */
  readonly windows?: WindowsVersionId;
}

/** What a removal would do, for one configuration: `applyPlan` refuses it for any other. */
export type ChangePlan = DeepReadonly<z.infer<typeof changePlanSchema>>;

/** The text that the policy in force should get; nothing here writes it. */
export type PolicyCorrection = NonNullable<ChangePlan['policy']>;

/** Plans the removal of every DHE suite. */
export function planDisable(configuration: Configuration, options: PlanOptions = {}): ChangePlan {
  const { layer } = findGoverningLayer(configuration);
  const policy = layer === 'local' ? null : correctPolicy(configuration, layer, options);
  const { list: before, isEnumerated } = chooseLocalList(configuration, layer);
  const interrupted = configuration.change?.state === 'in-progress' ? configuration.change : null;
  // A removal that was interrupted is brought to its end also where a policy came into force in the meantime.
  const touchesLocalList = layer === 'local' || options.localList === true || interrupted?.operation === 'disable';
  const steps = touchesLocalList ? placeDheSuites(before) : [];
  const after = touchesLocalList ? withoutDheSuites(before) : before;
  // An edit for the machine of an export also gives a list that was written as one text its right type.
  const isRetyped = touchesLocalList && configuration.source === 'export' && textList(configuration) !== undefined;
  // Put there by hand since the last start. CNG does not know of it yet, so nothing could be removed or proved.
  const waitsForRestart = touchesLocalList && storedDheSuites(configuration).some((name) => !before.includes(name));
  const enumerated = configuration.enumerated ?? [];
  const expectedEnumeration = layer === 'local' ? withoutDheSuites(enumerated) : enumerated;

  const at = (enumerated: boolean) =>
    conditionsOf(configuration, { isEnumerated: enumerated, windows: options.windows });
  const judgements = [
    (isRetyped ? judgeNewList : guardAgainstLockout)(before, after, at(isEnumerated), options),
    guardAgainstLockout(enumerated, expectedEnumeration, at(true), options),
    ...(policy === null ? [] : [policy]),
  ];
  const hidden = isEnumerated ? [] : hiddenDheNames(configuration);
  if (touchesLocalList && doubtfulDheNames(after).length + hidden.length > 0) {
    const cost: Cost = { id: 'dhe-in-unknown-name', roles: [], peers: [], windows: null };
    // What can be removed is; where nothing can, it must not be said that nothing is there.
    const isIdle = steps.length === 0 && !isRetyped;
    judgements.push(isIdle ? { refusals: [cost], warnings: [] } : { refusals: [], warnings: [cost] });
  }
  const refusals = distinct(judgements.flatMap((judgement) => judgement.refusals));
  const warnings = distinct(judgements.flatMap((judgement) => judgement.warnings));
  const verdict =
    refusals.length > 0
      ? 'refused'
      : waitsForRestart
        ? 'restart-first'
        : steps.length > 0 || isRetyped
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

/** Null where the policy is as it should be. */
function correctPolicy(
  configuration: Configuration,
  layer: PolicyCorrection['layer'],
  options: PlanOptions,
): (GuardJudgement & { readonly correction: PolicyCorrection }) | null {
  const { key, valueName } = configuration.layers[layer];
  const judgement = judgeLayerPolicy(configuration, layer, options);
  if (judgement === null) return null;
  if (judgement.isInOrder && !configuration.enumerated?.some(isDheSuite)) return null;
  const { corrected, faults, faultCount, refusals, warnings } = judgement;
  const { text, removed, length } = corrected;
  return { refusals, warnings, correction: { layer, key, valueName, text, removed, faults, faultCount, length } };
}

function distinct(costs: readonly Cost[]): Cost[] {
  const seen = new Set<string>();
  return costs.filter((cost) => !seen.has(JSON.stringify(cost)) && seen.add(JSON.stringify(cost)));
}
