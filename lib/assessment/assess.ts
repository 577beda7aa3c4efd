/** Configuration → findings. Ids are stable and data are plain; sentences are the messages' business. */
import type { z } from 'zod';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { findMeantSuite } from '../cipher-suite/curve-suffix';
import { translateSuiteName } from '../cipher-suite/other-names';
import {
  doubtfulDheNames,
  duplicatesOf,
  isSameList,
  type SuiteList,
  withoutDheSuites,
} from '../cipher-suite/suite-list';
import { conditionsOf, windowsVersionOf } from '../configuration/conditions';
import {
  type Configuration,
  configuredList,
  hiddenDheNames,
  type LayerId,
  layerIds,
  storedDheSuites,
  textList,
} from '../configuration/configuration';
import { findGoverningLayer, type Governance } from '../configuration/governing-layer';
import type { DeepReadonly } from '../deep-readonly';
import type { PolicyJudgement } from '../policy/judge-policy-text';
import { formatPolicyText, longestPolicyText } from '../policy/policy-text';
import { registryTypeName } from '../registry-files/registry-value';
import { judgeCosts } from '../windows/effect-costs';
import { judgeLeadingZeroFix } from '../windows/leading-zero-fix';
import { exportedKeys, stateKey, strayPolicyKey } from '../windows/registry-places';
import { type Conditions, judgeSuitesInAnyRole, type SuiteEffect } from '../windows/suite-effect';
import type { WindowsVersionId } from '../windows/versions';
import type { doubtSchema, findingDataSchemas, severitySchema, verdictSchema } from './assessment-schema';
import { judgeLayerPolicy } from './judge-layer-policy';
import { describeGpos, describePreferenceItems, dheSuitesOf } from './policy-origins';

/** How much a finding matters, most first: `error`, `warning`, `info`. */
export type Severity = z.infer<typeof severitySchema>;

/** What a finding of each id tells. */
export type FindingData = { readonly [Id in FindingId]: DeepReadonly<z.infer<(typeof findingDataSchemas)[Id]>> };

/** Stable: scripts may compare them. */
export type FindingId = keyof typeof findingDataSchemas;

/** One thing that was noticed, with the facts that its sentence is made of. */
export type Finding = {
  [Id in FindingId]: { readonly id: Id; readonly severity: Severity; readonly data: FindingData[Id] };
}[FindingId];

/** Why it is not known whether DHE is offered. */
export type Doubt = z.infer<typeof doubtSchema>;

/** What a configuration comes to. */
export interface Assessment {
  /** `no-dhe-offered` only where that is known: the list in force is well formed, and none of its DHE suites works or may work. */
  readonly verdict: z.infer<typeof verdictSchema>;
  /** With the verdict `unknown`: why; else null. */
  readonly doubt: Doubt | null;
  readonly governance: Governance;
  /** Null where neither the snapshot nor the options tell. */
  readonly version: WindowsVersionId | null;
  /** The list in force: what CNG answered, or for an export what the governing layer holds. */
  readonly listed: readonly string[] | null;
  /** Those of it that work or may work. */
  readonly offered: readonly string[] | null;
  /** What each entry of the list does here, as client or as server, whichever is better. */
  readonly effects: readonly SuiteEffect[];
  /** The DHE suites that are offered. */
  readonly dheSuites: readonly string[];
  /** Errors first, then warnings, then the rest; within these in a fixed order. */
  readonly findings: readonly Finding[];
}

/** What the configuration itself does not tell. */
export interface AssessOptions {
  /** The version of a snapshot that does not know its own. */
  readonly windows?: WindowsVersionId | undefined;
}

