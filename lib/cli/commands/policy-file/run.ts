/** `policy file`: what a Registry.pol says about the cipher suite order, and its repair. */
import { readInputFile, requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { replaceFileKeepingOld } from '../../../files/whole-file';
import { type PolicyFileJudgement, repairPolicyFile } from '../../../group-policy/policy-file';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { viewPolicyFile } from '../../views/policy-view';
import type { policyFile } from './command';
import type { documents } from './documents';

type PolicyFileOptions = OptionValues<typeof policyFile.options>;

export async function run(context: CommandContext, options: PolicyFileOptions, file: string): Promise<Outcome> {
  const { messages } = context;
  const { judgement, bytes } = repairPolicyFile(readInputFile(file), file, options);
  const written = options.repair ? writeRepaired(judgement, bytes, file, options) : null;
  const isRefused = judgement.verdict === 'refused' || judgement.verdict === 'too-long';
  const outcome =
    options.repair && isRefused ? 'refused' : options.repair && written === null ? 'nothing-to-do' : 'done';
  const content = { file, ...judgement, written } satisfies Content<(typeof documents)['policy-file']>;
  report(context, 'policy-file', outcome, content, ({ written: done, ...shown }) =>
    [
      viewPolicyFile(shown, messages),
      ...(done === null ? [] : [`${messages.policy.written(done.file, done.kept)}\n`]),
    ].join(''),
  );
  return outcome;
}

function writeRepaired(
  { verdict }: PolicyFileJudgement,
  bytes: Uint8Array,
  file: string,
  { out }: PolicyFileOptions,
): { readonly file: string; readonly kept: string | null } | null {
  if (verdict !== 'needs-repair') return null;
  if (out === undefined) return { file, kept: replaceFileKeepingOld(file, bytes) };
  requireDifferentFiles(file, out);
  writeOutputFile(out, bytes);
  return { file: out, kept: null };
}
