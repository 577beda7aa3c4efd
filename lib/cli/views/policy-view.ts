/** What a policy sets → text: one line of verdict, the suites, the faults, then what should stand there. */
import type { PreferenceItem } from '../../assessment/policy-origins';
import { isDheSuite } from '../../cipher-suite/cipher-suite';
import type { LocalUndo } from '../../group-policy/change-local-policy';
import type { LocalPolicy } from '../../group-policy/local-policy';
import type { CipherSuiteOrder, PolicyFileJudgement, PolicyFileVerdict } from '../../group-policy/policy-file';
import type { PolicyInputJudgement } from '../../group-policy/policy-input';
import type { ScannedPolicy } from '../../group-policy/scan';
import type { Messages } from '../../messages/shape';
import { describeCosts } from './cost-view';
import { viewFaults } from './fault-view';

/** One GPO of a search: a line, and more where a copy of it was written. */
export function viewScannedPolicy(
  { kind, name, guid, folder, verdict, order, preferenceItems: items, written, staleReport, error }: ScannedPolicyView,
  messages: Messages,
): string {
  const { policy } = messages;
  const title = kind === 'file' ? folder : `${name ?? guid ?? '?'}  (${folder || '.'})`;
  if (error !== null) return `${policy.skipped}: ${title}: ${error.message}\n`;
  const { dheSuites = [], faultCount = 0 } = order ?? {};
  const lines = [`${policy.scanned(verdict ?? 'not-set', dheSuites.length, faultCount)}: ${title}`];
  if (items.length > 0) lines.push(`  ${messages.finding['preference-items']({ items }, messages)}`);
  if (written !== null) lines.push(`  ${policy.written(written, null)}`);
  if (staleReport) lines.push(`  ${policy.staleReport}`);
  return `${lines.join('\n')}\n`;
}

interface ScannedPolicyView {
  readonly kind: ScannedPolicy['kind'];
  readonly name: string | null;
  readonly guid: string | null;
  readonly folder: string;
  readonly verdict: PolicyFileVerdict | null;
  readonly order: { readonly dheSuites: readonly string[]; readonly faultCount: number } | null;
  readonly preferenceItems: readonly PreferenceItem[];
  readonly written: string | null;
  readonly staleReport: boolean;
  readonly error: { readonly message: string } | null;
}

/** What the local GPO of a machine says, whose policy is in force, and what was done. */
export interface LocalPolicyView extends LocalPolicy {
  readonly interrupted: boolean;
  readonly done: LocalUndo['kind'] | null;
  readonly holds: boolean | null;
}

export function viewLocalPolicy(
  { owner, domainGpos, judgement, interrupted, done, holds }: LocalPolicyView,
  operation: 'repair' | 'undo',
  messages: Messages,
): string {
  const { policy } = messages;
  const isWritten = done === 'changed' || done === 'finished';
  const lines = [policy.owner[owner](domainGpos)];
  if (interrupted && done === null) lines.push(policy.localInterrupted);
  if (done !== null && done !== 'nothing-to-do') lines.push(policy.localDone[operation][done]);
  const { warnings = [] } = judgement.order?.corrected ?? {};
  if (isWritten && operation === 'repair' && warnings.length > 0) {
    lines.push(`${messages.costs} ${describeCosts(warnings, messages)}`);
  }
  if (holds !== null) lines.push(policy.holds[holds ? 'yes' : 'no']);
  return `${lines[0]}\n${isWritten ? '' : viewPolicyFile({ ...judgement, layer: 'groupPolicy' }, messages)}${lines
    .slice(1)
    .map((line) => `${line}\n`)
    .join('')}`;
}

export function viewPolicyFile(
  { verdict, order, layer }: PolicyFileJudgement & Pick<PolicyInputJudgement, 'layer'>,
  messages: Messages,
): string {
  const lines = [messages.policy.verdict[verdict]];
  if (order !== null) lines.push(...describeOrder(order, layer, messages));
  if (order !== null && verdict !== 'in-order' && verdict !== 'refused') {
    lines.push('', messages.policy.corrected(order.corrected.text.length), '', order.corrected.text, '');
    lines.push(messages.deploy[layer]);
  }
  return `${lines.join('\n')}\n`;
}

function describeOrder(order: CipherSuiteOrder, layer: PolicyInputJudgement['layer'], messages: Messages): string[] {
  const { type, text, list, dheSuites, faults, faultCount, corrected } = order;
  const lines = [messages.policy.summary(type, text.length, list.length, dheSuites.length), ''];
  list.forEach((name, index) => {
    lines.push(`${String(index + 1).padStart(3)}${isDheSuite(name) ? ' *' : '  '}${name}`);
  });
  if (faultCount > 0) lines.push('', viewFaults(faults, faultCount, messages).trimEnd());
  const { length, limit, expendable } = corrected.length;
  if (layer === 'groupPolicy' && length > limit)
    lines.push(messages.tooLong(length, limit, expendable.map(({ name }) => name).join(', ')));
  if (corrected.refusals.length > 0) {
    lines.push(messages.textRefused(describeCosts(corrected.refusals, messages)));
  }
  if (corrected.warnings.length > 0) {
    lines.push(`${messages.costs} ${describeCosts(corrected.warnings, messages)}`);
  }
  return lines;
}