/** Judges a configuration. Pure: the same configuration gives the same assessment. */
export function assess(configuration: Configuration, options: AssessOptions = {}): Assessment {
  const governance = findGoverningLayer(configuration);
  const listed = configuration.enumerated ?? meantList(configuration, governance.layer);
  const conditions = conditionsOf(configuration, { isEnumerated: configuration.enumerated !== null, ...options });
  const effects = listed === null ? [] : judgeSuitesInAnyRole(listed, conditions);
  const offered = effects.filter(({ effect }) => effect !== 'no-effect').map(({ name }) => name);
  const dheSuites = offered.filter(isDheSuite);
  const policies = policyLayers.map((layer) => ({ layer, judgement: judgeLayerPolicy(configuration, layer, options) }));
  const found = findDoubt(configuration, governance, listed, policies);
  const verdict = dheSuites.length > 0 ? 'dhe-offered' : found === null ? 'no-dhe-offered' : 'unknown';
  const version = conditions.windows ?? null;
  const findings = [
    ...judgeOffer(configuration, governance, dheSuites, effects),
    ...judgeEffects(effects, version, configuration.enumerated !== null || found !== 'malformed'),
    ...judgeGovernance(configuration, governance),
    ...layerIds.flatMap((layer) => judgeLayer(configuration, layer)),
    ...policies.flatMap(({ layer, judgement }) => judgePolicy(configuration, layer, judgement)),
    ...(configuration.isFromDirtyHive ? [finding('dirty-hive', 'warning', {})] : []),
    ...judgeOrigins(configuration),
    ...judgeDifference(configuration, governance),
    ...judgeWindows(configuration, options),
    ...judgeChange(configuration),
    ...(listed === null ? [] : judgeNames(listed)),
    ...judgeRemoval(listed, governance, policies, conditions),
  ];
  const doubt = verdict === 'unknown' ? found : null;
  return {
    verdict,
    doubt,
    governance,
    version,
    listed,
    offered: listed === null ? null : offered,
    effects,
    dheSuites,
    findings: findings.sort(bySeverity),
  };
}

const policyLayers = ['groupPolicy', 'mdm'] as const;

type JudgedPolicy = { readonly layer: (typeof policyLayers)[number]; readonly judgement: PolicyJudgement | null };

/** What a layer was meant to hold: a local list that was written as one text has its names all the same. */
function meantList(configuration: Configuration, layer: LayerId): readonly string[] | null {
  const list = configuredList(configuration, layer) ?? textList(configuration);
  return list ?? (configuration.layers.local.status === 'unknown' ? null : []);
}

function findDoubt(
  configuration: Configuration,
  { layer, certain, passedOver }: Governance,
  listed: readonly string[] | null,
  policies: readonly JudgedPolicy[],
): Doubt | null {
  if (listed === null) return 'not-in-export';
  const judgement = policies.find((policy) => policy.layer === layer)?.judgement ?? null;
  if (judgement !== null && judgement.doubt !== null) return judgement.doubt;
  // Whether CNG's answer has the policy in it is proved for recent builds alone.
  const isContradicted = judgement?.verdict === 'dhe-offered' && configuration.fips !== true;
  const { value } = configuration.layers.local;
  if (layer === 'local' && value !== null && configuredList(configuration, 'local') === undefined) return 'wrong-type';
  if (listed.length === 0) return 'empty';
  if (!listed.some((name) => findMeantSuite(name) !== undefined)) return 'no-known-name';
  const hidden = layer === 'local' && configuration.enumerated === null ? hiddenDheNames(configuration) : [];
  if (doubtfulDheNames(listed).length + hidden.length > 0) return 'dhe-in-unknown-name';
  const waiting = layer === 'local' && configuration.fips !== true ? storedDheSuites(configuration) : [];
  if (waiting.some((name) => !listed.includes(name))) return 'dhe-not-in-answer';
  if (certain && !isContradicted) return configuration.isFromDirtyHive ? 'dirty-hive' : null;
  const passed = policies.find((policy) => passedOver.some((over) => over.layer === policy.layer))?.judgement;
  return passed?.doubt ?? 'governing-layer-uncertain';
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

function bySeverity(one: Finding, other: Finding): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity);
}

function finding<Id extends FindingId>(id: Id, severity: Severity, data: FindingData[Id]): Finding {
  return { id, severity, data } as Finding;
}

function judgeOffer(
  configuration: Configuration,
  governance: Governance,
  dheSuites: readonly string[],
  effects: readonly SuiteEffect[],
): Finding[] {
  const findings: Finding[] = [];
  if (dheSuites.length > 0) findings.push(finding('dhe-offered', 'error', { suites: dheSuites }));
  const configured = configuredList(configuration, governance.layer)?.filter(isDheSuite) ?? [];
  const hidden = configured.filter((name) => !dheSuites.includes(name));
  if (configuration.fips === true && configuration.enumerated !== null && hidden.length > 0) {
    findings.push(finding('dhe-hidden-by-fips', 'warning', { suites: hidden }));
  }
  const overridden =
    governance.layer === 'local' ? [] : (configuredList(configuration, 'local') ?? []).filter(isDheSuite);
  if (overridden.length > 0) {
    findings.push(finding('dhe-in-overridden-list', 'info', { suites: overridden, governing: governance.layer }));
  }
  const { enabled } = configuration.diffieHellman;
  if (enabled !== null && enabled !== 0xffffffff) {
    const suites = effects.filter(({ name }) => isDheSuite(name)).map(({ name }) => name);
    findings.push(
      enabled === 0
        ? finding('diffie-hellman-disabled', 'info', { enabled, suites })
        : finding('diffie-hellman-unclear', 'warning', { enabled, suites }),
    );
  }
  return findings;
}

