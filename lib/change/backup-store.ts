/** Durable backups of the local list, and the record of the last change, in the binding's state store. */
import { z } from 'zod';
import type { StateStore } from '../binding/schannel-binding';
import type { PlacedSuite } from '../cipher-suite/suite-list';
import type { ChangeRecord, LayerId } from '../configuration/configuration';
import { parseStored, placedSuiteSchema, suiteListSchema } from '../configuration/configuration-schema';
import { changeRecordName } from '../configuration/read-configuration';
import { BackupNotFoundError } from '../errors';

export interface Backup {
  readonly schemaVersion: 1;
  readonly kind: 'backup';
  /** The time it was made, such as `20210201T093000Z`, with `-2` and so on for more in one second. */
  readonly id: string;
  readonly createdAt: string;
  readonly governingLayer: LayerId;
  /** The full local list before the change, highest priority first. */
  readonly list: readonly string[];
  /** What the change was going to remove from it. */
  readonly removed: readonly PlacedSuite[];
}

export const backupSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('backup'),
  id: z.string().regex(/^[0-9TZ-]{1,40}$/),
  createdAt: z.iso.datetime(),
  governingLayer: z.enum(['groupPolicy', 'mdm', 'local']),
  list: suiteListSchema,
  removed: z.array(placedSuiteSchema).max(10_000),
}) satisfies z.ZodType<Backup>;

const prefix = 'backup-';

/** Every backup, oldest first; `backup` is null where the stored text is not one that this version writes. */
export function listBackups(store: StateStore): { readonly id: string; readonly backup: Backup | null }[] {
  return backupIds(store).map((id) => {
    const parsed = parseQuietly(store.read(prefix + id) ?? '');
    return { id, backup: parsed };
  });
}

/**
 * One backup; without an id the one of an interrupted change, else the newest that can be read.
 *
 * @throws BackupNotFoundError, StoredStateDamagedError
 */
export function readBackup(store: StateStore, id?: string, interrupted?: string): Backup {
  const wanted = id ?? interrupted ?? listBackups(store).findLast(({ backup }) => backup !== null)?.id;
  const known = backupIds(store);
  if (wanted === undefined || !known.includes(wanted)) throw new BackupNotFoundError(wanted, known);
  return parseStored(backupSchema, store.read(prefix + wanted) ?? '', prefix + wanted);
}

/** Writes a backup; it is durable when this returns. */
export function writeBackup(
  store: StateStore,
  now: Date,
  content: Pick<Backup, 'governingLayer' | 'list' | 'removed'>,
): Backup {
  const stamp = now.toISOString().replace(/\.\d+|[-:]/g, '');
  const known = backupIds(store);
  let id = stamp;
  for (let more = 2; known.includes(id); more += 1) id = `${stamp}-${more}`;
  const backup: Backup = { schemaVersion: 1, kind: 'backup', id, createdAt: now.toISOString(), ...content };
  store.write(prefix + id, JSON.stringify(backup));
  return backup;
}

/** Replaces the record of the last change; it is durable when this returns. */
export function writeChangeRecord(store: StateStore, record: ChangeRecord): void {
  store.write(changeRecordName, JSON.stringify(record));
}

function backupIds(store: StateStore): string[] {
  return store.list().flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}

function parseQuietly(text: string): Backup | null {
  try {
    return parseStored(backupSchema, text, '');
  } catch {
    return null;
  }
}
