/** A plan, or what came of it → text: what goes or went, what it costs, what a policy should hold instead. */
import type { RemovalCost } from '../../assessment/removal-cost';
import type { ChangePlan } from '../../change/plan';
import type { Messages } from '../../messages/shape';

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
  const join = (costs: readonly RemovalCost[]) => messages.join(costs.map((cost) => messages.cost[cost]));
  const lines = describeWork(change, messages, join);
  // Nothing is lost where nothing goes.
  const goes = plan.steps.length > 0 || plan.policy !== null;
  if (goes && plan.verdict !== 'refused' && plan.warnings.length > 0) {
    lines.push(`${messages.costs} ${join(plan.warnings)}`);
  }
  return `${[...lines, ...describePolicy(plan, messages)].join('\n')}\n`;
}

function describeWork(
  { plan, kind, backupId = '', file = '', cause }: Change,
  messages: Messages,
  join: (costs: readonly RemovalCost[]) => string,
): string[] {
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
      return [messages.refused(join(plan.refusals))];
    case 'restart-first':
      return [messages.restartFirst];
    case 'nothing-to-do':
      return [messages.nothingToDo];
    case 'change':
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
