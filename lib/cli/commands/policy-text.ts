/**
 * `policy text`: repairs a policy text and takes the DHE suites out. stdout is the corrected text
 * alone, stderr tells what to do with it.
 */
import { guardAgainstLockout } from '../../change/lockout-guard';
import { withoutDheSuites } from '../../cipher-suite/suite-list';
import { InputTooLargeError } from '../../errors';
import { decodeInputText, largestInput, readInputFile } from '../../files/user-file';
import {
  formatPolicyText,
  longestPolicyText,
  measurePolicyText,
  type PolicySeparator,
  repairPolicyText,
  shortenPolicyList,
} from '../../policy/policy-text';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';

export interface PolicyTextOptions {
  readonly file?: string;
  readonly keepDhe?: boolean;
  readonly separator: PolicySeparator;
  readonly diff?: boolean;
  readonly shorten?: boolean;
}

export async function runPolicyText(
  context: CommandContext,
  argument: string | undefined,
  options: PolicyTextOptions,
): Promise<Outcome> {
  const { host, messages } = context;
  const {
    list: before,
    faults,
    faultCount,
  } = repairPolicyText(await obtainText(context, argument, options), options.separator);
  const kept = options.keepDhe === true ? before : withoutDheSuites(before);
  const { list } = options.shorten === true ? shortenPolicyList(kept) : { list: kept };
  const { refusals } = guardAgainstLockout(before, list, false);
  const outcome: Outcome = refusals.length > 0 ? 'refused' : 'nothing-to-do';
  const refusal =
    outcome === 'refused' ? messages.refused(refusals.map((cost) => messages.cost[cost]).join(' ')) : null;
  const text = formatPolicyText(list, options.separator);
  const length = options.separator === ',' ? measurePolicyText(list) : null;
  if (context.json) {
    const removed = before.filter((name) => !list.includes(name));
    writeJson(context, 'policy-text', outcome, {
      text,
      list,
      removed,
      faults,
      faultCount,
      length,
      refusals,
      message: refusal,
    });
    return outcome;
  }
  for (const { kind, position, found } of faults.slice(0, mostFaultsShown)) {
    host.writeError(`${messages.faultLine(position, messages.fault[kind], JSON.stringify(found))}\n`);
  }
  if (faultCount > mostFaultsShown) host.writeError(`${messages.moreFaults(faultCount - mostFaultsShown)}\n`);
  if (options.diff === true) {
    for (const name of before) host.writeError(`${list.includes(name) ? ' ' : '-'} ${name}\n`);
  }
  if (length !== null && length.length > longestPolicyText) {
    host.writeError(
      `${messages.tooLong(length.length, length.limit, length.expendable.map(({ name }) => name).join(', '))}\n`,
    );
  }
  if (refusal !== null) host.writeError(`${refusal}\n`);
  else {
    host.write(`${text}\n`);
    host.writeError(`\n${messages.deploy[options.separator === ',' ? 'groupPolicy' : 'mdm']}\n`);
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
