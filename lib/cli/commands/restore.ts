/** `restore`: puts a backup back, or lists what there is. */
import { listBackups } from '../../change/backup-store';
import { restoreBackup } from '../../change/restore';
import { type CommandContext, describeError, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { formatTable } from '../views/table';

export interface RestoreCommandOptions {
  readonly list?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export async function runRestore(
  context: CommandContext,
  id: string | undefined,
  options: RestoreCommandOptions,
): Promise<Outcome> {
  const { host, messages } = context;
  const binding = await context.open();
  if (options.list === true) {
    const backups = listBackups(binding.stateStore);
    if (context.json) writeJson(context, 'backups', 'nothing-to-do', { backups });
    else if (backups.length === 0) host.write(`${messages.noBackups}\n`);
    else {
      const rows = backups.map(({ id: known, backup }) =>
        backup === null
          ? [known, messages.damagedBackup]
          : [known, String(backup.list.length), String(backup.removed.length)],
      );
      host.write(formatTable([messages.backupColumns, ...rows]));
    }
    return 'nothing-to-do';
  }
  const { force = false, dryRun = false } = options;
  const restored = restoreBackup(binding, { force, dryRun, ...(id !== undefined && { backupId: id }) });
  const outcome: Outcome = restored.kind === 'would-change' ? 'nothing-to-do' : restored.kind;
  const cause = 'cause' in restored ? describeError(restored.cause, messages) : null;
  const { backup, before, added } = restored;
  const message = {
    changed: () => messages.restored(added.length, backup.id),
    'would-change': () => messages.wouldRestore(added.map(({ name }) => name).join('\n'), backup.id),
    'nothing-to-do': () => messages.nothingToRestore,
    refused: () => messages.drifted,
    'failed-undone': () => messages.failedUndone(cause ?? ''),
    'failed-undo-incomplete': () => messages.failedUndoIncomplete(cause ?? '', backup.id),
  }[restored.kind]();
  const wouldChange = restored.kind === 'would-change';
  if (context.json)
    writeJson(context, 'restore', outcome, { backupId: backup.id, before, added, wouldChange, cause, message });
  else if (outcome === 'changed' || outcome === 'nothing-to-do') host.write(`${message}\n`);
  else host.writeError(`${message}\n`);
  return outcome;
}
