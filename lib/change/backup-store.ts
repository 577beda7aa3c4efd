/** Durable backups of the local list in the binding's state store. */
import type { StateStore } from '../binding/schannel-binding';
import { type Backup, backupEntry, listBackups } from '../configuration/stored-backups';
import { BackupNotFoundError, StoredStateDamagedError } from '../errors';

/** How many are kept. */
export const mostBackups = 20;

/**
 * One backup: that of `id`, else the one that was made last.
 *
 * @throws BackupNotFoundError; StoredStateDamagedError where it cannot be read, or none of all can
 */
export function readBackup(store: StateStore, id?: string): Backup {
  const known = listBackups(store);
  // The last can be read if any can: `listBackups` puts what cannot first.
  const found = id === undefined ? known.at(-1) : known.find((one) => one.id === id);
  if (found === undefined) {
    throw new BackupNotFoundError(
      id,
      known.map((one) => one.id),
    );
  }
  if (found.backup !== null) return found.backup;
  const { entry, problem, path } = found.problem;
  throw new StoredStateDamagedError(entry, problem, path);
}

/** Writes a backup; it is durable when this returns. */
export function writeBackup(
  store: StateStore,
  now: Date,
  content: Pick<Backup, 'governingLayer' | 'list' | 'removed'>,
): Backup {
  const stamp = now.toISOString().replace(/\.\d+|[-:]/g, '');
  const known = listBackups(store);
  const isTaken = (id: string) => known.some((one) => one.id === id);
  let id = stamp;
  for (let more = 2; isTaken(id); more += 1) id = `${stamp}-${more}`;
  const sequence = 1 + Math.max(0, ...known.map(({ backup }) => backup?.sequence ?? 0));
  const backup: Backup = { schemaVersion: 1, kind: 'backup', id, createdAt: now.toISOString(), sequence, ...content };
  store.write(backupEntry(id), JSON.stringify(backup));
  return backup;
}

export function deleteBackup(store: StateStore, id: string): void {
  store.delete(backupEntry(id));
}

/** Deletes all but the newest `mostBackups` and the one that is named. What cannot be read is nobody's to delete. */
export function pruneBackups(store: StateStore, keep: string): void {
  const readable = listBackups(store).filter(({ backup }) => backup !== null);
  for (const { id } of readable.slice(0, -mostBackups)) if (id !== keep) deleteBackup(store, id);
}
