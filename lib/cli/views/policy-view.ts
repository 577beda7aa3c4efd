/** What a policy sets → text: one line of verdict, the suites, the faults, then what should stand there. */
import { isDheSuite } from '../../cipher-suite/cipher-suite';
import type { CipherSuiteOrder, PolicyFileJudgement } from '../../group-policy/policy-file';
import type { Messages } from '../../messages/shape';

/** On a screen; `--json` lists all. */
const mostFaultsShown = 100;

export function viewPolicyFile({ verdict, order }: PolicyFileJudgement, messages: Messages): string {
  const lines = [messages.policy.verdict[verdict]];
  if (order !== null) lines.push(...describeOrder(order, messages));
  if (order !== null && verdict !== 'in-order' && verdict !== 'refused') {
    lines.push('', messages.policy.corrected(order.corrected.text.length), '', order.corrected.text, '');
    lines.push(messages.deploy.groupPolicy);
  }
  return `${lines.join('\n')}\n`;
}

function describeOrder(order: CipherSuiteOrder, messages: Messages): string[] {
  const { type, text, list, dheSuites, faults, faultCount, corrected } = order;
  const lines = [messages.policy.summary(type, text.length, list.length, dheSuites.length), ''];
  list.forEach((name, index) => {
    lines.push(`${String(index + 1).padStart(3)}${isDheSuite(name) ? ' *' : '  '}${name}`);
  });
  if (faultCount > 0) lines.push('');
  for (const { kind, position, found } of faults.slice(0, mostFaultsShown)) {
    lines.push(messages.faultLine(position, messages.fault[kind], JSON.stringify(found)));
  }
  if (faultCount > mostFaultsShown) lines.push(messages.moreFaults(faultCount - mostFaultsShown));
  const { length, limit, expendable } = corrected.length;
  if (length > limit) lines.push(messages.tooLong(length, limit, expendable.map(({ name }) => name).join(', ')));
  if (corrected.refusals.length > 0) {
    lines.push(messages.refused(corrected.refusals.map((cost) => messages.cost[cost]).join(' ')));
  }
  if (corrected.warnings.length > 0) {
    lines.push(`${messages.costs} ${corrected.warnings.map((cost) => messages.cost[cost]).join(' ')}`);
  }
  return lines;
}
