/** A plan, or what came of it → text: what goes or went, what it costs, what a policy should hold instead. */
import type { ChangePlan } from '../../change/plan';
import { isDheSuite } from '../../cipher-suite/cipher-suite';
import type { Concern, Reliance } from '../../evidence/evidence-gate';
import type { Messages } from '../../messages/shape';
import { describeCosts } from './cost-view';
import { namePeer } from './evidence-view';

export interface Change {
  readonly plan: ChangePlan;
  /** `written`: as a registry edit, into `file`. */
  readonly kind:
    | 'asked'
    | 'planned'
    | 'not-relied-on'
    | 'written'
    | 'changed'
    | 'failed-undone'
    | 'failed-undo-incomplete';
  readonly backupId?: string;
  readonly file?: string;
  readonly cause?: string | null;
  /** What `--unless-seen` named; null where it was not given. */
  readonly evidence?: (Reliance & { readonly concerns: readonly Concern[] }) | null;
}

export function viewChange(change: Change, messages: Messages): string {
  const { plan } = change;
  const lines = describeWork(change, messages);
  // Nothing is lost where nothing goes.
  if (change.kind === 'not-relied-on') return `${lines.join('\n')}\n`;
  const goes = plan.verdict === 'change' || plan.policy !== null;
  if (goes && plan.verdict !== 'refused' && plan.warnings.length > 0) {
    lines.push(`${messages.costs} ${describeCosts(plan.warnings, messages)}`);
  }
  return `${[...lines, ...describePolicy(plan, messages)].join('\n')}\n`;
}

function describeWork(change: Change, messages: Messages): string[] {
  const { plan, kind, backupId = '', file = '', cause } = change;
  const names = plan.steps.map(({ name }) => `- ${name}`);
  switch (kind) {
    case 'asked':
      return names;
    case 'not-relied-on':
      return [messages.evidence.refused, ...describeConcerns(change.evidence?.concerns ?? [], messages)];
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

/** Those that come first concern most. */
const shownConcerns = 20;

function describeConcerns(concerns: readonly Concern[], messages: Messages): string[] {
  const { concern, removal, reason, more } = messages.evidence;
  const lines = concerns.map((one) => {
    if (one.id !== 'peer') return `- ${concern[one.id]}`;
    const why = one.removal.reason === null ? '' : ` (${reason[one.removal.reason]})`;
    return `- ${namePeer(one, messages)}${one.port === null ? '' : `, ${one.port}`}: ${removal[one.removal.id]}${why}`;
  });
  const rest = lines.length - shownConcerns;
  return rest > 0 ? [...lines.slice(0, shownConcerns), more(rest)] : lines;
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
