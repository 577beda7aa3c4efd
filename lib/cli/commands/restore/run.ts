/** `restore`: puts a backup back, or lists what there is. */
import type { SchannelBinding } from '../../../binding/schannel-binding';
import { listBackups } from '../../../change/backup-store';
import { type Drift, type RestoreOptions, restoreBackup } from '../../../change/restore';
import { setAside } from '../../../change/set-aside';
import { readJournal } from '../../../configuration/journal';
import { type CommandContext, type Content, confirm, describeError, report, reportChange } from '../../command-context';
import type { Outcome } from '../../exit-code';
import type { OptionValues } from '../../option';
import { asShown } from '../../terminal';
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
  const choice = { force: options.force, ...(backupId !== undefined && { backupId }) };
  if (options.dryRun) return putBack(context, await context.open({ forChange: false }), { ...choice, dryRun: true });
  const binding = await context.open({ forChange: true });
  if (options.setAside) return setDamagedAside(context, binding);
  if (!(await confirm(context, options, context.messages.askRestore(backupId ?? null)))) return 'done';
  return putBack(context, binding, choice);
}

function showBackups(context: CommandContext, { stateStore }: SchannelBinding): Outcome {
  const { messages } = context;
  const backups = listBackups(stateStore);
  const content = { backups } satisfies Content<(typeof documents)['backups']>;
  report(context, 'backups', 'done', content, (shown) => {
    if (shown.backups.length === 0) return `${messages.noBackups}\n`;
    const rows = shown.backups.map(({ id, backup }) =>
      backup === null ? [id, messages.damagedBackup] : [id, String(backup.list.length), String(backup.removed.length)],
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

function putBack(context: CommandContext, binding: SchannelBinding, options: RestoreOptions): Outcome {
  const { messages } = context;
  const tellRestored = (outcome: Outcome, content: Restored) => {
    reportChange(context, 'restore', outcome, content, `${content.message}\n`);
    return outcome;
  };
  const restored = restoreBackup(binding, options);
  if (restored.kind === 'trial-ended') {
    return tellRestored('changed', {
      backupId: null,
      before: [],
      added: [],
      wouldChange: false,
      cause: null,
      message: messages.trialEnded,
    });
  }
  const { backup, before, added, governingLayer } = restored;
  const cause = 'cause' in restored ? describeError(restored.cause, messages) : null;
  const sentence = {
    changed: () => messages.restored(added.length, backup.id),
    'would-change': () => messages.wouldRestore(asShown(added.map(({ name }) => name)).join('\n'), backup.id),
    'nothing-to-do': () => messages.nothingToRestore,
    refused: () => messages.drifted(asShown((restored as { readonly drift: Drift }).drift)),
    'failed-undone': () => messages.failedUndone(cause ?? ''),
    'failed-undo-incomplete': () => messages.failedUndoIncomplete(cause ?? '', backup.id),
  }[restored.kind]();
  const isIdle = restored.kind === 'changed' && governingLayer !== 'local';
  const message = isIdle ? `${sentence}\n${messages.restoredUnderPolicy(messages.layer[governingLayer])}` : sentence;
  const wouldChange = restored.kind === 'would-change';
  const outcome = restored.kind === 'would-change' ? 'done' : restored.kind;
  return tellRestored(outcome, { backupId: backup.id, before, added, wouldChange, cause, message });
}
