/** Assessment → text: the verdict, the suites with the DHE ones marked, the findings. */
import type { Assessment, Finding } from '../../assessment/assess';
import { findSuite, isDheSuite } from '../../cipher-suite/cipher-suite';
import type { Messages } from '../../messages/en';

export function viewAssessment(assessment: Assessment, messages: Messages): string {
  const { verdict, offered, dheSuites, findings } = assessment;
  const lines = [messages.verdict[verdict](dheSuites.length, offered?.length ?? 0), ''];
  const [number, name, keyExchange] = messages.columns;
  if (offered !== null && offered.length > 0) {
    lines.push(`  ${number}  ${name}  (${keyExchange})`);
    offered.forEach((suite, index) => {
      lines.push(
        `${String(index + 1).padStart(3)}${isDheSuite(suite) ? ' *' : '  '}${suite.padEnd(46)} ${describeSuite(suite)}`,
      );
    });
    lines.push('');
  }
  for (const finding of findings) lines.push(`[${finding.severity}] ${describeFinding(finding, messages)}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

export function describeFinding(finding: Finding, messages: Messages): string {
  const sentence = messages.finding[finding.id] as (data: Finding['data'], messages: Messages) => string;
  return sentence(finding.data, messages);
}

function describeSuite(name: string): string {
  const suite = findSuite(name);
  return suite === undefined ? '?' : (suite.keyExchange ?? 'TLS 1.3');
}
