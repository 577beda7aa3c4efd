/** `policy file`: what a Registry.pol says about the cipher suite order, and its repair. */
import { type FileInPlace, readFileInPlace } from '../../files/file-in-place';
import { largestInput, readInputFile, requireDifferentFiles, writeOutputFile } from '../../files/user-file';
import { type PolicyFileJudgement, type PolicyFileOptions, repairPolicyFile } from '../../group-policy/policy-file';
import { type PolicyVersion, replacePolicyFile } from '../../group-policy/replace-policy-file';
import type { Messages } from '../../messages/shape';
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
  const inPlace = options.inPlace === true ? readFileInPlace(file, largestInput) : undefined;
  const { judgement, bytes } = repairPolicyFile(inPlace?.bytes ?? readInputFile(file), file, options);
  const isWritten = options.repair === true && judgement.verdict === 'needs-repair';
  const written = isWritten ? writeRepaired(context, bytes, file, inPlace ?? options.out) : null;
  const outcome = outcomeOf(judgement, options.repair === true);
  if (context.json) writeJson(context, 'policy-file', outcome, { file, ...judgement, written });
  else {
    host.write(viewPolicyFile(judgement, messages));
    if (written !== null) host.write(`${describeWritten(written, messages)}\n`);
  }
  return outcome;
}

interface WrittenPolicyFile {
  readonly file: string;
  readonly kept: string | null;
  /** Hard links that still lead to the old content. */
  readonly otherNames: number;
  readonly version: PolicyVersion;
}

function writeRepaired(
  { host }: CommandContext,
  bytes: Uint8Array,
  file: string,
  target: FileInPlace | string | undefined,
): WrittenPolicyFile {
  if (typeof target === 'object') {
    return { file, otherNames: target.otherNames, ...replacePolicyFile(target, bytes, host.swapFiles) };
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

function outcomeOf({ verdict }: PolicyFileJudgement, isRepair: boolean): Outcome {
  if (!isRepair) return 'nothing-to-do';
  return verdict === 'refused' || verdict === 'too-long' ? 'refused' : 'nothing-to-do';
}
