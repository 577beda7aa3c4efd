/** `policy file`: what a Registry.pol says about the cipher suite order, and its repair. */
import { type FileInPlace, readFileInPlace } from '../../../files/file-in-place';
import { largestInput, readInputFile, requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { type PolicyFileJudgement, repairPolicyFile } from '../../../group-policy/policy-file';
import { type PolicyVersion, replacePolicyFile } from '../../../group-policy/replace-policy-file';
import type { Messages } from '../../../messages/shape';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { viewPolicyFile } from '../../views/policy-view';
import type { policyFile } from './command';
import type { documents } from './documents';

type PolicyFileOptions = OptionValues<typeof policyFile.options>;

export async function run(context: CommandContext, options: PolicyFileOptions, file: string): Promise<Outcome> {
  const { messages } = context;
  const inPlace = options.inPlace ? readFileInPlace(file, largestInput) : undefined;
  const { judgement, bytes } = repairPolicyFile(inPlace?.bytes ?? readInputFile(file), file, options);
  const isWritten = options.repair && judgement.verdict === 'needs-repair';
  const written = isWritten ? await writeRepaired(context, bytes, file, inPlace ?? options.out) : null;
  const outcome = outcomeOf(judgement, options, written !== null);
  const content = { file, ...judgement, written } satisfies Content<(typeof documents)['policy-file']>;
  report(context, 'policy-file', outcome, content, ({ written: done, ...shown }) =>
    [viewPolicyFile(shown, messages), ...(done === null ? [] : [`${describeWritten(done, messages)}\n`])].join(''),
  );
  return outcome;
}

function outcomeOf({ verdict }: PolicyFileJudgement, options: PolicyFileOptions, isWritten: boolean): Outcome {
  const isRefused = verdict === 'refused' || verdict === 'too-long';
  if (options.check && (isRefused || verdict === 'needs-repair')) return 'needs-repair';
  if (!options.repair || isWritten) return 'done';
  return isRefused ? 'refused' : 'nothing-to-do';
}

interface WrittenPolicyFile {
  readonly file: string;
  readonly kept: string | null;
  /** Hard links that still lead to the old content. */
  readonly otherNames: number;
  readonly version: PolicyVersion;
}

async function writeRepaired(
  { host }: CommandContext,
  bytes: Uint8Array,
  file: string,
  target: FileInPlace | string | undefined,
): Promise<WrittenPolicyFile> {
  if (typeof target === 'object') {
    const swapFiles = await host.loadSwapFiles?.();
    return { file, otherNames: target.otherNames, ...replacePolicyFile(target, bytes, swapFiles) };
  }
  const out = target ?? file;
  requireDifferentFiles(file, out);
  writeOutputFile(out, bytes);
  return { file: out, kept: null, otherNames: 0, version: 'none' };
}

function describeWritten({ file, kept, otherNames, version }: WrittenPolicyFile, { policy }: Messages): string {
  return [
    policy.written(file, kept),
    ...(otherNames > 0 ? [policy.otherNames(otherNames)] : []),
    ...(version === 'none' ? [] : [policy.version[version]]),
  ].join('\n');
}
