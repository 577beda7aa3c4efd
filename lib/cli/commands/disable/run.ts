/** `disable`: removes the DHE suites, or says what a policy should hold instead. */
import { describePreferenceItems } from '../../../assessment/policy-origins';
import { type ApplyOutcome, applyPlan } from '../../../change/apply';
import { type ChangePlan, planDisable } from '../../../change/plan';
import type { Configuration } from '../../../configuration/configuration';
import { InvalidInputError } from '../../../errors';
import { requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { writeRegFile } from '../../../registry-files/reg-file';
import { encodeMultiString } from '../../../registry-files/registry-value';
import { registryPlaces } from '../../../windows/registry-places';
import { type CommandContext, type Content, confirm, describeError, reportChange, tell } from '../../command-context';
import { type Outcome, planOutcomes } from '../../exit-code';
import { readNamedInput } from '../../named-input';
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
  const gate = await askEvidence(context, configuration, options);
  tellOrigins(context, configuration);
  // Where a policy governs, its corrected text is the answer, whether or not the local list is known.
  if (from !== undefined && plan.governingLayer === 'local' && configuration.layers.local.status === 'unknown') {
    const found = configuration.enumerated === null ? { noKey: registryPlaces.local.key } : 'list-in-force';
    throw new InvalidInputError(from.join(', '), undefined, 'cipher-suite-keys', found);
  }
  if (from !== undefined && out !== undefined) {
    for (const file of from) if (file !== '-') requireDifferentFiles(file, out);
  }
  if (gate !== null && gate.concerns.length > 0 && (plan.verdict === 'change' || plan.policy !== null)) {
    tellChange(context, 'refused', { plan, kind: 'not-relied-on', evidence: gate });
    return 'refused';
  }
  if (from !== undefined && out !== undefined) return writeEdit(context, plan, out, gate);
  if (from !== undefined || dryRun) return reportPlan(context, plan, gate);
  return change(context, plan, options, gate);
}

/** What the plan alone does not say of the files that it was made from. */
function tellOrigins(context: CommandContext, { policyOrigins, isFromDirtyHive }: Configuration): void {
  const { finding } = context.messages;
  const items = asShown(describePreferenceItems(policyOrigins));
  if (context.json) return;
  if (items.length > 0) tell(context, `${finding['preference-items']({ items }, context.messages)}\n`);
  if (isFromDirtyHive) tell(context, `${finding['dirty-hive']({}, context.messages)}\n`);
}

/** What the evidence says of the list that would be left. */
async function askEvidence(
  context: CommandContext,
  configuration: Configuration,
  { unlessSeen, windows }: DisableOptions,
): Promise<Gate> {
  if (unlessSeen === undefined) return null;
  const { judgeReliance, parseEvidence } = await import('../../../evidence/evidence-gate.js');
  const { remainingList } = await import('../../../evidence/remaining-list.js');
  const { bytes, source } = await readNamedInput(context, unlessSeen);
  const { evidence, reliance } = parseEvidence(bytes, source);
  return { ...reliance, concerns: judgeReliance(evidence, remainingList(configuration, { windows }), new Date()) };
}

type Gate = Exclude<Change['evidence'], undefined>;

async function change(
  context: CommandContext,
  plan: ChangePlan,
  options: DisableOptions,
  gate: Gate,
): Promise<Outcome> {
  const hasSteps = plan.verdict === 'change';
  const binding = await context.open({ forChange: hasSteps });
  if (hasSteps && !options.yes && !context.json) {
    tell(context, viewChange({ plan: asShown(plan), kind: 'asked' }, context.messages));
    if (!(await confirm(context, options, context.messages.ask))) return reportPlan(context, plan, gate);
  }
  if (gate === null) return reportApplied(context, applyPlan(binding, plan, { replan: options }), gate);
  // It was judged by this very list: where that changed meanwhile, nobody has said what the removal means.
  const { concerns: _, ...evidence } = gate;
  return reportApplied(context, applyPlan(binding, plan, { evidence }), gate);
}

function reportApplied(context: CommandContext, applied: ApplyOutcome, evidence: Gate): Outcome {
  const { plan } = applied;
  if (!('backupId' in applied)) return reportPlan(context, plan, evidence);
  // A policy that still offers DHE makes a cleaned local list no success.
  const outcome = applied.kind === 'changed' && plan.policy !== null ? 'governed-by-policy' : applied.kind;
  const cause = 'cause' in applied ? describeError(applied.cause, context.messages) : null;
  tellChange(context, outcome, { plan, kind: applied.kind, backupId: applied.backupId, cause, evidence });
  return outcome;
}

/** Says what would be done, or why nothing is. */
function reportPlan(context: CommandContext, plan: ChangePlan, evidence: Gate): Outcome {
  const outcome = planOutcomes[plan.verdict];
  tellChange(context, outcome, { plan, kind: 'planned', evidence });
  return outcome;
}

/** The document, which carries the sentences too, or the sentences alone. */
function tellChange(context: CommandContext, outcome: Outcome, change: Change): void {
  const { plan, backupId = null, cause = null, evidence = null } = change;
  const text = viewChange(asShown(change), context.messages);
  const content = { plan, backupId, evidence, cause, message: text.trimEnd() } satisfies Content<
    (typeof documents)['disable']
  >;
  reportChange(context, 'disable', outcome, content, text);
}

/** The article's registry edit, as a file for the machine that the export came from. */
function writeEdit(context: CommandContext, plan: ChangePlan, file: string, evidence: Gate): Outcome {
  if (plan.verdict !== 'change') return reportPlan(context, plan, evidence);
  const { key, valueName } = registryPlaces.local;
  const content = writeRegFile([
    { kind: 'comment', text: context.messages.regFileComment },
    { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${key}` },
    { kind: 'value', name: valueName, value: encodeMultiString(plan.after) },
  ]);
  writeOutputFile(file, content);
  tellChange(context, 'done', { plan, kind: 'written', file, evidence });
  return 'done';
}
