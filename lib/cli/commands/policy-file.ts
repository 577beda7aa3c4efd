/** `policy file`: what a Registry.pol says about the cipher suite order, and its repair. */

import { readInputFile, requireDifferentFiles, writeOutputFile } from '../../files/user-file';
import { replaceFileKeepingOld } from '../../files/whole-file';
import { type PolicyFileJudgement, type PolicyFileOptions, repairPolicyFile } from '../../group-policy/policy-file';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { viewPolicyFile } from '../views/policy-view';

export interface PolicyFileCommandOptions extends PolicyFileOptions {
  readonly repair?: boolean;
  readonly out?: string;
  readonly inPlace?: boolean;
}

export function runPolicyFile(context: CommandContext, file: string, options: PolicyFileCommandOptions): Outcome {
  const { host, messages } = context;
  if ((options.repair === true) !== ((options.out !== undefined) !== (options.inPlace === true))) {
    host.writeError(`${messages.policy.repairNeedsTarget}\n`);
    return 'bad-input';
  }
  const before = readInputFile(file);
  const { judgement, bytes } = repairPolicyFile(before, file, options);
  const written = options.repair === true ? writeRepaired(judgement, bytes, file, options) : null;
  const outcome = outcomeOf(judgement, options.repair === true);
  if (context.json) writeJson(context, 'policy-file', outcome, { file, ...judgement, written });
  else {
    host.write(viewPolicyFile(judgement, messages));
    if (written !== null) host.write(`${messages.policy.written(written.file, written.kept)}\n`);
  }
  return outcome;
}

function writeRepaired(
  { verdict }: PolicyFileJudgement,
  bytes: Uint8Array,
  file: string,
  { out }: PolicyFileCommandOptions,
): { readonly file: string; readonly kept: string | null } | null {
  if (verdict !== 'needs-repair') return null;
  if (out === undefined) return { file, kept: replaceFileKeepingOld(file, bytes) };
  requireDifferentFiles(file, out);
  writeOutputFile(out, bytes);
  return { file: out, kept: null };
}

function outcomeOf({ verdict }: PolicyFileJudgement, isRepair: boolean): Outcome {
  if (!isRepair) return 'nothing-to-do';
  return verdict === 'refused' || verdict === 'too-long' ? 'refused' : 'nothing-to-do';
}
