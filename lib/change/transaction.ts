/** The one way in which a machine is changed: lock, check, record, write, prove; and undo where any of it fails. */
import type { SchannelBinding } from '../binding/schannel-binding';
import type { ChangeRecord, Configuration } from '../configuration/configuration';
import { readJournal, writeJournal } from '../configuration/journal';
import { readConfiguration } from '../configuration/read-configuration';
import { NotElevatedError, Win32Error } from '../errors';
import { setAside } from './set-aside';

/** How a change waits for another, and the time that it writes down. */
export interface TransactionOptions {
  /** How long to wait for another change, 0 to 600,000 milliseconds; 5,000 where left out. */
  readonly lockTimeoutMilliseconds?: number;
  readonly now?: () => Date;
}

/** A change that can be made, proved and taken back. */
export interface Change {
  readonly record: Pick<ChangeRecord, 'operation' | 'backupId' | 'before' | 'after' | 'removed' | 'trial'> &
    Partial<Pick<ChangeRecord, 'evidence'>>;
  write(): void;
  prove(): void;
  /** Brings the old state back from wherever the writing stopped, and proves it. */
  undo(): void;
}

/** How a change ended. After `failed-undone` the machine is as it was before. */
export type TransactionResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed-undone'; readonly cause: Error }
  | { readonly kind: 'failed-undo-incomplete'; readonly cause: Error; readonly undoCause: Error };

/**
 * Runs `act` while no other change can run, on a configuration read under the lock.
 *
 * @throws MachineLockBusyError where another change runs on
 */
export function withMachineLock<T>(
  binding: SchannelBinding,
  options: TransactionOptions,
  act: (configuration: Configuration) => T,
): T {
  const lock = binding.acquireMachineLock(options.lockTimeoutMilliseconds ?? 5_000);
  try {
    return act(readConfiguration(binding));
  } finally {
    lock.release();
  }
}

/** Makes a change whose backup is durable. The record goes ahead of the first write and follows the last. */
export function makeChange(binding: SchannelBinding, change: Change, now: () => Date): TransactionResult {
  const begun: ChangeRecord = {
    schemaVersion: 1,
    kind: 'change',
    evidence: null,
    ...change.record,
    state: 'in-progress',
    startedAt: now().toISOString(),
    finishedAt: null,
  };
  const close = (state: ChangeRecord['state']): void =>
    writeJournal(binding.stateStore, { ...begun, state, finishedAt: now().toISOString() });
  requireRight(() => {
    setAsideUnreadableJournal(binding);
    writeJournal(binding.stateStore, begun);
  });
  return carryOut(change, close);
}

/** Does what is on record already: written, proved and closed, or undone and closed. */
export function carryOut(
  { write, prove, undo }: Pick<Change, 'write' | 'prove' | 'undo'>,
  close: (state: 'complete' | 'undone') => void,
): TransactionResult {
  try {
    write();
    prove();
    close('complete');
    return { kind: 'done' };
  } catch (cause) {
    try {
      undo();
      close('undone');
    } catch (undoCause) {
      return { kind: 'failed-undo-incomplete', cause: asError(cause), undoCause: asError(undoCause) };
    }
    return { kind: 'failed-undone', cause: asError(cause) };
  }
}

function setAsideUnreadableJournal(binding: SchannelBinding): void {
  const { problem } = readJournal(binding.stateStore);
  if (problem !== null) setAside(binding, [problem.entry]);
}

/** Runs the first write of a change: access denied there means that this process may not change anything. */
export function requireRight<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof Win32Error && error.win32Code === accessDenied) throw new NotElevatedError();
    throw error;
  }
}

const accessDenied = 5; // ERROR_ACCESS_DENIED, winerror.h

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
