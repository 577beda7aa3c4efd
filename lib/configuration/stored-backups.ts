/** The backups of the local list in the state store, as far as they can be read. */
import type { z } from 'zod';
import type { StateStore } from '../binding/schannel-binding';
import type { DeepReadonly } from '../deep-readonly';
import { StoredStateDamagedError } from '../errors';
import type { StateProblem } from './configuration';
import { readEntry } from './journal';
import { parseStored } from './parse';
import { backupSchema } from './stored-backups-schema';

/** What was removed by one change, and from where. */
export type Backup = DeepReadonly<z.infer<typeof backupSchema>>;

/** `problem`: why the stored entry is none that this version reads. */
export type StoredBackup = { readonly id: string } & (
  | { readonly backup: Backup; readonly problem: null }
  | { readonly backup: null; readonly problem: StateProblem }
);

/** Every backup, the one that was made last at the end; those that cannot be read come first. */
export function listBackups(store: StateStore): StoredBackup[] {
  return backupIds(store)
    .map((id) => readStored(store, id))
    .sort((one, other) => compareAge(one.backup, other.backup));
}

/** The name of its entry in the store. */
export function backupEntry(id: string): string {
  return prefix + id;
}

const prefix = 'backup-';

/** Names that are none of ours stand there too, where somebody put them. */
function backupIds(store: StateStore): string[] {
  return store.list().flatMap((name) => (/^backup-[0-9TZ-]{1,40}$/.test(name) ? [name.slice(prefix.length)] : []));
}

function readStored(store: StateStore, id: string): StoredBackup {
  try {
    const entry = backupEntry(id);
    return { id, backup: parseStored(backupSchema, readEntry(store, entry) ?? '', entry), problem: null };
  } catch (error) {
    if (!(error instanceof StoredStateDamagedError)) throw error;
    return { id, backup: null, problem: { entry: error.entry, problem: error.problem, path: error.path } };
  }
}

function compareAge(one: Backup | null, other: Backup | null): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return one.sequence - other.sequence || one.createdAt.localeCompare(other.createdAt) || compareIds(one.id, other.id);
}

/** Makes its collator when it is called: that takes longer than all else of a start. */
function compareIds(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
