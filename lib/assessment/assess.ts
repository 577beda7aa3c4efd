/** Configuration → findings. Ids are stable and data are plain; sentences are the messages' business. */
import type { z } from 'zod';
import { findSuite, isDheSuite } from '../cipher-suite/cipher-suite';
import { duplicatesOf, isSameList, type SuiteList, withoutDheSuites } from '../cipher-suite/suite-list';
import {
  type Configuration,
  configuredList,
  type LayerId,
  layerIds,
  layerValue,
  policySeparator,
  policyText,
} from '../configuration/configuration';
import { findGoverningLayer, type Governance } from '../configuration/governing-layer';
import type { DeepReadonly } from '../deep-readonly';
import { formatPolicyText, longestPolicyText, repairPolicyText } from '../policy/policy-text';
import { registryTypeName } from '../registry-files/registry-value';
import { judgeLeadingZeroFix } from '../windows/leading-zero-fix';
import { stateKey } from '../windows/registry-places';
import { findWindowsVersion, isSupportedOn } from '../windows/versions';
import type { findingDataSchemas, severitySchema, verdictSchema } from './assessment-schema';
import { removalCosts } from './removal-cost';

export type Severity = z.infer<typeof severitySchema>;

/** What a finding of each id tells. */
export type FindingData = { readonly [Id in FindingId]: DeepReadonly<z.infer<(typeof findingDataSchemas)[Id]>> };

export type FindingId = keyof typeof findingDataSchemas;

export type Finding = {
  [Id in FindingId]: { readonly id: Id; readonly severity: Severity; readonly data: FindingData[Id] };
}[FindingId];

export interface Assessment {
  readonly verdict: z.infer<typeof verdictSchema>;
  readonly governance: Governance;
  /** The list in force: what CNG answered, or for an export what the governing layer holds. */
  readonly offered: readonly string[] | null;
  readonly dheSuites: readonly string[];
  /** Errors first, then warnings, then the rest; within these in a fixed order. */
  readonly findings: readonly Finding[];
}

/** Judges a configuration. Pure: the same configuration gives the same assessment. */
export function assess(configuration: Configuration): Assessment {
  const governance = findGoverningLayer(configuration);
  const offered =
    configuration.enumerated ?? configuredList(configuration, governance.layer) ?? emptyIfAbsent(configuration);
  const dheSuites = offered?.filter(isDheSuite) ?? [];
  const findings = [
    ...judgeOffer(configuration, governance, dheSuites),
    ...judgeGovernance(configuration, governance),
    ...layerIds.flatMap((layer) => judgeLayer(configuration, layer)),
    ...judgeDifference(configuration, governance),
    ...judgeWindows(configuration),
    ...judgeChange(configuration),
    ...(offered === null ? [] : judgeNames(configuration, offered)),
  ];
  const verdict = offered === null ? 'unknown' : dheSuites.length > 0 ? 'dhe-offered' : 'no-dhe-offered';
  return { verdict, governance, offered, dheSuites, findings: findings.sort(bySeverity) };
}

/** A local key without a list is an empty list; an export without the key tells nothing. */
function emptyIfAbsent({ layers }: Configuration): readonly string[] | null {
  return layers.local.status === 'unknown' ? null : [];
}

const severities: readonly Severity[] = ['error', 'warning', 'info'];

function bySeverity(one: Finding, other: Finding): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity);
}

function finding<Id extends FindingId>(id: Id, severity: Severity, data: FindingData[Id]): Finding {
  return { id, severity, data } as Finding;
}

function judgeOffer(configuration: Configuration, governance: Governance, dheSuites: readonly string[]): Finding[] {
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
  // Anything but absent or all ones switches it off (Microsoft's own analysis script for TLS 1.2 reads it so).
  const { enabled } = configuration.diffieHellman;
  if (enabled !== null && enabled !== 0xffffffff)
    findings.push(finding('diffie-hellman-disabled', 'info', { enabled }));
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
  const { key } = snapshot;
  if (snapshot.status === 'unknown') return [finding('layer-not-in-export', 'warning', { layer, key })];
  const value = layerValue(snapshot);
  if (value === undefined) return [];
  const found = registryTypeName(value.type);
  if (layer === 'local') {
    return configuredList(configuration, 'local') ? [] : [finding('local-wrong-type', 'warning', { found, key })];
  }
  const text = policyText(snapshot);
  if (text === undefined) {
    // A list is what MDM may well write; its type is not documented.
    const isList = layer === 'mdm' && configuredList(configuration, layer) !== undefined;
    return isList ? [] : [finding('policy-wrong-type', 'error', { layer, found, key })];
  }
  if (configuredList(configuration, layer)?.length === 0) return [finding('policy-empty', 'error', { layer, key })];
  return judgePolicyText(layer, text);
}

function judgePolicyText(layer: LayerId, text: string): Finding[] {
  const { list, faults, faultCount } = repairPolicyText(text, policySeparator(layer));
  const real = faults.filter(({ kind }) => kind !== 'unknown-name' && kind !== 'trailing-separator');
  const findings: Finding[] = [];
  if (real.length > 0) findings.push(finding('policy-text-malformed', 'error', { layer, faults, faultCount }));
  const { length } = formatPolicyText(list);
  if (layer === 'groupPolicy' && length > longestPolicyText) {
    findings.push(finding('policy-too-long', 'warning', { layer, length, limit: longestPolicyText }));
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

function judgeWindows({ windows }: Configuration): Finding[] {
  const { build, revision, installationType } = windows;
  if (build === null || findWindowsVersion(build, installationType ?? undefined) === undefined) {
    return [finding('windows-version-unknown', 'info', { build })];
  }
  const state = judgeLeadingZeroFix(windows);
  const severity = state === 'present' ? 'info' : 'warning';
  return [finding('leading-zero-fix', severity, { state, build, revision })];
}

function judgeChange({ change, stateProblems, bootTime, layers }: Configuration): Finding[] {
  const findings: Finding[] = [];
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

function judgeNames(configuration: Configuration, offered: SuiteList): Finding[] {
  const findings: Finding[] = [];
  const unknown = offered.filter((name) => findSuite(name) === undefined);
  if (unknown.length > 0) findings.push(finding('unknown-suites', 'warning', { suites: unknown }));
  const duplicates = duplicatesOf(offered);
  if (duplicates.length > 0) findings.push(finding('duplicate-suites', 'warning', { suites: duplicates }));
  const { build, installationType } = configuration.windows;
  const windows = build === null ? undefined : findWindowsVersion(build, installationType ?? undefined);
  const unsupported = offered.filter(
    (name) => windows !== undefined && findSuite(name) !== undefined && !isSupportedOn(windows, name),
  );
  if (windows !== undefined && unsupported.length > 0) {
    findings.push(finding('unsupported-suites', 'info', { suites: unsupported, windows }));
  }
  const costs = removalCosts(offered, withoutDheSuites(offered));
  if (costs.length > 0) findings.push(finding('removal-costs', 'warning', { costs }));
  return findings;
}
