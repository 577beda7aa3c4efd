/**
 * `policy text`: repairs a policy text and takes the DHE suites out. stdout is the corrected text
 * alone, stderr tells what to do with it.
 */
import { describePreferenceItems, type PreferenceItem } from '../../../assessment/policy-origins';
import { judgePolicyText } from '../../../policy/judge-policy-text';
import { longestPolicyText } from '../../../policy/policy-text';
import { type CommandContext, type Content, tell, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { readNamedInput } from '../../named-input';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { describeCosts } from '../../views/cost-view';
import { viewFaults } from '../../views/fault-view';
import type { policyText } from './command';
import type { documents } from './documents';

type PolicyTextOptions = OptionValues<typeof policyText.options>;

export async function run(
  context: CommandContext,
  options: PolicyTextOptions,
  argument: string | undefined,
): Promise<Outcome> {
  const { host, messages } = context;
  const { keepDhe, shorten, translate, separator, windows, ecdsaOnly } = options;
  const found = await obtainText(context, argument, options);
  const judgement = judgePolicyText(found.text, separator, {
    keepDhe,
    shorten,
    translate,
    ecdsaOnly,
    ...(windows !== undefined && { windows, convert: true }),
  });
  const { list: before, faults, faultCount, translations, converted, refusals, warnings, corrected } = judgement;
  const { text, list, length } = corrected;
  const outcome: Outcome = refusals.length > 0 ? 'refused' : 'done';
  const refusal = outcome === 'refused' ? messages.textRefused(describeCosts(refusals, messages)) : null;
  if (context.json) {
    const kept = new Set(list);
    const removed = before.filter((name) => !kept.has(name));
    const content = {
      text: refusal === null ? text : null,
      list,
      removed,
      faults,
      faultCount,
      translations,
      converted,
      length,
      refusals,
      warnings,
      message: refusal,
    } satisfies Content<(typeof documents)['policy-text']>;
    writeJson(context, 'policy-text', outcome, content);
    return outcome;
  }
  const items = asShown(found.preferenceItems);
  if (items.length > 0) tell(context, `${messages.finding['preference-items']({ items }, messages)}\n`);
  tell(context, viewFaults(asShown(faults), faultCount, messages));
  if (options.diff) for (const name of before) tell(context, `${list.includes(name) ? ' ' : '-'} ${name}\n`);
  if (length !== null && length.length > longestPolicyText) {
    const expendable = length.expendable.map(({ name }) => name).join(', ');
    tell(context, `${messages.tooLong(length.length, length.limit, expendable)}\n`);
  }
  if (warnings.length > 0) tell(context, `${messages.costs} ${describeCosts(warnings, messages)}\n`);
  if (!translate) {
    for (const { name, write } of asShown(translations)) tell(context, `${messages.schannelSpells(name, write)}\n`);
  }
  for (const { name, to } of asShown(converted)) tell(context, `${name} -> ${to.join(', ')}\n`);
  if (refusal !== null) {
    host.writeError(`${refusal}\n`);
  } else {
    host.write(`${text}\n`);
    tell(context, `\n${messages.deploy[options.separator === ',' ? 'groupPolicy' : 'mdm']}\n`);
  }
  return outcome;
}

interface FoundText {
  readonly text: string;
  /** Those that set the order beside the policy. */
  readonly preferenceItems: readonly PreferenceItem[];
}

async function obtainText(
  context: CommandContext,
  argument: string | undefined,
  { file, separator }: PolicyTextOptions,
): Promise<FoundText> {
  const { readInput, readInputText } = await import('../../../inputs/read-input.js');
  const { policyTextOf } = await import('../../../inputs/open-configuration.js');
  const plain = (text: string) => ({ text, preferenceItems: [] });
  if (file === undefined && argument !== undefined && argument !== '-') {
    return plain(hasWords(argument) ? policyTextOf(readInputText(argument, 'text'), separator, 'text') : argument);
  }
  const { bytes, source } = await readNamedInput(context, file ?? '-');
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('utf8');
  if (bytes.length <= 4096 && !hasWords(start)) return plain(start);
  const input = readInput(bytes, source);
  // The line end that every editor and every `echo` writes is no fault of the text.
  const text = policyTextOf(input, separator, source).replace(/\r?\n$/, '');
  const { content } = input;
  return { text, preferenceItems: content.kind === 'policies' ? describePreferenceItems(content.policies) : [] };
}

/** Signs and blanks alone are an empty policy, which is judged as one; other control characters are of no text. */
function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]|(?!\s)\p{Cc}/u.test(text);
}
