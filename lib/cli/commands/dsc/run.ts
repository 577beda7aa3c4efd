/** `dsc get|test|set|schema`: a resource for Desired State Configuration v3, an instance of JSON in and lines of it out. */
import { hostname } from 'node:os';
import { assess } from '../../../assessment/assess';
import { applyPlan } from '../../../change/apply';
import { type ChangePlan, planDisable } from '../../../change/plan';
import type { Configuration } from '../../../configuration/configuration';
import { readConfiguration } from '../../../configuration/read-configuration';
import { formatJson } from '../../../files/ascii-json';
import {
  type DscInstance,
  type DscState,
  describeDscState,
  parseDscInstance,
  requireStatement,
} from '../../../fleet/dsc-resource';
import { type CommandContext, describeError } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import { type Outcome, outcomeOfError, planOutcomes } from '../../exit-code';
import { asShown } from '../../terminal';
import { describeVerdict } from '../../views/assessment-view';
import { viewChange } from '../../views/change-view';
import { makeDscSchema } from './manifest';

export const runGet = (context: CommandContext) =>
  answer(context, async () => {
    const look = await lookAt(context, parseDscInstance(await context.host.readStdin()));
    writeLine(context, look.state);
    return 'done';
  });

export const runTest = (context: CommandContext) =>
  answer(context, async () => {
    const { configuration, state } = await lookAt(context, await readStatement(context));
    const isSo = state.dheOffered === false;
    writeLine(context, { ...state, _inDesiredState: isSo });
    writeLine(context, isSo ? [] : ['dheOffered']);
    if (!isSo) trace(context, 'info', sentenceOf(configuration, context));
    return 'done';
  });

export const runSet = (context: CommandContext) =>
  answer(context, async (run) => {
    const stated = await readStatement(context);
    const { state, plan, options } = await lookAt(context, stated);
    // What was interrupted is brought to its end also where the suites are gone.
    if (state.dheOffered === false && plan.resumes === null) {
      writeLine(context, state);
      writeLine(context, []);
      return 'nothing-to-do';
    }
    const binding = await context.open({ forChange: plan.verdict === 'change' });
    run.isChanging = true;
    const applied = applyPlan(binding, plan, { replan: options });
    run.isChanging = false;
    const cause = 'cause' in applied ? describeError(applied.cause, context.messages) : null;
    const kind = 'backupId' in applied ? applied.kind : 'planned';
    const text = viewChange(asShown({ ...applied, kind, cause }), context.messages).trimEnd();
    // Whatever is left of the list then, and be it one without DHE.
    if (applied.kind === 'failed-undone' || applied.kind === 'failed-undo-incomplete') {
      trace(context, 'error', text);
      return applied.kind;
    }
    const isChanged = applied.kind === 'changed';
    const after = await lookAt(context, stated);
    if (after.state.dheOffered === false) {
      const restart = isChanged ? { _restartRequired: [{ system: hostname() }] } : {};
      writeLine(context, { ...after.state, ...restart });
      writeLine(context, state.dheOffered === false ? [] : ['dheOffered']);
      return isChanged ? 'changed' : 'nothing-to-do';
    }
    const isDone = isChanged || applied.kind === 'nothing-to-do';
    trace(context, 'error', isDone ? `${text}\n${sentenceOf(after.configuration, context)}` : text);
    if (!isDone) return planOutcomes[applied.plan.verdict];
    return applied.plan.policy === null ? 'undecided' : 'governed-by-policy';
  });

export const runSchema = (context: CommandContext) =>
  answer(context, async () => {
    writeLine(context, makeDscSchema());
    return 'done';
  });

interface Look {
  readonly configuration: Configuration;
  readonly options: { readonly localList: boolean; readonly strict: boolean; readonly ecdsaOnly: boolean };
  readonly plan: ChangePlan;
  readonly state: DscState;
}

async function lookAt(
  context: CommandContext,
  { scope, strict = false, ecdsaOnly = false }: DscInstance,
): Promise<Look> {
  const configuration = readConfiguration(await context.open({ forChange: false }));
  const options = { localList: scope === 'localList', strict, ecdsaOnly };
  const plan = planDisable(configuration, options);
  return { configuration, options, plan, state: describeDscState(configuration, plan, scope) };
}

async function readStatement({ host }: CommandContext): Promise<DscInstance> {
  const stated = parseDscInstance(await host.readStdin());
  requireStatement(stated);
  return stated;
}

function sentenceOf(configuration: Configuration, { messages }: CommandContext): string {
  return describeVerdict(assess(configuration), configuration.windows.productName, messages);
}

/** Nothing but lines of JSON is written, to either stream, except where this program itself is at fault. */
async function answer(
  context: CommandContext,
  work: (run: { isChanging: boolean }) => Promise<Outcome>,
): Promise<Outcome> {
  if (context.json) throw new CommandLineError({ kind: 'unknown-option', option: '--json', command: 'dsc' });
  const run = { isChanging: false };
  try {
    return await work(run);
  } catch (error) {
    const outcome = outcomeOfError(error, run.isChanging);
    if (outcome === 'unexpected') throw error;
    trace(context, 'error', describeError(error, context.messages));
    return outcome;
  }
}

function writeLine({ host }: CommandContext, content: object): void {
  host.write(`${formatJson(content, 0)}\n`);
}

function trace({ host }: CommandContext, level: 'error' | 'info', text: string): void {
  host.writeError(`${formatJson({ [level]: text }, 0)}\n`);
}
