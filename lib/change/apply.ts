/** Plan → outcome: the fingerprint is checked, a backup made, suites removed one by one, the result proved. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { isLeftOver } from '../cipher-suite/suite-list';
import { type ChangeRecord, type Configuration, configuredList } from '../configuration/configuration';
import { writeJournal } from '../configuration/journal';
import { listBackups } from '../configuration/stored-backups';
import { StalePlanError } from '../errors';
import { deleteBackup, pruneBackups, writeBackup } from './backup-store';
import { planEdits, restorableList } from './list-edit';
import { performEdits, proveLists, readLocalList } from './local-list';
import { type ChangePlan, fingerprintOf, type PlanOptions, planDisable } from './plan';
import {
  type Change,
  makeChange,
  requireRight,
  type TransactionOptions,
  type TransactionResult,
  withMachineLock,
} from './transaction';
import { endInterruptedTrial } from './trial';

export interface ApplyOptions extends TransactionOptions {
  /**
   * Where the configuration changed after the plan was made, plan again with these options, once, under the lock. A new
   * plan that would remove a suite that the old one did not name is refused all the same.
   */
  readonly replan?: PlanOptions;
  /** What the removal was made to depend on; the record of the change keeps it. */
  readonly evidence?: ChangeRecord['evidence'];
}

/** What a run of `applyPlan` came to; `plan` is the plan that counted. */
export type ApplyOutcome =
  | { readonly kind: Exclude<ChangePlan['verdict'], 'change'>; readonly plan: ChangePlan }
  | { readonly kind: 'changed'; readonly plan: ChangePlan; readonly backupId: string }
  | (Exclude<TransactionResult, { kind: 'done' }> & { readonly plan: ChangePlan; readonly backupId: string });

/**
 * Does what the plan says, or nothing at all. Restart afterwards, to be sure that every service uses the new list.
 *
 * @throws StalePlanError where the machine is no longer the one that the plan was made from
 * @throws NotElevatedError where this process may not write; MachineLockBusyError where another change runs
 * @throws NtStatusError, Win32Error where reading fails or the backup cannot be stored: nothing was changed
 */
export function applyPlan(binding: SchannelBinding, plan: ChangePlan, options: ApplyOptions = {}): ApplyOutcome {
  if (!hasWork(plan)) return { kind: plan.verdict as Exclude<ChangePlan['verdict'], 'change'>, plan };
  endInterruptedTrial(binding, options);
  return withMachineLock(binding, options, (configuration) =>
    carryOut(binding, agreeOnPlan(plan, configuration, options.replan), configuration, options),
  );
}

function hasWork({ verdict, resumes }: ChangePlan): boolean {
  return verdict === 'change' || (verdict === 'nothing-to-do' && resumes !== null);
}

function agreeOnPlan(plan: ChangePlan, configuration: Configuration, replan: PlanOptions | undefined): ChangePlan {
  const actual = fingerprintOf(configuration);
  if (actual === plan.fingerprint) return plan;
  const next = replan === undefined ? undefined : planDisable(configuration, replan);
  const agreed = new Set(plan.steps.map(({ name }) => name));
  if (next === undefined || next.steps.some(({ name }) => !agreed.has(name))) {
    throw new StalePlanError(plan.fingerprint, actual);
  }
  return next;
}

function carryOut(
  binding: SchannelBinding,
  plan: ChangePlan,
  configuration: Configuration,
  { now = () => new Date(), evidence = null }: ApplyOptions,
): ApplyOutcome {
  const { verdict } = plan;
  if (verdict !== 'change') {
    const { change } = configuration;
    if (verdict === 'nothing-to-do' && change?.state === 'in-progress') closeFinished(binding, change, now);
    return { kind: verdict, plan };
  }
  const { stateStore } = binding;
  const resumed = findResumedBackup(binding, plan);
  const backupId = resumed ?? requireRight(() => makeBackup(binding, plan, now())).id;
  const change = describeRemoval(binding, plan, configuration, backupId);
  const result = makeChange(binding, { ...change, record: { ...change.record, evidence } }, now);
  if (result.kind === 'done') {
    pruneBackups(stateStore, backupId);
    return { kind: 'changed', plan, backupId };
  }
  // Nothing was changed in the end, and `restore` shall find what there was to restore before.
  if (result.kind === 'failed-undone' && resumed === undefined) deleteBackup(stateStore, backupId);
  return { ...result, plan, backupId };
}

/** A change that was interrupted may have done all of its work but the closing of its record. */
function closeFinished({ stateStore }: SchannelBinding, change: ChangeRecord, now: () => Date): void {
  const state = change.operation === 'restore' ? 'undone' : 'complete';
  requireRight(() => writeJournal(stateStore, { ...change, state, finishedAt: now().toISOString() }));
}

/** A backup of the full list from before an interrupted change serves on, so that `restore` brings back all of it. */
function findResumedBackup(binding: SchannelBinding, plan: ChangePlan): string | undefined {
  const backup = listBackups(binding.stateStore).find(({ id }) => id === plan.resumes)?.backup;
  if (backup === undefined || backup === null) return undefined;
  const names = backup.removed.map(({ name }) => name);
  return isLeftOver(plan.before, backup.list, names) ? backup.id : undefined;
}

function makeBackup(binding: SchannelBinding, { governingLayer, before, steps }: ChangePlan, now: Date) {
  return writeBackup(binding.stateStore, now, { governingLayer, list: before, removed: steps });
}

function describeRemoval(
  binding: SchannelBinding,
  plan: ChangePlan,
  configuration: Configuration,
  backupId: string,
): Change {
  const { before, after, steps, localListIsEnumerated } = plan;
  const names = new Set(steps.map(({ name }) => name));
  return {
    record: { operation: 'disable', backupId, before, after, removed: steps, trial: null },
    write: () => performEdits(binding, planEdits(before, after, names)),
    prove: () => proveLists(binding, plan.expectedEnumeration, after),
    undo: () => {
      const target = restorableList(before, steps);
      performEdits(binding, planEdits(readLocalList(binding, localListIsEnumerated), target, names));
      const stored = configuredList(configuration, 'local') ?? target;
      proveLists(binding, localListIsEnumerated ? target : (configuration.enumerated ?? []), target, stored);
    },
  };
}
