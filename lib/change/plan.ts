/** (configuration, options) → what would be done, or why nothing is. Pure and JSON-safe. */
import { createHash } from 'node:crypto';
import type { RemovalCost } from '../assessment/removal-cost';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { type PlacedSuite, placeDheSuites, type SuiteList, withoutDheSuites } from '../cipher-suite/suite-list';
import {
  type Configuration,
  configuredList,
  type LayerId,
  layerIds,
  policySeparator,
  policyText,
} from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import {
  formatPolicyText,
  measurePolicyText,
  type PolicyTextFault,
  type PolicyTextLength,
  repairPolicyText,
} from '../policy/policy-text';
import { guardAgainstLockout } from './lockout-guard';

export interface PlanOptions {
  /** Clean the local list also where a policy overrides it. */
  readonly localList?: boolean;
  /** Refuse where the guard would only warn. */
  readonly strict?: boolean;
}

export interface ChangePlan {
  readonly schemaVersion: 1;
  readonly kind: 'plan';
  /** SHA-256 of the configuration that it was made from; a plan is refused on any other. */
  readonly fingerprint: string;
  readonly verdict: 'nothing-to-do' | 'change' | 'governed-by-policy' | 'refused';
  readonly governingLayer: LayerId;
  /** The suites to remove from the local list, one for each occurrence, with their places in it. */
  readonly steps: readonly PlacedSuite[];
  /** The local list now and afterwards, and what CNG should answer afterwards. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly expectedEnumeration: readonly string[];
  /** Whether CNG's answer shows the whole local list; else the registry value does. */
  readonly localListIsEnumerated: boolean;
  readonly refusals: readonly RemovalCost[];
  readonly warnings: readonly RemovalCost[];
  /** What the policy in force should hold instead; null where no policy is in force or it is as it should be. */
  readonly policy: PolicyCorrection | null;
  /** The backup of an interrupted change that this one finishes. */
  readonly resumes: string | null;
}

export interface PolicyCorrection {
  readonly layer: Exclude<LayerId, 'local'>;
  readonly key: string;
  readonly valueName: string;
  /** The corrected text, one line without blanks, without DHE suites. */
  readonly text: string;
  readonly removed: readonly string[];
  readonly faults: readonly PolicyTextFault[];
  readonly faultCount: number;
  /** Against the limit of the policy editor; null for MDM, which has none that is known. */
  readonly length: PolicyTextLength | null;
}

/** Plans the removal of every DHE suite. */
export function planDisable(configuration: Configuration, options: PlanOptions = {}): ChangePlan {
  const strict = options.strict ?? false;
  const { layer } = findGoverningLayer(configuration);
  const policy = layer === 'local' ? null : correctPolicy(configuration, layer);
  const { before, localListIsEnumerated } = chooseLocalList(configuration, layer);
  const touchesLocalList = layer === 'local' || options.localList === true;
  const steps = touchesLocalList ? placeRemovals(configuration, before) : [];
  const after = touchesLocalList ? withoutDheSuites(before) : before;
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
      : steps.length > 0
        ? 'change'
        : policy === null
          ? 'nothing-to-do'
          : 'governed-by-policy';
  return {
    schemaVersion: 1,
    kind: 'plan',
    fingerprint: fingerprintOf(configuration),
    verdict,
    governingLayer: layer,
    steps: verdict === 'refused' ? [] : steps,
    before,
    after: verdict === 'refused' ? before : after,
    expectedEnumeration: verdict === 'refused' ? enumerated : expectedEnumeration,
    localListIsEnumerated,
    refusals,
    warnings,
    policy: policy?.correction ?? null,
    resumes: configuration.change?.state === 'in-progress' ? configuration.change.backupId : null,
  };
}

/** SHA-256, in hex, of everything that a plan depends on; times are left out. */
export function fingerprintOf(configuration: Configuration): string {
  const { layers, enumerated, fips, change } = configuration;
  const relevant = [layerIds.map((layer) => layers[layer].value), enumerated, fips, change?.state, change?.backupId];
  return createHash('sha256').update(JSON.stringify(relevant)).digest('hex');
}

/** CNG's answer is the local table itself, unless a policy or FIPS mode stands before it. */
export function chooseLocalList(
  configuration: Configuration,
  governing: LayerId,
): { readonly before: readonly string[]; readonly localListIsEnumerated: boolean } {
  const { enumerated, fips } = configuration;
  if (governing === 'local' && fips !== true && enumerated !== null)
    return { before: enumerated, localListIsEnumerated: true };
  return { before: configuredList(configuration, 'local') ?? [], localListIsEnumerated: false };
}

/** Also what stands in the registry alone, put there by hand since the last start: it would come back with the next. */
function placeRemovals(configuration: Configuration, local: SuiteList): PlacedSuite[] {
  const placed = placeDheSuites(local);
  const stored = placeDheSuites(configuredList(configuration, 'local') ?? []);
  return [...placed, ...stored.filter(({ name }) => !local.includes(name))];
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
