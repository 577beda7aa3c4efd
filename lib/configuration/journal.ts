/** Our own entries in the state store: data that can be damaged, of a newer version, or somebody's experiment. */
import type { StateStore } from '../binding/schannel-binding';
import { StoredStateDamagedError, Win32Error } from '../errors';
import type { ChangeRecord, StateProblem } from './configuration';
import { changeRecordSchema } from './configuration-schema';
import { parseStored } from './parse';

/** The record of the last change. */
const journalName = 'journal';

/** A record, or why there is none although the entry is there. */
export interface StoredRecord<Found> {
  readonly record: Found | null;
  readonly problem: StateProblem | null;
}

/** @throws Win32Error where the store cannot be read at all */
export function readJournal(store: StateStore): StoredRecord<ChangeRecord> {
  return readRecord(store, journalName, (text) => parseStored(changeRecordSchema, text, journalName));
}

/**
 * @param parse is asked where there is a text
 * @throws Win32Error where the store cannot be read at all
 */
export function readRecord<Found>(
  store: StateStore,
  name: string,
  parse: (text: string) => Found,
): StoredRecord<Found> {
  try {
    const text = readEntry(store, name);
    return { record: text === undefined ? null : parse(text), problem: null };
  } catch (error) {
    if (!(error instanceof StoredStateDamagedError)) throw error;
    return { record: null, problem: { entry: error.entry, problem: error.problem, path: error.path } };
  }
}

/** Replaces the record of the last change; it is durable when this returns. */
export function writeJournal(store: StateStore, record: ChangeRecord): void {
  store.write(journalName, JSON.stringify(record));
}

/** Puts the journal back as it was; null where there was none. */
export function rewriteJournal(store: StateStore, record: ChangeRecord | null): void {
  if (record === null) store.delete(journalName);
  else writeJournal(store, record);
}

/**
 * One entry as text.
 *
 * @throws StoredStateDamagedError where it is no text; Win32Error where the store cannot be read
 */
export function readEntry(store: StateStore, name: string): string | undefined {
  try {
    return store.read(name);
  } catch (error) {
    if (error instanceof Win32Error && error.win32Code === invalidData) {
      throw new StoredStateDamagedError(name, 'not-text', null);
    }
    throw error;
  }
}

const invalidData = 13; // ERROR_INVALID_DATA, winerror.h: the value has another type
