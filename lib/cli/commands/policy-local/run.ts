/** `policy local`: where the policy value of this machine comes from; the repair of the local GPO, and its undo. */
import {
  type LocalRepair,
  type LocalUndo,
  readLocalPolicyChange,
  repairLocalPolicy,
  undoLocalPolicy,
} from '../../../group-policy/change-local-policy';
import { type LocalPolicy, policyHolds, readLocalPolicy } from '../../../group-policy/local-policy';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { viewLocalPolicy } from '../../views/policy-view';
import type { policyLocal } from './command';
import type { documents } from './documents';

type Done = LocalRepair['kind'] | LocalUndo['kind'] | null;

export async function run(
  context: CommandContext,
  options: OptionValues<typeof policyLocal.options>,
): Promise<Outcome> {
  const { repair, undo, force, gpupdate } = options;
  const binding = await context.open({ forChange: repair || undo });
  const local = readLocalPolicy(binding, options);
  const interrupted = readLocalPolicyChange(binding)?.state === 'in-progress';
  const done = repair
    ? repairLocalPolicy(binding, options).kind
    : undo
      ? undoLocalPolicy(binding, { force }).kind
      : null;
  const isWritten = done === 'changed' || done === 'finished';
  const holds = isWritten && gpupdate ? binding.refreshComputerPolicy() && policyHolds(binding) : null;
  const outcome = outcomeOf(local, done, holds, repair);
  const { folder } = binding.localPolicy;
  const content = { folder, ...local, interrupted, done, holds } satisfies Content<(typeof documents)['policy-local']>;
  report(context, 'policy-local', outcome, content, (shown) =>
    viewLocalPolicy(shown, undo ? 'undo' : 'repair', context.messages),
  );
  return outcome;
}

function outcomeOf({ owner, judgement }: LocalPolicy, done: Done, holds: boolean | null, repair: boolean): Outcome {
  if (done === null) return 'done';
  if (done === 'changed' || done === 'finished') return holds === false ? 'governed-by-policy' : 'changed';
  if (done === 'refused') return 'refused';
  if (!repair) return 'nothing-to-do';
  if (judgement.verdict === 'refused' || judgement.verdict === 'too-long') return 'refused';
  return owner === 'none' || owner === 'local-gpo' ? 'nothing-to-do' : 'governed-by-policy';
}
