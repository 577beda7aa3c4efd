/** A plan, or what came of it → text: what goes or went, what it costs, what a policy should hold instead. */
import type { ChangePlan } from '../../change/plan';
import { isDheSuite } from '../../cipher-suite/cipher-suite';
import type { Messages } from '../../messages/shape';
import { describeCosts } from './cost-view';

export interface Change {
  readonly plan: ChangePlan;
  /** `written`: as a registry edit, into `file`. */
  readonly kind: 'asked' | 'planned' | 'written' | 'changed' | 'failed-undone' | 'failed-undo-incomplete';
  readonly backupId?: string;
  readonly file?: string;
  readonly cause?: string | null;
}

export function viewChange(change: Change, messages: Messages): string {
  const { plan } = change;
  const lines = describeWork(change, messages);
  // Nothing is lost where nothing goes.
  const goes = plan.verdict === 'change' || plan.policy !== null;
  if (goes && plan.verdict !== 'refused' && plan.warnings.length > 0) {
    lines.push(`${messages.costs} ${describeCosts(plan.warnings, messages)}`);
  }
  return `${[...lines, ...describePolicy(plan, messages)].join('\n')}\n`;
}

function describeWork({ plan, kind, backupId = '', file = '', cause }: Change, messages: Messages): string[] {
  const names = plan.steps.map(({ name }) => `- ${name}`);
  switch (kind) {
    case 'asked':
      return names;
    case 'written':
      return [messages.regFileWritten(file)];
    case 'changed':
      return [messages.changed(plan.steps.length, backupId)];
    case 'failed-undone':
      return [messages.failedUndone(cause ?? '')];
    case 'failed-undo-incomplete':
      return [messages.failedUndoIncomplete(cause ?? '', backupId)];
  }
  switch (plan.verdict) {
    case 'refused':
      return [messages.refused(describeCosts(plan.refusals, messages))];
    case 'restart-first':
      return [messages.restartFirst];
    case 'nothing-to-do':
      return [
        plan.before.some(isDheSuite)
          ? messages.nothingInForce(plan.before.filter(isDheSuite).length)
          : messages.nothingToDo,
      ];
    case 'change':
      if (plan.steps.length === 0) return [messages.wouldRetype(plan.after.length)];
      return [...names, messages.wouldRemove(plan.steps.length, plan.after.length)];
    default:
      return [];
  }
}

function describePolicy({ policy, verdict }: ChangePlan, messages: Messages): string[] {
  if (policy === null || verdict === 'refused') return [];
  const lines = [messages.governed(messages.layer[policy.layer]), '', policy.text, '', messages.deploy[policy.layer]];
  if (policy.length !== null && policy.length.length > policy.length.limit) {
    const names = policy.length.expendable.map(({ name }) => name).join(', ');
    lines.push(messages.tooLong(policy.length.length, policy.length.limit, names));
  }
  return lines;
}