function judgeEffects(
  effects: readonly SuiteEffect[],
  windows: WindowsVersionId | null,
  areNamesRead: boolean,
): Finding[] {
  const findings: Finding[] = [];
  const names = (wanted: (effect: SuiteEffect) => boolean) => effects.filter(wanted).map(({ name }) => name);
  if (areNamesRead && effects.length > 0 && effects.every(({ effect }) => effect === 'no-effect')) {
    findings.push(finding('nothing-works-here', 'error', { windows, listed: effects.length }));
  }
  const unsupported = names(({ reason }) => reason?.id === 'other-windows');
  if (windows !== null && unsupported.length > 0) {
    findings.push(finding('unsupported-suites', 'warning', { suites: unsupported, windows }));
  }
  const suffixed = effects.flatMap(({ name, reason }) =>
    reason?.id === 'curve-suffix' ? [{ name, write: reason.write }] : [],
  );
  if (suffixed.length > 0) {
    const severity = effects.some(({ effect }) => effect === 'works') ? 'warning' : 'error';
    findings.push(finding('curve-suffixes', severity, { suites: suffixed }));
  }
  return findings;
}

function judgeGovernance(configuration: Configuration, governance: Governance): Finding[] {
  const findings: Finding[] = [];
  const { key, valueName } = configuration.layers[governance.layer];
  if (governance.layer === 'groupPolicy')
    findings.push(finding('governed-by-group-policy', 'info', { key, valueName }));
  if (governance.layer === 'mdm') findings.push(finding('governed-by-mdm', 'info', { key, valueName }));
  if (!governance.certain) findings.push(finding('governing-layer-uncertain', 'warning', { layer: governance.layer }));
  return findings;
}

function judgeLayer(configuration: Configuration, layer: LayerId): Finding[] {
  const snapshot = configuration.layers[layer];
  const { key, value } = snapshot;
  if (snapshot.status === 'unknown') {
    return [finding('layer-not-in-export', 'warning', { layer, key, exportKey: exportedKeys[layer] })];
  }
  if (layer !== 'local' || value === null || configuredList(configuration, 'local') !== undefined) return [];
  return [finding('local-wrong-type', 'error', { found: registryTypeName(value.type), key })];
}

function judgePolicy(
  configuration: Configuration,
  layer: JudgedPolicy['layer'],
  judgement: PolicyJudgement | null,
): Finding[] {
  if (judgement === null) return [];
  const { key } = configuration.layers[layer];
  const { doubt, faults, faultCount, type, corrected } = judgement;
  if (doubt === 'wrong-type') return [finding('policy-wrong-type', 'error', { layer, found: type ?? '', key })];
  if (doubt === 'empty') return [finding('policy-empty', 'error', { layer, key })];
  const findings: Finding[] = [];
  if (doubt !== null) findings.push(finding('policy-text-malformed', 'error', { layer, faults, faultCount }));
  const length = layer === 'groupPolicy' ? formatPolicyText(judgement.list).length : 0;
  if (length > longestPolicyText) {
    const shortened = corrected.length?.length ?? length;
    findings.push(finding('policy-too-long', 'warning', { layer, length, shortened, limit: longestPolicyText }));
  }
  return findings;
}

function judgeOrigins({ policyOrigins }: Configuration): Finding[] {
  const findings: Finding[] = [];
  const origins = describeGpos(policyOrigins);
  const isOpen = origins.length > 1 && !origins.some(({ isInForce }) => isInForce);
  if (origins.length > 0) findings.push(finding('policy-origins', isOpen ? 'warning' : 'info', { origins }));
  const items = describePreferenceItems(policyOrigins);
  if (items.length > 0) findings.push(finding('preference-items', 'warning', { items }));
  const stray = policyOrigins.find(({ kind }) => kind === 'wow6432-node');
  if (stray !== undefined) {
    findings.push(finding('policy-without-effect', 'info', { key: strayPolicyKey, dheSuites: dheSuitesOf(stray) }));
  }
  return findings;
}

