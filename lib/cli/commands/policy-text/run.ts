/**
 * `policy text`: repairs a policy text and takes the DHE suites out. stdout is the corrected text
 * alone, stderr tells what to do with it.
 */
import { guardAgainstLockout } from '../../../change/lockout-guard';
import { withoutDheSuites } from '../../../cipher-suite/suite-list';
import { InputTooLargeError } from '../../../errors';
import { decodeInputText, largestInput, readInputFile } from '../../../files/user-file';
import {
  formatPolicyText,
  longestPolicyText,
  measurePolicyText,
  repairPolicyText,
  shortenPolicyList,
} from '../../../policy/policy-text';
import { type CommandContext, type Content, tell, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import type { policyText } from './command';
import type { documents } from './documents';

type PolicyTextOptions = OptionValues<typeof policyText.options>;

export async function run(
  context: CommandContext,
  options: PolicyTextOptions,
  argument: string | undefined,
): Promise<Outcome> {
  const { host, messages } = context;
  const {
    list: before,
    faults,
    faultCount,
  } = repairPolicyText(await obtainText(context, argument, options), options.separator);
  const kept = options.keepDhe ? before : withoutDheSuites(before);
  const { list } = options.shorten ? shortenPolicyList(kept) : { list: kept };
  const { refusals } = guardAgainstLockout(before, list, false);
  const outcome: Outcome = refusals.length > 0 ? 'refused' : 'done';
  const refusal =
    outcome === 'refused' ? messages.refused(messages.join(refusals.map((cost) => messages.cost[cost]))) : null;
  const text = formatPolicyText(list, options.separator);
  const length = options.separator === ',' ? measurePolicyText(list) : null;
  if (context.json) {
    const removed = before.filter((name) => !list.includes(name));
    const content = { text, list, removed, faults, faultCount, length, refusals, message: refusal } satisfies Content<
      (typeof documents)['policy-text']
    >;
    writeJson(context, 'policy-text', outcome, content);
    return outcome;
  }
  for (const { kind, position, found } of asShown(faults.slice(0, mostFaultsShown))) {
    tell(context, `${messages.faultLine(position, messages.fault[kind], `"${found}"`)}\n`);
  }
  if (faultCount > mostFaultsShown) tell(context, `${messages.moreFaults(faultCount - mostFaultsShown)}\n`);
  if (options.diff) for (const name of before) tell(context, `${list.includes(name) ? ' ' : '-'} ${name}\n`);
  if (length !== null && length.length > longestPolicyText) {
    const expendable = length.expendable.map(({ name }) => name).join(', ');
    tell(context, `${messages.tooLong(length.length, length.limit, expendable)}\n`);
  }
  if (refusal !== null) host.writeError(`${refusal}\n`);
  else {
    host.write(`${text}\n`);
    tell(context, `\n${messages.deploy[options.separator === ',' ? 'groupPolicy' : 'mdm']}\n`);
  }
  return outcome;
}

/** On a screen; `--json` lists all. */
const mostFaultsShown = 100;

async function obtainText(
  { host }: CommandContext,
  argument: string | undefined,
  options: PolicyTextOptions,
): Promise<string> {
  if (options.file !== undefined) return withoutLastLineEnd(decodeInputText(readInputFile(options.file), options.file));
  if (argument !== undefined && argument !== '-') return argument;
  const bytes = await host.readStdin();
  if (bytes.byteLength > largestInput) throw new InputTooLargeError('stdin', largestInput, bytes.byteLength);
  return withoutLastLineEnd(decodeInputText(bytes, 'stdin'));
}

/** The line end that every editor and every `echo` writes is no fault of the text. */
function withoutLastLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
