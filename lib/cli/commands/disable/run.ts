/** `disable`: removes the DHE suites, or says what a policy should hold instead. */
import { type ApplyOutcome, applyPlan } from '../../../change/apply';
import { type ChangePlan, planDisable } from '../../../change/plan';
import { InvalidInputError } from '../../../errors';
import { requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { writeRegFile } from '../../../registry-files/reg-file';
import { encodeMultiString } from '../../../registry-files/registry-value';
import { registryPlaces } from '../../../windows/registry-places';
import { type CommandContext, type Content, confirm, describeError, reportChange, tell } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { obtainConfiguration } from '../../obtain-configuration';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { type Change, viewChange } from '../../views/change-view';
import type { disable } from './command';
import type { documents } from './documents';

type DisableOptions = OptionValues<typeof disable.options>;

export async function run(context: CommandContext, options: DisableOptions): Promise<Outcome> {
  const outcome = await removeSuites(context, options);
  if (!options.bestEffort || (outcome !== 'governed-by-policy' && outcome !== 'refused')) return outcome;
  if (!context.json) tell(context, `${context.messages.forgiven}\n`);
  return 'nothing-to-do';
}

async function removeSuites(context: CommandContext, options: DisableOptions): Promise<Outcome> {
  const { from, out, dryRun } = options;
  const configuration = await obtainConfiguration(context, from);
  const plan = planDisable(configuration, options);
  // Where a policy governs, its corrected text is the answer, whether or not the local list is known.
  if (from !== undefined && plan.governingLayer === 'local' && configuration.layers.local.status === 'unknown') {
    throw new InvalidInputError(from.join(', '), undefined, 'cipher-suite-keys', { noKey: registryPlaces.local.key });
  }
  if (from !== undefined && out !== undefined) {
    for (const file of from) if (file !== '-') requireDifferentFiles(file, out);
    return writeEdit(context, plan, out);
  }
  if (from !== undefined || dryRun) return reportPlan(context, plan);
  return change(context, plan, options);
}

async function change(context: CommandContext, plan: ChangePlan, options: DisableOptions): Promise<Outcome> {
  const hasSteps = plan.verdict === 'change';
  const binding = await context.open({ forChange: hasSteps });
  if (hasSteps && !options.yes && !context.json) {
    tell(context, viewChange({ plan: asShown(plan), kind: 'asked' }, context.messages));
    if (!(await confirm(context, options, context.messages.ask))) return reportPlan(context, plan);
  }
  return reportApplied(context, applyPlan(binding, plan, { replan: options }));
}

function reportApplied(context: CommandContext, applied: ApplyOutcome): Outcome {
  const { plan } = applied;
  if (!('backupId' in applied)) return reportPlan(context, plan);
  // A policy that still offers DHE makes a cleaned local list no success.
  const outcome = applied.kind === 'changed' && plan.policy !== null ? 'governed-by-policy' : applied.kind;
  const cause = 'cause' in applied ? describeError(applied.cause, context.messages) : null;
  tellChange(context, outcome, { plan, kind: applied.kind, backupId: applied.backupId, cause });
  return outcome;
}

/** Says what would be done, or why nothing is. */
function reportPlan(context: CommandContext, plan: ChangePlan): Outcome {
  const outcome = planOutcomes[plan.verdict];
  tellChange(context, outcome, { plan, kind: 'planned' });
  return outcome;
}

const planOutcomes = {
  change: 'done',
  'nothing-to-do': 'nothing-to-do',
  'governed-by-policy': 'governed-by-policy',
  refused: 'refused',
  'restart-first': 'undecided',
} as const satisfies Record<ChangePlan['verdict'], Outcome>;

/** The document, which carries the sentences too, or the sentences alone. */
function tellChange(context: CommandContext, outcome: Outcome, change: Change): void {
  const { plan, backupId = null, cause = null } = change;
  const text = viewChange(asShown(change), context.messages);
  const content = { plan, backupId, cause, message: text.trimEnd() } satisfies Content<(typeof documents)['disable']>;
  reportChange(context, 'disable', outcome, content, text);
}

/** The article's registry edit, as a file for the machine that the export came from. */
function writeEdit(context: CommandContext, plan: ChangePlan, file: string): Outcome {
  if (plan.verdict !== 'change') return reportPlan(context, plan);
  const { key, valueName } = registryPlaces.local;
  const content = writeRegFile([
    { kind: 'comment', text: context.messages.regFileComment },
    { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${key}` },
    { kind: 'value', name: valueName, value: encodeMultiString(plan.after) },
  ]);
  writeOutputFile(file, content);
  tellChange(context, 'done', { plan, kind: 'written', file });
  return 'done';
}
