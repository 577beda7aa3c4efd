/** `evidence`: what logs, events and captures tell of DHE, judged by what is left without it. */
import { UnsupportedPlatformError } from '../../../errors';
import { type Evidence, gatherEvidence, isUnread } from '../../../evidence/gather-evidence';
import { type RemainingList, remainingList } from '../../../evidence/remaining-list';
import { writeTsharkCommand } from '../../../evidence/tshark-fields';
import { requireDifferentFiles, writeOutputFile } from '../../../files/user-file';
import { languages } from '../../../messages/languages';
import { type CommandContext, type Content, report, tell } from '../../command-context';
import type { Outcome } from '../../exit-code';
import { obtainConfiguration } from '../../obtain-configuration';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { viewEvidence } from '../../views/evidence-view';
import { writePeersAsCsv } from '../../views/peers-csv';
import type { evidence as command } from './command';
import type { documents } from './documents';
import { openEvents, openInputs, readAddresses } from './inputs';

type EvidenceOptions = OptionValues<typeof command.options>;

const checked = {
  'dhe-seen': 'dhe-seen',
  'no-dhe-seen': 'done',
  unknown: 'undecided',
} as const satisfies Record<string, Outcome>;

export async function run(
  context: CommandContext,
  options: EvidenceOptions,
  names: readonly string[],
): Promise<Outcome> {
  const { host, messages, colours } = context;
  if (options.tsharkCommand) {
    const content = { command: writeTsharkCommand() } satisfies Content<(typeof documents)['tshark-command']>;
    report(context, 'tshark-command', 'done', content, ({ command }) => `${command}\n`);
    return 'done';
  }
  if (options.before !== undefined) {
    return (await import('./compare.js')).runComparison(context, options, options.before, options.after ?? []);
  }
  if (options.logging !== undefined)
    return (await import('./logging.js')).runLogging(context, options, options.logging);
  const named = openInputs(context, names, options.tshark);
  for (const { source } of named) {
    if (options.html !== undefined && source !== 'stdin') requireDifferentFiles(source, options.html);
  }
  const inputs = options.events ? [...named, await openEvents(context)] : named;
  const remaining = await obtainRemaining(context, options);
  const gathered = await gatherEvidence(inputs, {
    remaining,
    judgedBy: options.from === undefined ? 'machine' : 'files',
    ...(options.local !== undefined && { local: readAddresses(options.local) }),
    signal: host.interrupted,
  }).finally(() => host.showProgress?.(undefined));
  const outcome = outcomeOf(gathered, options.check);
  const content = gathered satisfies Content<(typeof documents)['evidence']>;
  if (options.html !== undefined) await writePage(context, options.html, gathered);
  if (options.csv) host.write(writePeersAsCsv(content.peers));
  else report(context, 'evidence', outcome, content, (shown) => viewEvidence(shown, messages, colours));
  return outcome;
}

/** Whoever reads the result must not take it for all of it. */
function outcomeOf({ verdict, interrupted, skipped }: Evidence, check: boolean): Outcome {
  if (check && verdict === 'dhe-seen') return 'dhe-seen';
  if (skipped.some(isUnread)) return 'bad-input';
  return interrupted ? 'undecided' : check ? checked[verdict] : 'done';
}

async function writePage(context: CommandContext, file: string, gathered: Evidence): Promise<void> {
  const { writeEvidencePage } = await import('../../views/evidence-page.js');
  const all = { en: await languages.en(), ja: await languages.ja() };
  writeOutputFile(file, writeEvidencePage(asShown(gathered), all, context.language));
  if (!context.json) tell(context, `${context.messages.evidence.pageWritten(asShown(file))}\n`);
}

/** Null where there is no Schannel here and no file was given. */
async function obtainRemaining(
  context: CommandContext,
  { from, windows }: EvidenceOptions,
): Promise<RemainingList | null> {
  try {
    return remainingList(await obtainConfiguration(context, from), { windows });
  } catch (error) {
    if (from === undefined && error instanceof UnsupportedPlatformError) return null;
    throw error;
  }
}
