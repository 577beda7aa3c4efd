/** `selfcheck`: always one JSON report, to attach to a bug. */
import { selfCheck } from '../../../selfcheck/self-check';
import { type CommandContext, type Content, confirm, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import type { selfcheck } from './command';
import type { documents } from './documents';

export async function run(context: CommandContext, options: OptionValues<typeof selfcheck.options>): Promise<Outcome> {
  const { deep } = options;
  const binding = await context.open({ forChange: deep });
  if (deep && !(await confirm(context, options, context.messages.askDeepCheck))) return 'done';
  const content = selfCheck(binding, { deep }) satisfies Content<(typeof documents)['selfcheck']>;
  const differing = content.checks.filter(({ verdict }) => verdict === 'differs').map(({ id }) => id);
  const outcome =
    differing.length === 0 ? 'done' : differing.includes('put-back') ? 'failed-undo-incomplete' : 'undecided';
  writeJson(context, 'selfcheck', outcome, content);
  return outcome;
}
