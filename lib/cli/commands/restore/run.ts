/** `restore`: puts a backup back, or lists what there is. */
import type { SchannelBinding } from '../../../binding/schannel-binding';
import { type Drift, restoreBackup } from '../../../change/restore';
import { setAside } from '../../../change/set-aside';
import { readJournal } from '../../../configuration/journal';
import { listBackups } from '../../../configuration/stored-backups';
import { type CommandContext, type Content, confirm, describeError, report, reportChange } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
import { formatLocalTime } from '../../views/local-time';
import { formatTable } from '../../views/table';
import type { restore } from './command';
import type { documents } from './documents';

type Restored = Content<(typeof documents)['restore']>;

export async function run(
  context: CommandContext,
  options: OptionValues<typeof restore.options>,
  backupId: string | undefined,
): Promise<Outcome> {
  if (options.list) return showBackups(context, await context.open({ forChange: false }));
  const { force, dryRun } = options;
  const binding = await context.open({ forChange: !dryRun });
  if (options.setAside) return setDamagedAside(context, binding);
  if (!dryRun && !(await confirm(context, options, context.messages.askRestore(backupId ?? null)))) return 'done';
  return putBack(context, binding, { force, dryRun, ...(backupId !== undefined && { backupId }) });
}

function showBackups(context: CommandContext, { stateStore }: SchannelBinding): Outcome {
  const { messages } = context;
  const backups = listBackups(stateStore).map(({ id, backup }) => ({ id, backup }));
  const content = { backups } satisfies Content<(typeof documents)['backups']>;
  report(context, 'backups', 'done', content, (shown) => {
    if (shown.backups.length === 0) return `${messages.noBackups}\n`;
    const rows = shown.backups.map(({ id, backup }) =>
      backup === null
        ? [id, messages.damagedBackup]
        : [id, formatLocalTime(backup.createdAt), String(backup.list.length), String(backup.removed.length)],
    );
    return formatTable([messages.backupColumns, ...rows]);
  });
  return 'done';
}

/** What of our own cannot be read is kept under other names, where it stops nothing. */
function setDamagedAside(context: CommandContext, binding: SchannelBinding): Outcome {
  const { problem } = readJournal(binding.stateStore);
  const damaged = listBackups(binding.stateStore).flatMap(({ id, backup }) =>
    backup === null ? [`backup-${id}`] : [],
  );
  const entries = setAside(binding, [...(problem === null ? [] : [problem.entry]), ...damaged]);
  const outcome = entries.length === 0 ? 'nothing-to-do' : 'done';
  const content = { entries } satisfies Content<(typeof documents)['set-aside']>;
  report(context, 'set-aside', outcome, content, (shown) => `${context.messages.setAside(shown.entries)}\n`);
  return outcome;
}

function putBack(
  context: CommandContext,
  binding: SchannelBinding,
  options: { readonly force: boolean; readonly dryRun: boolean; readonly backupId?: string },
): Outcome {
  const { messages } = context;
  const tellRestored = (outcome: Outcome, content: Restored) => {
    reportChange(context, 'restore', outcome, content, `${content.message}\n`);
    return outcome;
  };
  const restored = restoreBackup(binding, options);
  if (!('backup' in restored)) {
    const hasEnded = restored.kind === 'trial-ended';
    return tellRestored(hasEnded ? 'changed' : 'done', {
      backupId: null,
      before: [],
      added: [],
      drift: null,
      cause: null,
      message: hasEnded ? messages.trialEnded : messages.trialWouldEnd,
    });
  }
  const { backup, before, added, governingLayer } = restored;
  const cause = 'cause' in restored ? describeError(restored.cause, messages) : null;
  const drift = 'drift' in restored ? restored.drift : null;
  const sentence = {
    changed: () => messages.restored(added.length, backup.id),
    'would-change': () => messages.wouldRestore(added.map(({ name }) => name).join('\n'), backup.id),
    'nothing-to-do': () => messages.nothingToRestore,
    refused: () => messages.drifted(asShown(drift as Drift)),
    'failed-undone': () => messages.failedUndone(cause ?? ''),
    'failed-undo-incomplete': () => messages.failedUndoIncomplete(cause ?? '', backup.id),
  }[restored.kind]();
  const isIdle = restored.kind === 'changed' && governingLayer !== 'local';
  const message = isIdle ? `${sentence}\n${messages.restoredUnderPolicy(messages.layer[governingLayer])}` : sentence;
  const outcome = restored.kind === 'would-change' ? 'done' : restored.kind;
  return tellRestored(outcome, { backupId: backup.id, before, added, drift, cause, message });
}
