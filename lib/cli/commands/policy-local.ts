/** `policy local`: where the policy value of this machine comes from, and the repair of the local GPO. */
import { join } from 'node:path';
import type { SchannelBinding } from '../../binding/schannel-binding';
import {
  findSystemFolder,
  type LocalPolicy,
  policyHolds,
  readLocalPolicy,
  refreshComputerPolicy,
  repairLocalPolicy,
} from '../../group-policy/local-policy';
import type { PolicyFileOptions } from '../../group-policy/policy-file';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { viewPolicyFile } from '../views/policy-view';

export interface PolicyLocalOptions extends PolicyFileOptions {
  readonly repair?: boolean;
  readonly gpupdate?: boolean;
}

export async function runPolicyLocal(context: CommandContext, options: PolicyLocalOptions): Promise<Outcome> {
  const { host, messages } = context;
  if (options.gpupdate === true && options.repair !== true) {
    host.writeError(`${messages.policy.gpupdateNeedsRepair}\n`);
    return 'bad-input';
  }
  const binding = await context.open();
  const system = findSystemFolder(binding);
  const folder = join(system, 'GroupPolicy');
  const local = readLocalPolicy(binding, folder, options);
  const kept = options.repair === true ? repairLocalPolicy(binding, folder, options).kept : [];
  const holds = kept.length > 0 && options.gpupdate === true ? refreshAndCompare(binding, system, local) : null;
  const outcome = outcomeOf(local, kept, holds, options);
  if (context.json) writeJson(context, 'policy-local', outcome, { folder, ...local, kept, holds });
  else {
    host.write(`${messages.policy.owner[local.owner](local.domainGpos)}\n`);
    host.write(viewPolicyFile(local.judgement, messages));
    if (kept.length > 0) host.write(`${messages.policy.localRepaired(kept)}\n`);
    if (holds !== null) host.write(`${messages.policy.holds[holds ? 'yes' : 'no']}\n`);
  }
  return outcome;
}

function refreshAndCompare(binding: SchannelBinding, system: string, { judgement }: LocalPolicy): boolean {
  return refreshComputerPolicy(system) && policyHolds(binding, judgement.order?.corrected.text ?? '');
}

function outcomeOf(
  { owner, judgement }: LocalPolicy,
  kept: readonly string[],
  holds: boolean | null,
  { repair }: PolicyLocalOptions,
): Outcome {
  if (repair !== true) return 'nothing-to-do';
  if (kept.length > 0) return holds === false ? 'governed-by-policy' : 'changed';
  if (judgement.verdict === 'refused' || judgement.verdict === 'too-long') return 'refused';
  return owner === 'none' || owner === 'local-gpo' ? 'nothing-to-do' : 'governed-by-policy';
}
