/** Assessment → text: the verdict, the suites with the DHE ones marked, the findings, what to do next. */

import type { Assessment, Finding, Severity } from '../../assessment/assess';
import { findSuite, isDheSuite } from '../../cipher-suite/cipher-suite';
import type { Messages } from '../../messages/shape';
import type { Colours } from '../terminal';
import { formatTable } from './table';

export function viewAssessment(
  assessment: Assessment,
  source: 'machine' | 'export',
  messages: Messages,
  colours: Colours,
): string {
  const { verdict, offered, dheSuites, findings } = assessment;
  const paint = { 'dhe-offered': colours.red, 'no-dhe-offered': colours.green, unknown: colours.yellow }[verdict];
  const paragraphs = [colours.bold(paint(messages.verdict[verdict](dheSuites.length, offered?.length ?? 0)))];
  if (offered !== null && offered.length > 0) paragraphs.push(viewSuites(offered, messages, colours));
  const lines = findings.map(
    (finding) =>
      `${paintSeverity(finding.severity, `[${messages.severity[finding.severity]}]`, colours)} ${describeFinding(finding, messages)}`,
  );
  if (lines.length > 0) paragraphs.push(lines.join('\n'));
  const next = nextStep(assessment, source);
  if (next !== undefined) paragraphs.push(messages.next[next]);
  return `${paragraphs.join('\n\n')}\n`;
}

export function describeFinding(finding: Finding, messages: Messages): string {
  const sentence = messages.finding[finding.id] as (data: Finding['data'], messages: Messages) => string;
  return sentence(finding.data, messages);
}

function viewSuites(list: readonly string[], messages: Messages, colours: Colours): string {
  const rows = list.map((name, index) => {
    const mark = isDheSuite(name) ? colours.red('DHE') : '';
    return [String(index + 1), name, describeKeyExchange(name), mark];
  });
  return formatTable([messages.columns, ...rows]).trimEnd();
}

function describeKeyExchange(name: string): string {
  const suite = findSuite(name);
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
  if (verdict !== 'dhe-offered' && !ids.includes('policy-text-malformed')) return undefined;
  if (governance.layer !== 'local') return 'policy';
  return source === 'export' ? 'export' : 'disable';
}
