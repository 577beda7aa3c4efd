/** `policy local`: where the policy value of this machine comes from; the repair of the local GPO, and its undo. */
import {
  type LocalRepair,
  type LocalUndo,
  readLocalPolicyChange,
  repairLocalPolicy,
  undoLocalPolicy,
} from '../../../group-policy/change-local-policy';
import { type LocalPolicy, policyHolds, readLocalPolicy } from '../../../group-policy/local-policy';
import type { PolicyFileOptions } from '../../../group-policy/policy-file';
import { type CommandContext, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { viewPolicyFile } from '../../views/policy-view';

export interface PolicyLocalOptions extends PolicyFileOptions {
  readonly repair?: boolean;
  readonly undo?: boolean;
  readonly force?: boolean;
  readonly gpupdate?: boolean;
}

type Done = LocalRepair['kind'] | LocalUndo['kind'] | null;

export async function runPolicyLocal(context: CommandContext, options: PolicyLocalOptions): Promise<Outcome> {
  const { host, messages } = context;
  const { repair = false, undo = false, force = false, gpupdate = false } = options;
  if (repair && undo) return refuseOptions(context, messages.policy.repairOrUndo);
  if (gpupdate && !repair && !undo) return refuseOptions(context, messages.policy.gpupdateNeedsChange);
  const binding = await context.open();
  const local = readLocalPolicy(binding, options);
  const interrupted = readLocalPolicyChange(binding)?.state === 'in-progress';
  const done = repair
    ? repairLocalPolicy(binding, options).kind
    : undo
      ? undoLocalPolicy(binding, { force }).kind
      : null;
  const isWritten = done === 'changed' || done === 'finished';
  const holds = isWritten && gpupdate ? binding.refreshComputerPolicy() && policyHolds(binding) : null;
  const outcome = outcomeOf(local, done, holds, options);
  if (context.json)
    writeJson(context, 'policy-local', outcome, {
      folder: binding.localPolicy.folder,
      ...local,
      interrupted,
      done,
      holds,
    });
  else {
    host.write(`${messages.policy.owner[local.owner](local.domainGpos)}\n`);
    host.write(viewPolicyFile(local.judgement, messages));
    if (interrupted && done === null) host.write(`${messages.policy.localInterrupted}\n`);
    if (done !== null && done !== 'nothing-to-do') {
      const sentence = `${messages.policy.localDone[undo ? 'undo' : 'repair'][done]}\n`;
      if (done === 'refused') host.writeError(sentence);
      else host.write(sentence);
    }
    if (holds !== null) host.write(`${messages.policy.holds[holds ? 'yes' : 'no']}\n`);
  }
  return outcome;
}

function refuseOptions({ host }: CommandContext, sentence: string): Outcome {
  host.writeError(`${sentence}\n`);
  return 'bad-input';
}

function outcomeOf(
  { owner, judgement }: LocalPolicy,
  done: Done,
  holds: boolean | null,
  { repair }: PolicyLocalOptions,
): Outcome {
  if (done === 'changed' || done === 'finished') return holds === false ? 'governed-by-policy' : 'changed';
  if (done === 'refused') return 'refused';
  if (repair !== true) return 'nothing-to-do';
  if (judgement.verdict === 'refused' || judgement.verdict === 'too-long') return 'refused';
  return owner === 'none' || owner === 'local-gpo' ? 'nothing-to-do' : 'governed-by-policy';
}
