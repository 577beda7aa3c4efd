/** Assessment → text: the verdict, the suites with the DHE ones marked, the findings, what to do next. */

import type { Assessment, Finding, Severity } from '../../assessment/assess';
import { isDheSuite } from '../../cipher-suite/cipher-suite';
import { findMeantSuite } from '../../cipher-suite/curve-suffix';
import type { Configuration } from '../../configuration/configuration';
import type { Messages } from '../../messages/shape';
import type { EffectReason, SuiteEffect } from '../../windows/suite-effect';
import { windowsDefaults } from '../../windows/versions';
import type { Colours } from '../terminal';
import { describeCosts } from './cost-view';
import { formatTable } from './table';

export function viewAssessment(
  assessment: Assessment,
  { source, windows }: Pick<Configuration, 'source' | 'windows'>,
  messages: Messages,
  colours: Colours,
): string {
  const { verdict, effects, findings } = assessment;
  const paint = { 'dhe-offered': colours.red, 'no-dhe-offered': colours.green, unknown: colours.yellow }[verdict];
  const paragraphs = [colours.bold(paint(describeVerdict(assessment, windows.productName, messages)))];
  if (effects.length > 0) paragraphs.push(viewSuites(effects, messages, colours));
  const lines = findings.map(
    (finding) =>
      `${paintSeverity(finding.severity, `[${messages.severity[finding.severity]}]`, colours)} ${describeFinding(finding, messages)}`,
  );
  if (lines.length > 0) paragraphs.push(lines.join('\n'));
  const next = nextStep(assessment, source);
  if (next !== undefined) paragraphs.push(messages.next[next]);
  return `${paragraphs.join('\n\n')}\n`;
}

export function describeVerdict(
  { verdict, doubt, version, effects, dheSuites }: Assessment,
  productName: string | null,
  messages: Messages,
): string {
  if (doubt !== null) return messages.unknown[doubt];
  const count = (wanted: SuiteEffect['effect']) => effects.filter(({ effect }) => effect === wanted).length;
  const system = version === null ? null : (productName ?? windowsDefaults[version].windows.join(' / '));
  const counts = { listed: effects.length, works: count('works'), mayWork: count('may-work'), dhe: dheSuites.length };
  return messages.verdict[verdict === 'dhe-offered' ? verdict : 'no-dhe-offered'](counts, system);
}

export function describeFinding(finding: Finding, messages: Messages): string {
  if (finding.id === 'removal-costs') return messages.removalCosts(describeCosts(finding.data.costs, messages));
  const sentence = messages.finding[finding.id] as (data: Finding['data'], messages: Messages) => string;
  return sentence(finding.data, messages);
}

function viewSuites(effects: readonly SuiteEffect[], messages: Messages, colours: Colours): string {
  const rows = effects.map((suite, index) => {
    const mark = isDheSuite(suite.name) && suite.effect !== 'no-effect' ? colours.red('DHE') : '';
    return [String(index + 1), suite.name, describeKeyExchange(suite.name), mark, describeEffect(suite, messages)];
  });
  return formatTable([messages.columns, ...rows]).trimEnd();
}

/** In a word or two; that the version is not known is told once, for all. */
export function describeEffect({ effect, reason }: SuiteEffect, { effects, effectReason }: Messages): string {
  if (reason === null || reason.id === 'windows-unknown') return effects[effect];
  const sentence = effectReason[reason.id] as (data: EffectReason) => string;
  return `${effects[effect]}: ${sentence(reason)}`;
}

function describeKeyExchange(name: string): string {
  const suite = findMeantSuite(name);
  return suite === undefined ? '?' : (suite.keyExchange ?? 'TLS 1.3');
}

function paintSeverity(severity: Severity, text: string, colours: Colours): string {
  return { error: colours.red, warning: colours.yellow, info: colours.cyan }[severity](text);
}

/** An interrupted change says itself what to do. */
function nextStep(
  { verdict, governance, findings }: Assessment,
  source: 'machine' | 'export',
): keyof Messages['next'] | undefined {
  const ids = findings.map(({ id }) => id);
  if (ids.includes('interrupted-change')) return undefined;
  const isMended = ids.some(
    (id) => id === 'policy-text-malformed' || id === 'policy-wrong-type' || id === 'policy-empty',
  );
  if (governance.layer !== 'local' && (verdict === 'dhe-offered' || isMended)) return 'policy';
  const isRewritten = source === 'export' && ids.includes('local-wrong-type');
  if (verdict !== 'dhe-offered' && !isRewritten) return undefined;
  return source === 'export' ? 'export' : 'disable';
}
