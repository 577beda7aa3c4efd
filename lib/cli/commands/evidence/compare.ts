/** `evidence --before --after`: whether anything broke, in two windows of the same length. */
import { compareEvidence, equalWindows } from '../../../evidence/compare-evidence';
import { gatherEvidence } from '../../../evidence/gather-evidence';
import { type CommandContext, type Content, report } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { viewComparison } from '../../views/comparison-view';
import type { evidence as command } from './command';
import type { documents } from './documents';
import { openFiles, readAddresses } from './inputs';

const checked = {
  'nothing-broke': 'done',
  'these-broke': 'these-broke',
  'too-little': 'undecided',
} as const satisfies Record<string, Outcome>;

/** Everything is read twice: how long the windows are is known only at the end. */
export async function runComparison(
  context: CommandContext,
  { check, local, tshark }: OptionValues<typeof command.options>,
  before: readonly string[],
  after: readonly string[],
): Promise<Outcome> {
  const { host, messages, colours } = context;
  const gather = (names: readonly string[], window?: { readonly from: number; readonly to: number }) =>
    gatherEvidence(openFiles(context, names, tshark), {
      remaining: null,
      ...(local !== undefined && { local: readAddresses(local) }),
      ...(window !== undefined && { window }),
      signal: host.interrupted,
    }).finally(() => host.showProgress?.(undefined));
  const whole = { before: await gather(before), after: await gather(after) };
  const windows = equalWindows(whole.before, whole.after);
  const compared = compareEvidence(
    windows === null ? whole.before : await gather(before, windows.before),
    windows === null ? whole.after : await gather(after, windows.after),
    windows,
  );
  const outcome = check ? checked[compared.verdict] : 'done';
  const iso = ({ from, to }: { readonly from: number; readonly to: number }) => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  const content = {
    ...compared,
    windows: windows && {
      hours: windows.milliseconds / 3_600_000,
      before: iso(windows.before),
      after: iso(windows.after),
    },
  } satisfies Content<(typeof documents)['evidence-comparison']>;
  report(context, 'evidence-comparison', outcome, content, (shown) => viewComparison(shown, messages, colours));
  return outcome;
}
