/** Assessment → text: the verdict, the suites that matter or all of them, the findings, what to do next. */

import type { Assessment, Finding, Severity } from '../../assessment/assess';
import { isDheSuite } from '../../cipher-suite/cipher-suite';
import { findMeantSuite } from '../../cipher-suite/curve-suffix';
import type { Configuration } from '../../configuration/configuration';
import type { Messages } from '../../messages/shape';
import type { EffectReason, SuiteEffect } from '../../windows/suite-effect';
import { windowsDefaults } from '../../windows/versions';
import type { Colours } from '../terminal';
import { describeCosts } from './cost-view';
import { formatLocalTime } from './local-time';
import { fitsScreen, formatTable, screen } from './table';

/** Everything where that fits a screen or `isWhole`, else what matters. A longer text ends as it began. */
export function viewAssessment(
  assessment: Assessment,
  { source, windows }: Pick<Configuration, 'source' | 'windows'>,
  messages: Messages,
  colours: Colours,
  isWhole = false,
): string {
  const { verdict, effects, findings } = assessment;
  const paint = { 'dhe-offered': colours.red, 'no-dhe-offered': colours.green, unknown: colours.yellow }[verdict];
  const sentence = colours.bold(paint(describeVerdict(assessment, windows.productName, messages)));
  const next = nextStep(assessment, source);
  const compose = (suites: string, areCostsCounted: boolean, isRepeated = false) =>
    `${[
      sentence,
      suites,
      viewFindings(findings, areCostsCounted, messages, colours),
      isRepeated ? sentence : '',
      next === undefined ? '' : messages.next[next],
    ]
      .filter((paragraph) => paragraph !== '')
      .join('\n\n')}\n`;
  const all = isWhole || effects.length <= screen.lines ? viewSuites(effects, messages, colours) : undefined;
  if (isWhole) return compose(all ?? '', false, !fitsScreen(compose(all ?? '', false)));
  const some = viewSuitesThatMatter(effects, messages);
  const tries = [...(all === undefined ? [] : [[all, false] as const]), [some, false] as const, [some, true] as const];
  for (const [suites, areCostsCounted] of tries) {
    const text = compose(suites, areCostsCounted);
    if (fitsScreen(text)) return text;
  }
  return compose(some, true, true);
}

/** Without what the table shows. The costs are counted where "disable --dry-run" has to tell them. */
function viewFindings(
  findings: readonly Finding[],
  areCostsCounted: boolean,
  messages: Messages,
  colours: Colours,
): string {
  return findings
    .filter(({ id }) => id !== 'dhe-offered')
    .map((finding) => {
      const mark = paintSeverity(finding.severity, `[${messages.severity[finding.severity]}]`, colours);
      const isCounted = areCostsCounted && finding.id === 'removal-costs' && finding.data.costs.length > 1;
      return `${mark} ${isCounted ? messages.costsLeftOut(finding.data.costs.length) : describeFinding(finding, messages)}`;
    })
    .join('\n');
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
  if (finding.id === 'event-logging-set') {
    const { startedAt, until, isOver } = finding.data;
    const end = until === null ? null : formatLocalTime(until);
    return messages.finding[finding.id]({ startedAt: formatLocalTime(startedAt), until: end, isOver }, messages);
  }
  const sentence = messages.finding[finding.id] as (data: Finding['data'], messages: Messages) => string;
  return sentence(finding.data, messages);
}

function viewSuites(effects: readonly SuiteEffect[], messages: Messages, colours: Colours): string {
  if (effects.length === 0) return '';
  const rows = effects.map((suite, index) => {
    const mark = isDheSuite(suite.name) && suite.effect !== 'no-effect' ? colours.red('DHE') : '';
    return [String(index + 1), suite.name, describeKeyExchange(suite.name), mark, describeEffect(suite, messages)];
  });
  return formatTable([messages.columns, ...rows]).trimEnd();
}

/** The DHE suites, and names that nobody knows; how many others there are. */
function viewSuitesThatMatter(effects: readonly SuiteEffect[], messages: Messages): string {
  const [place = '', name = '', , , here = ''] = messages.columns;
  const rows = effects.flatMap((suite, index) =>
    isDheSuite(suite.name) || findMeantSuite(suite.name) === undefined
      ? [[String(index + 1), suite.name, describeEffect(suite, messages)]]
      : [],
  );
  const others = effects.length - rows.length;
  const table = rows.length === 0 ? '' : formatTable([[place, name, here], ...rows]);
  return `${table}${others === 0 ? '' : messages.suitesLeftOut(others)}`.trimEnd();
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
