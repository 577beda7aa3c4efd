/** `selfcheck`: always one JSON report, to attach to a bug. */
import { selfCheck } from '../../../selfcheck/self-check';
import { type CommandContext, writeJson } from '../../command-context';
import type { Outcome } from '../../exit-code';

export interface SelfCheckOptions {
  readonly deep?: boolean;
  readonly yes?: boolean;
}

export async function runSelfCheck(context: CommandContext, options: SelfCheckOptions): Promise<Outcome> {
  const { host, messages } = context;
  const deep = options.deep === true;
  if (deep && options.yes !== true && host.ask !== undefined) {
    if (!/^y(es)?$/i.test((await host.ask(messages.askDeepCheck)).trim())) return 'nothing-to-do';
  }
  const binding = await context.open();
  const report = selfCheck(binding, { deep });
  const differs = report.checks.filter(({ verdict }) => verdict === 'differs');
  const outcome: Outcome =
    differs.length === 0
      ? 'nothing-to-do'
      : differs.some(({ id }) => id === 'put-back')
        ? 'failed-undo-incomplete'
        : 'failed-undone';
  writeJson(context, 'selfcheck', outcome, report);
  return outcome;
}
