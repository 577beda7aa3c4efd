/** `policy file`: what a file says about the policy, and the repair of a Registry.pol. */
import { InvalidInputError } from '../../../errors';
import { type FileInPlace, readFileInPlace } from '../../../files/file-in-place';
import { largestInput, requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { type PolicyFileJudgement, repairPolicyFile } from '../../../group-policy/policy-file';
import { judgePolicyInput, type PolicyInputJudgement } from '../../../group-policy/policy-input';
import { type PolicyVersion, replacePolicyFile } from '../../../group-policy/replace-policy-file';
import type { Messages } from '../../../messages/shape';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { readNamedInput } from '../../named-input';
import type { OptionValues } from '../../option';
import { viewPolicyFile } from '../../views/policy-view';
import type { policyFile } from './command';
import type { documents } from './documents';

type PolicyFileOptions = OptionValues<typeof policyFile.options>;

export async function run(context: CommandContext, options: PolicyFileOptions, file: string): Promise<Outcome> {
  const { messages } = context;
  const inPlace = options.inPlace ? readFileInPlace(file, largestInput) : undefined;
  const { bytes } = inPlace ?? (await readNamedInput(context, file));
  const { judgement, isRegistryPol, ...found } = judgePolicyInput(bytes, file, options);
  if (options.repair && !isRegistryPol) throw new InvalidInputError(file, undefined, 'registry-pol', 'another-form');
  const isWritten = options.repair && judgement.verdict === 'needs-repair';
  const written = isWritten ? await writeRepaired(context, bytes, file, inPlace, options) : null;
  const outcome = outcomeOf(judgement, found, options, written !== null);
  const content = { file, ...judgement, ...found, written } satisfies Content<(typeof documents)['policy-file']>;
  report(context, 'policy-file', outcome, content, ({ written: done, preferenceItems: items, ...shown }) =>
    [
      viewPolicyFile(shown, messages),
      ...(items.length === 0 ? [] : [`${messages.finding['preference-items']({ items }, messages)}\n`]),
      ...(shown.isFromDirtyHive ? [`${messages.finding['dirty-hive']({}, messages)}\n`] : []),
      ...(done === null ? [] : [`${describeWritten(done, messages)}\n`]),
    ].join(''),
  );
  return outcome;
}

function outcomeOf(
  { verdict }: PolicyFileJudgement,
  { preferenceItems, isFromDirtyHive }: Pick<PolicyInputJudgement, 'preferenceItems' | 'isFromDirtyHive'>,
  options: PolicyFileOptions,
  isWritten: boolean,
): Outcome {
  const isRefused = verdict === 'refused' || verdict === 'too-long';
  if (
    options.check &&
    (isRefused || verdict === 'needs-repair' || preferenceItems.some(({ isDisabled }) => !isDisabled))
  ) {
    return 'needs-repair';
  }
  if (options.check && isFromDirtyHive) return 'undecided';
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
  inPlace: FileInPlace | undefined,
  options: PolicyFileOptions,
): Promise<WrittenPolicyFile> {
  const repaired = repairPolicyFile(bytes, file, options).bytes;
  if (inPlace !== undefined) {
    const swapFiles = await host.loadSwapFiles?.();
    return { file, otherNames: inPlace.otherNames, ...replacePolicyFile(inPlace, repaired, swapFiles) };
  }
  const out = options.out ?? file;
  requireDifferentFiles(file, out);
  writeOutputFile(out, repaired);
  return { file: out, kept: null, otherNames: 0, version: 'none' };
}

function describeWritten({ file, kept, otherNames, version }: WrittenPolicyFile, { policy }: Messages): string {
  return [
    policy.written(file, kept),
    ...(otherNames > 0 ? [policy.otherNames(otherNames)] : []),
    ...(version === 'none' ? [] : [policy.version[version]]),
  ].join('\n');
}
