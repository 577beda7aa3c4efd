/**
 * Trying something out on a machine for some seconds: journalled before the first write, cleaned up after the last, and by
 * the next run where this one dies. There is no backup, since nothing of the machine's own is changed.
 */
import type { SchannelBinding } from '../binding/schannel-binding';
import type { ChangeRecord, Configuration } from '../configuration/configuration';
import { readJournal, rewriteJournal } from '../configuration/journal';
import { UnexpectedListError } from '../errors';
import { isSameValue } from '../registry-files/registry-value';
import { stateKey } from '../windows/registry-places';
import { makeChange, type TransactionOptions, type TransactionResult, withMachineLock } from './transaction';

export type Trial = NonNullable<ChangeRecord['trial']>;

/**
 * Runs `act`, which may add `trial.suite` to the local list and set the values of the trial, one after the other, and
 * takes all of it away again. Only under the machine lock, on a machine without policies.
 */
export function runTrial(
  binding: SchannelBinding,
  configuration: Configuration,
  trial: Trial,
  act: () => void,
  now: () => Date,
): TransactionResult {
  const list = configuration.enumerated ?? [];
  const { record: last } = readJournal(binding.stateStore);
  const hadState = binding.registryKeyWriteTime(stateKey) !== undefined;
  const cleanUp = () => endTrial(binding, trial, list);
  const record = { operation: 'selfcheck', backupId: null, before: list, after: list, removed: [], trial } as const;
  const result = makeChange(binding, { record, write: act, prove: cleanUp, undo: cleanUp }, now);
  if (result.kind === 'failed-undo-incomplete') return result;
  rewriteJournal(binding.stateStore, last);
  if (!hadState) binding.registryEditor.deleteEmptyKey(stateKey);
  return result;
}

/**
 * Cleans up after a trial that died midway.
 *
 * @returns whether there was one
 * @throws UnexpectedListError where the list is not what it was before; NotElevatedError, MachineLockBusyError
 */
export function endInterruptedTrial(binding: SchannelBinding, options: TransactionOptions = {}): boolean {
  if (findInterruptedTrial(readJournal(binding.stateStore).record) === undefined) return false;
  return withMachineLock(binding, options, ({ change }) => {
    const interrupted = findInterruptedTrial(change);
    if (interrupted === undefined) return false;
    endTrial(binding, interrupted.trial, interrupted.before);
    rewriteJournal(binding.stateStore, null);
    binding.registryEditor.deleteEmptyKey(stateKey);
    return true;
  });
}

export function findInterruptedTrial(change: ChangeRecord | null) {
  if (change?.state !== 'in-progress' || change.trial === null) return undefined;
  return { trial: change.trial, before: change.before };
}

/** Takes away what is the trial's own, and nothing that somebody else set in the meantime. */
function endTrial(binding: SchannelBinding, { suite, values, keys }: Trial, before: readonly string[]): void {
  for (const { key, valueName, type, data } of values) {
    const present = binding.readRegistryValue(key, valueName);
    const tried = { type, data: new Uint8Array(Buffer.from(data, 'base64')) };
    if (present !== undefined && isSameValue(present, tried)) binding.registryEditor.deleteValue(key, valueName);
  }
  for (const key of keys) binding.registryEditor.deleteEmptyKey(key);
  if (before.includes(suite)) return;
  binding.removeContextFunction(suite);
  const found = binding.enumContextFunctions();
  if (found.includes(suite)) throw new UnexpectedListError('enumeration', before, found);
}
