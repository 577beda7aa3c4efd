/** `disable`: removes the DHE suites, or says what a policy should hold instead. */
import type { RemovalCost } from '../../assessment/removal-cost';
import { applyPlan } from '../../change/apply';
import { type ChangePlan, planDisable } from '../../change/plan';
import { InvalidInputError } from '../../errors';
import { requireDifferentFiles, writeOutputFile } from '../../files/user-file';
import { writeRegFile } from '../../registry-files/reg-file';
import { encodeMultiString } from '../../registry-files/registry-value';
import { registryPlaces } from '../../windows/registry-places';
import { type CommandContext, describeError, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { obtainConfiguration } from './status';

export interface DisableOptions {
  readonly from?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly localList?: boolean;
  readonly strict?: boolean;
  readonly yes?: boolean;
}

export async function runDisable(context: CommandContext, options: DisableOptions): Promise<Outcome> {
  const configuration = await obtainConfiguration(context, options.from);
  if (options.from !== undefined && configuration.layers.local.status === 'unknown') {
    throw new InvalidInputError(
      options.from,
      undefined,
      'cipher-suite-keys',
      `no key HKLM\\${registryPlaces.local.key}`,
    );
  }
  const plan = planDisable(configuration, options);
  if (options.from !== undefined && options.out === undefined) return reportPlan(context, plan);
  if (options.from !== undefined && options.out !== undefined) requireDifferentFiles(options.from, options.out);
  if (options.dryRun === true) return reportPlan(context, plan);
  if (options.out !== undefined) return writeEdit(context, plan, options.out);
  if (plan.verdict === 'change' && options.yes !== true && !context.json && context.host.ask !== undefined) {
    context.host.writeError(`${plan.steps.map(({ name }) => name).join('\n')}\n`);
    if (!/^y(es)?$/i.test((await context.host.ask(context.messages.ask)).trim())) return reportPlan(context, plan);
  }
  const applied = applyPlan(await context.open(), plan);
  const { messages } = context;
  if (!('backupId' in applied)) return reportPlan(context, plan);
  // A policy that still offers DHE makes a cleaned local list no success.
  const outcome = applied.kind !== 'changed' ? applied.kind : plan.policy === null ? 'changed' : 'governed-by-policy';
  const cause = 'cause' in applied ? describeError(applied.cause, messages) : null;
  const { backupId } = applied;
  const sentence = {
    changed: () => messages.changed(plan.steps.length, backupId),
    'failed-undone': () => messages.failedUndone(cause ?? ''),
    'failed-undo-incomplete': () => messages.failedUndoIncomplete(cause ?? '', backupId),
  }[applied.kind]();
  const isFailure = applied.kind !== 'changed';
  tell(context, outcome, { plan, backupId, cause }, isFailure, [sentence, ...describePolicy(context, plan)]);
  return outcome;
}

/** Says what would be done, or why nothing is. */
function reportPlan(context: CommandContext, plan: ChangePlan): Outcome {
  const outcome = plan.verdict === 'change' ? 'nothing-to-do' : plan.verdict;
  tell(context, outcome, { plan, backupId: null, cause: null }, outcome === 'refused', describePlan(context, plan));
  return outcome;
}

function describePlan(context: CommandContext, plan: ChangePlan): string[] {
  const { messages } = context;
  const join = (costs: readonly RemovalCost[]) => costs.map((cost) => messages.cost[cost]).join(' ');
  if (plan.verdict === 'refused') return [messages.refused(join(plan.refusals))];
  const lines: string[] = [];
  if (plan.verdict === 'nothing-to-do') lines.push(messages.nothingToDo);
  if (plan.verdict === 'change') {
    lines.push(
      ...plan.steps.map(({ name }) => `- ${name}`),
      messages.wouldRemove(plan.steps.length, plan.after.length),
    );
  }
  if (plan.warnings.length > 0) lines.push(`${messages.costs} ${join(plan.warnings)}`);
  return [...lines, ...describePolicy(context, plan)];
}

function describePolicy({ messages }: CommandContext, { policy }: ChangePlan): string[] {
  if (policy === null) return [];
  const lines = [messages.governed(messages.layer[policy.layer]), '', policy.text, '', messages.deploy[policy.layer]];
  if (policy.length !== null && policy.length.length > policy.length.limit) {
    const names = policy.length.expendable.map(({ name }) => name).join(', ');
    lines.push(messages.tooLong(policy.length.length, policy.length.limit, names));
  }
  return lines;
}

/** The document, which carries the sentences too, or the sentences alone. */
function tell(
  context: CommandContext,
  outcome: Outcome,
  content: { readonly plan: ChangePlan; readonly backupId: string | null; readonly cause: string | null },
  isFailure: boolean,
  lines: readonly string[],
): void {
  const message = lines.join('\n');
  if (context.json) writeJson(context, 'disable', outcome, { ...content, message });
  else if (isFailure) context.host.writeError(`${message}\n`);
  else context.host.write(`${message}\n`);
}

/** The article's registry edit, as a file for the machine that the export came from. */
function writeEdit(context: CommandContext, plan: ChangePlan, file: string): Outcome {
  if (plan.verdict !== 'change') return reportPlan(context, plan);
  const { key, valueName } = registryPlaces.local;
  const content = writeRegFile([
    {
      kind: 'comment',
      text: 'Supported way: the CNG configuration functions, which schannel-dhe uses on the machine itself.',
    },
    { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${key}` },
    { kind: 'value', name: valueName, value: encodeMultiString(plan.after) },
  ]);
  writeOutputFile(file, content);
  tell(context, 'nothing-to-do', { plan, backupId: null, cause: null }, false, [context.messages.regFileWritten(file)]);
  return 'nothing-to-do';
}
