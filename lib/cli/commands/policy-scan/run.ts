/** `policy backup` and `policy scan`: every GPO below a folder with its verdict, and corrected copies of the backups. */
import { formatJson } from '../../../files/ascii-json';
import { type ScannedPolicy, scanPolicies } from '../../../group-policy/scan';
import { type CommandContext, type Content, errorContent, writeJson } from '../../command-context';
import { type Outcome, outcomeOfError } from '../../exit-code';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { viewScannedPolicy } from '../../views/policy-view';
import type { policyScan } from './command';
import type { documents, ScanTally } from './documents';

type Policy = Content<(typeof documents)['scanned-policy']>['policy'];
type Failure = Content<(typeof documents)['policy-scan']>['error'];

/** Where the GPOs go as they are found, so that memory does not grow with their number. */
interface Sink {
  readonly start: () => void;
  readonly put: (policy: Policy, outcome: Outcome) => void;
  readonly end: (tally: ScanTally, outcome: Outcome, error: Failure) => void;
}

type ScanOptions = OptionValues<typeof policyScan.options>;

export async function runBackup(context: CommandContext, options: ScanOptions, folder: string): Promise<Outcome> {
  return search(context, options, folder, ({ kind }) => kind === 'backup' || kind === 'folder');
}

export async function runScan(context: CommandContext, options: ScanOptions, folder: string): Promise<Outcome> {
  return search(context, options, folder, () => true);
}

async function search(
  context: CommandContext,
  options: ScanOptions,
  folder: string,
  isWanted: (item: ScannedPolicy) => boolean,
): Promise<Outcome> {
  const { host, messages } = context;
  const sink = context.lines ? lineSink(context) : context.json ? documentSink(context) : textSink(context, folder);
  const tally = { policies: 0, setting: 0, needRepair: 0, preferences: 0, written: 0, refused: 0, skipped: 0 };
  // The folder itself is looked into before anything is written.
  const found = scanPolicies(folder, options);
  let next = found.next();
  sink.start();
  try {
    for (; next.done !== true; next = found.next()) {
      const item = next.value;
      if (!isWanted(item)) continue;
      host.showProgress?.(undefined);
      sink.put(describe(item, context), outcomeOfItem(item));
      count(tally, item);
      host.showProgress?.(item.progress);
    }
  } catch (error) {
    host.showProgress?.(undefined);
    if (!context.json || context.lines) throw error;
    // The document that was begun is finished, and says what ended it.
    const outcome = outcomeOfError(error);
    sink.end(tally, outcome, errorContent(error, messages));
    if (outcome === 'unexpected') host.writeError(`${(error as Error).stack ?? error}\n`);
    return outcome;
  }
  host.showProgress?.(undefined);
  const outcome = outcomeOf(tally, options);
  sink.end(tally, outcome, null);
  return outcome;
}

function outcomeOf(
  { policies, skipped, needRepair, preferences, refused }: ScanTally,
  { check, repair }: ScanOptions,
): Outcome {
  if (policies + skipped === 0 || skipped > 0) return 'bad-input';
  if (check && needRepair + refused + preferences > 0) return 'needs-repair';
  return repair && refused + preferences > 0 ? 'refused' : 'done';
}

function outcomeOfItem({ error }: ScannedPolicy): Outcome {
  return error === null ? 'done' : outcomeOfError(error);
}

function documentSink({ host }: CommandContext): Sink {
  let separator = '';
  return {
    start: () => host.write(`{\n"schemaVersion": 1,\n"kind": "policy-scan",\n"policies": [`),
    put: (policy) => {
      host.write(`${separator}\n${formatJson(policy)}`);
      separator = ',';
    },
    end: (tally, outcome, error) => {
      const last = [`"tally": ${formatJson(tally)}`, `"error": ${formatJson(error)}`, `"outcome": "${outcome}"`];
      host.write(`\n],\n${last.join(',\n')}\n}\n`);
    },
  };
}

function lineSink(context: CommandContext): Sink {
  return {
    start: () => {},
    put: (policy, outcome) => writeJson(context, 'scanned-policy', outcome, { policy }),
    end: (tally, outcome) => writeJson(context, 'policy-tally', outcome, { tally }),
  };
}

function textSink(context: CommandContext, folder: string): Sink {
  const { host, messages, quiet } = context;
  return {
    start: () => {},
    put: (policy) => {
      const text = viewScannedPolicy(asShown(policy), messages);
      if (policy.error !== null) host.writeError(text);
      else if (!quiet) host.write(text);
    },
    end: (tally) => {
      if (tally.policies + tally.skipped === 0) host.writeError(`${messages.policy.noPolicies(asShown(folder))}\n`);
      else if (!quiet)
        host.write(
          `\n${messages.policy.tally(tally)}\n${tally.written > 0 ? `${messages.policy.importCopies}\n` : ''}`,
        );
    },
  };
}

function count(tally: ScanTally, { judgement, preferenceItems, written }: ScannedPolicy): void {
  if (judgement === null) {
    tally.skipped += 1;
    return;
  }
  tally.policies += 1;
  if (judgement.order !== null) tally.setting += 1;
  if (judgement.verdict === 'needs-repair') tally.needRepair += 1;
  if (judgement.verdict === 'refused' || judgement.verdict === 'too-long') tally.refused += 1;
  if (preferenceItems.some(({ isDisabled }) => !isDisabled)) tally.preferences += 1;
  if (written !== null) tally.written += 1;
}

function describe({ error, progress: _, judgement, ...item }: ScannedPolicy, { messages }: CommandContext): Policy {
  const { verdict = null, order = null } = judgement ?? {};
  return { ...item, verdict, order, error: error === null ? null : errorContent(error, messages) };
}
