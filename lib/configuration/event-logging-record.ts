/** What is kept while EventLogging is not what it was: with it, it is put back. */
import type { StateStore } from '../binding/schannel-binding';
import type { EventLoggingRecord } from './configuration';
import { eventLoggingRecordSchema } from './configuration-schema';
import { readRecord, type StoredRecord } from './journal';
import { parseStored } from './parse';

export const eventLoggingEntry = 'event-logging';

export function readEventLoggingRecord(store: StateStore): StoredRecord<EventLoggingRecord> {
  return readRecord(store, eventLoggingEntry, (text) => parseStored(eventLoggingRecordSchema, text, eventLoggingEntry));
}

/** Durable when this returns; null takes it away. */
export function writeEventLoggingRecord(store: StateStore, record: EventLoggingRecord | null): void {
  if (record === null) store.delete(eventLoggingEntry);
  else store.write(eventLoggingEntry, JSON.stringify(record));
}
