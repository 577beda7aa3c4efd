/** Plan → outcome: the fingerprint is checked, a backup made, suites removed one by one, the result proved. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { isLeftOver } from '../cipher-suite/suite-list';
import { type Configuration, configuredList } from '../configuration/configuration';
import { StalePlanError } from '../errors';
import { listBackups, writeBackup, writeChangeRecord } from './backup-store';
import { placeAdditions, proveLists, readLocalList, restorableList } from './local-list';
import { type ChangePlan, fingerprintOf } from './plan';
import {
  type Change,
  makeChange,
  requireRight,
  type TransactionOptions,
  type TransactionResult,
  withMachineLock,
} from './transaction';

/** What a run of `applyPlan` came to; `plan` is the plan that it was given. */
export type ApplyOutcome =
  | { readonly kind: 'nothing-to-do' | 'governed-by-policy' | 'refused'; readonly plan: ChangePlan }
  | { readonly kind: 'changed'; readonly plan: ChangePlan; readonly backupId: string }
  | (Exclude<TransactionResult, { kind: 'done' }> & { readonly plan: ChangePlan; readonly backupId: string });

/**
 * Does what the plan says, or nothing at all. Restart afterwards, to be sure that every service uses the new list.
 *
 * @throws StalePlanError where the machine is no longer the one that the plan was made from
 * @throws NotElevatedError where this process may not write; MachineLockBusyError where another change runs
 * @throws NtStatusError, Win32Error where reading fails or the backup cannot be stored: nothing was changed
 */
export function applyPlan(binding: SchannelBinding, plan: ChangePlan, options: TransactionOptions = {}): ApplyOutcome {
  const now = options.now ?? (() => new Date());
  const hasWork = plan.verdict === 'change' || (plan.verdict === 'nothing-to-do' && plan.resumes !== null);
  if (!hasWork) return { kind: plan.verdict as 'nothing-to-do' | 'governed-by-policy' | 'refused', plan };
  return withMachineLock(binding, options, (configuration) => {
    const actual = fingerprintOf(configuration);
    if (actual !== plan.fingerprint) throw new StalePlanError(plan.fingerprint, actual);
    if (plan.steps.length === 0 && configuration.change !== null) {
      // The change that was interrupted had done all of its work but the closing of its record.
      const closed = { ...configuration.change, state: 'complete', finishedAt: now().toISOString() } as const;
      requireRight(() => writeChangeRecord(binding.stateStore, closed));
      return { kind: 'nothing-to-do', plan };
    }
    const backupId = findResumedBackup(binding, plan) ?? requireRight(() => makeBackup(binding, plan, now())).id;
    const result = makeChange(binding, backupId, describeRemoval(binding, plan, configuration), now);
    return result.kind === 'done' ? { kind: 'changed', plan, backupId } : { ...result, plan, backupId };
  });
}

/** A backup of the full list from before an interrupted change serves on, so that `restore` brings back all of it. */
function findResumedBackup(binding: SchannelBinding, plan: ChangePlan): string | undefined {
  const backup = listBackups(binding.stateStore).find(({ id }) => id === plan.resumes)?.backup ?? undefined;
  const names = backup?.removed.map(({ name }) => name) ?? [];
  return backup !== undefined && isLeftOver(plan.before, backup.list, names) ? backup.id : undefined;
}

function makeBackup(binding: SchannelBinding, plan: ChangePlan, now: Date) {
  const removed = plan.steps.filter(({ name }) => plan.before.includes(name));
  return writeBackup(binding.stateStore, now, { governingLayer: plan.governingLayer, list: plan.before, removed });
}

function describeRemoval(binding: SchannelBinding, plan: ChangePlan, configuration: Configuration): Change {
  const { before, after, steps } = plan;
  return {
    operation: 'disable',
    before,
    after,
    removed: steps,
    write: () => {
      // Whether each was there proves nothing yet; `prove` decides.
      for (const { name } of steps) binding.removeContextFunction(name);
    },
    prove: () => proveLists(binding, plan.expectedEnumeration, after),
    undo: () => {
      const target = restorableList(before, steps);
      const current = readLocalList(binding, plan.localListIsEnumerated);
      const names = new Set(steps.map(({ name }) => name));
      for (const { name, position } of placeAdditions(current, target, names))
        binding.addContextFunction(name, position);
      const stored = configuredList(configuration, 'local') ?? target;
      proveLists(binding, plan.localListIsEnumerated ? target : (configuration.enumerated ?? []), target, stored);
    },
  };
}
