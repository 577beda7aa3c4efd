/** `disable`: removes the DHE suites, or says what a policy should hold instead. */
import { applyPlan } from '../../change/apply';
import { type ChangePlan, planDisable } from '../../change/plan';
import { registryPlaces } from '../../configuration/registry-places';
import { InvalidInputError } from '../../errors';
import { writeRegFile } from '../../registry-files/reg-file';
import { encodeMultiString } from '../../registry-files/registry-value';
import { type CommandContext, describeError, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { requireDifferentFiles, writeOutputFile } from '../files';
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
  const { messages, host } = context;
  if (!('backupId' in applied)) {
    return reportPlan(context, plan);
  }
  // A policy that still offers DHE makes a cleaned local list no success.
  const outcome = applied.kind !== 'changed' ? applied.kind : plan.policy === null ? 'changed' : 'governed-by-policy';
  const cause = 'cause' in applied ? describeError(applied.cause, messages) : null;
  if (context.json) writeJson(context, 'disable', outcome, { plan, backupId: applied.backupId, cause });
  else if (applied.kind === 'changed') host.write(`${messages.changed(plan.steps.length, applied.backupId)}\n`);
  else if (applied.kind === 'failed-undone') host.writeError(`${messages.failedUndone(cause ?? '')}\n`);
  else host.writeError(`${messages.failedUndoIncomplete(cause ?? '', applied.backupId)}\n`);
  if (!context.json) reportPolicy(context, plan);
  return outcome;
}

/** Says what would be done, or why nothing is. */
function reportPlan(context: CommandContext, plan: ChangePlan): Outcome {
  const { host, messages } = context;
  const outcome = plan.verdict === 'change' ? 'nothing-to-do' : plan.verdict;
  if (context.json) {
    writeJson(context, 'disable', outcome, { plan, backupId: null, cause: null });
    return outcome;
  }
  const costs = plan.warnings.map((cost) => messages.cost[cost]).join(' ');
  if (plan.verdict === 'refused') {
    host.writeError(`${messages.refused(plan.refusals.map((cost) => messages.cost[cost]).join(' '))}\n`);
    return outcome;
  }
  if (plan.verdict === 'nothing-to-do') host.write(`${messages.nothingToDo}\n`);
  if (plan.verdict === 'change') {
    host.write(`${plan.steps.map(({ name }) => `- ${name}`).join('\n')}\n`);
    host.write(`${messages.wouldRemove(plan.steps.length, plan.after.length)}\n`);
  }
  if (costs !== '') host.write(`${messages.costs} ${costs}\n`);
  reportPolicy(context, plan);
  return outcome;
}

function reportPolicy({ host, messages }: CommandContext, { policy }: ChangePlan): void {
  if (policy === null) return;
  host.write(
    `${messages.governed(messages.layer[policy.layer])}\n\n${policy.text}\n\n${messages.deploy[policy.layer]}\n`,
  );
  if (policy.length !== null && policy.length.length > policy.length.limit) {
    const names = policy.length.expendable.map(({ name }) => name).join(', ');
    host.write(`${messages.tooLong(policy.length.length, policy.length.limit, names)}\n`);
  }
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
  if (context.json) writeJson(context, 'disable', 'nothing-to-do', { plan, backupId: null, cause: null });
  else context.host.write(`${context.messages.regFileWritten(file)}\n`);
  return 'nothing-to-do';
}