function judgeDifference(configuration: Configuration, { layer }: Governance): Finding[] {
  const { enumerated } = configuration;
  const configured = configuredList(configuration, layer);
  // FIPS mode filters the answer by a rule that is not documented, so the two lists may then differ.
  if (enumerated === null || configured === undefined || configuration.fips === true) return [];
  if (isSameList(enumerated, configured)) return [];
  const onlyConfigured = configured.filter((name) => !enumerated.includes(name));
  const onlyEnumerated = enumerated.filter((name) => !configured.includes(name));
  return [finding('configured-enumerated-differ', 'warning', { layer, onlyConfigured, onlyEnumerated })];
}

function judgeWindows(configuration: Configuration, options: AssessOptions): Finding[] {
  const { windows } = configuration;
  const { build, revision } = windows;
  if (windowsVersionOf(configuration) === undefined) {
    if (options.windows !== undefined) return [];
    return [finding('windows-version-unknown', 'info', { build })];
  }
  const state = judgeLeadingZeroFix(windows);
  const severity = state === 'present' ? 'info' : 'warning';
  return [finding('leading-zero-fix', severity, { state, build, revision })];
}

function judgeChange(configuration: Configuration): Finding[] {
  const { change, eventLogging, stateProblems, bootTime, layers, takenAt } = configuration;
  const findings: Finding[] = [];
  if (eventLogging !== null) {
    const { startedAt, until } = eventLogging;
    const isOver = until !== null && until <= takenAt;
    findings.push(finding('event-logging-set', isOver ? 'warning' : 'info', { startedAt, until, isOver }));
  }
  if (stateProblems.length > 0) {
    findings.push(finding('stored-state-unreadable', 'warning', { key: stateKey, entries: stateProblems }));
  }
  if (change?.state === 'in-progress') {
    const { operation, backupId, startedAt } = change;
    findings.push(finding('interrupted-change', 'error', { operation, backupId, startedAt }));
  }
  if (bootTime === null) return findings;
  const own = change?.finishedAt ?? change?.startedAt;
  const keyTimes = layerIds.flatMap((layer) => layers[layer].keyWriteTime ?? []);
  const written = keyTimes.sort().at(-1);
  if (own !== undefined && change?.state !== 'undone' && own > bootTime) {
    findings.push(finding('restart-advised', 'warning', { certain: true, changedAt: own, bootTime }));
  } else if (written !== undefined && written > bootTime) {
    // Another value of the key may have been written, or the same one again.
    findings.push(finding('restart-advised', 'warning', { certain: false, changedAt: written, bootTime }));
  }
  return findings;
}

function judgeNames(listed: SuiteList): Finding[] {
  const findings: Finding[] = [];
  const unknown = listed.filter((name) => findMeantSuite(name) === undefined);
  if (unknown.length > 0) {
    const suites = unknown.map((name) => ({ name, write: translateSuiteName(name) ?? null }));
    findings.push(finding('unknown-suites', 'warning', { suites }));
  }
  const duplicates = duplicatesOf(listed);
  if (duplicates.length > 0) findings.push(finding('duplicate-suites', 'warning', { suites: duplicates }));
  return findings;
}

/** What going to the list without DHE costs: the corrected policy where one governs, so that this and the plan say the same. */
function judgeRemoval(
  listed: readonly string[] | null,
  { layer }: Governance,
  policies: readonly JudgedPolicy[],
  conditions: Conditions,
): Finding[] {
  const policy = policies.find((one) => one.layer === layer)?.judgement;
  if (policy !== null && policy !== undefined) {
    const costs = [...policy.refusals, ...policy.warnings];
    return policy.isInOrder || costs.length === 0 ? [] : [finding('removal-costs', 'warning', { costs })];
  }
  if (listed === null) return [];
  const after = withoutDheSuites(listed);
  if (after.length === listed.length) return [];
  const windows = conditions.windows ?? null;
  const costs = judgeCosts(listed, after, conditions).map((cost) => ({ ...cost, windows }));
  return costs.length === 0 ? [] : [finding('removal-costs', 'warning', { costs })];
}
