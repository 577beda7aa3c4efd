/** `restore`: puts a backup back, or lists what there is. */
import { listBackups } from '../../change/backup-store';
import { restoreBackup } from '../../change/restore';
import { type CommandContext, describeError, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { formatTable } from '../views/table';

export interface RestoreCommandOptions {
  readonly list?: boolean;
  readonly force?: boolean;
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
  const restored = restoreBackup(binding, { force: options.force ?? false, ...(id !== undefined && { backupId: id }) });
  const outcome: Outcome = restored.kind;
  const cause = 'cause' in restored ? describeError(restored.cause, messages) : null;
  if (context.json) {
    const { backup, before, added } = restored;
    writeJson(context, 'restore', outcome, { backupId: backup.id, before, added, cause });
  } else if (restored.kind === 'changed')
    host.write(`${messages.restored(restored.added.length, restored.backup.id)}\n`);
  else if (restored.kind === 'nothing-to-do') host.write(`${messages.nothingToRestore}\n`);
  else if (restored.kind === 'refused') host.writeError(`${messages.drifted}\n`);
  else if (restored.kind === 'failed-undone') host.writeError(`${messages.failedUndone(cause ?? '')}\n`);
  else host.writeError(`${messages.failedUndoIncomplete(cause ?? '', restored.backup.id)}\n`);
  return outcome;
}
