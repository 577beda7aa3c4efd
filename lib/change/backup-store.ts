/** Durable backups of the local list in the binding's state store. */
import { z } from 'zod';
import type { StateStore } from '../binding/schannel-binding';
import {
  backupIdSchema,
  layerIdSchema,
  placedSuiteSchema,
  suiteListSchema,
} from '../configuration/configuration-schema';
import { readEntry } from '../configuration/journal';
import { parseStored } from '../configuration/parse';
import type { DeepReadonly } from '../deep-readonly';
import { BackupNotFoundError, StoredStateDamagedError } from '../errors';

export const backupSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('backup'),
  /** The time it was made, such as `20210201T093000Z`, with `-2` and so on for more in one second. */
  id: backupIdSchema,
  createdAt: z.iso.datetime(),
  /** One more than that of any other when it was made: clocks are set back, this is not. */
  sequence: z.int().min(0).default(0),
  governingLayer: layerIdSchema,
  /** The full local list before the change, highest priority first. */
  list: suiteListSchema,
  /** What the change was going to remove from it. */
  removed: z.array(placedSuiteSchema).max(10_000),
});

/** What was removed by one change, and from where. */
export type Backup = DeepReadonly<z.infer<typeof backupSchema>>;

const prefix = 'backup-';

/** How many are kept. */
export const mostBackups = 20;

export interface StoredBackup {
  readonly id: string;
  /** Null where the stored entry is not one that this version writes. */
  readonly backup: Backup | null;
}

/** Every backup, the one that was made last at the end; those that cannot be read come first. */
export function listBackups(store: StateStore): StoredBackup[] {
  const backups = backupIds(store).map((id) => ({ id, backup: readQuietly(store, id) }));
  return backups.sort((one, other) => compareAge(one.backup, other.backup));
}

function compareAge(one: Backup | null, other: Backup | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return one.sequence - other.sequence || one.createdAt.localeCompare(other.createdAt) || compareIds(one.id, other.id);
}

const { compare: compareIds } = new Intl.Collator('en', { numeric: true });

/**
 * One backup: that of `id`, else that of an interrupted change, else the one that was made last.
 *
 * @throws BackupNotFoundError, StoredStateDamagedError
 */
export function readBackup(
  store: StateStore,
  { id, interrupted }: { readonly id?: string | undefined; readonly interrupted?: string | undefined },
): Backup {
  const wanted = id ?? interrupted ?? listBackups(store).findLast(({ backup }) => backup !== null)?.id;
  const known = backupIds(store);
  if (wanted === undefined || !known.includes(wanted)) throw new BackupNotFoundError(wanted, known);
  return parseStored(backupSchema, readEntry(store, prefix + wanted) ?? '', prefix + wanted);
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
  store.write(prefix + id, JSON.stringify(backup));
  return backup;
}

export function deleteBackup(store: StateStore, id: string): void {
  store.delete(prefix + id);
}

/** Deletes all but the newest `mostBackups` and the one that is named. What cannot be read is nobody's to delete. */
export function pruneBackups(store: StateStore, keep: string): void {
  const readable = listBackups(store).filter(({ backup }) => backup !== null);
  for (const { id } of readable.slice(0, -mostBackups)) if (id !== keep) deleteBackup(store, id);
}

/** Names that are none of ours stand there too, where somebody put them. */
function backupIds(store: StateStore): string[] {
  return store.list().flatMap((name) => (/^backup-[0-9TZ-]{1,40}$/.test(name) ? [name.slice(prefix.length)] : []));
}

function readQuietly(store: StateStore, id: string): Backup | null {
  try {
    return parseStored(backupSchema, readEntry(store, prefix + id) ?? '', prefix + id);
  } catch (error) {
    if (error instanceof StoredStateDamagedError) return null;
    throw error;
  }
}
