/** Putting a backup's suites back where they stood, one by one, and proving that the list is the old one. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { isLeftOver, type SuiteList } from '../cipher-suite/suite-list';
import type { ChangeRecord, Configuration, LayerId } from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import { readJournal } from '../configuration/journal';
import { readConfiguration } from '../configuration/read-configuration';
import type { Backup } from '../configuration/stored-backups';
import { BackupNotFoundError, StoredStateDamagedError } from '../errors';
import { readBackup } from './backup-store';
import { editList, type ListEdit, planEdits, restorableList } from './list-edit';
import { chooseLocalList, performEdits, proveLists, readLocalList } from './local-list';
import { makeChange, type TransactionOptions, type TransactionResult, withMachineLock } from './transaction';
import { endInterruptedTrial, findInterruptedTrial } from './trial';

/** Which backup goes back, and what is allowed for it. */
export interface RestoreOptions extends TransactionOptions {
  /** Which backup; where left out, that of an interrupted change, else the one that was made last. */
  readonly backupId?: string;
  /** Put the suites back also into a list that drifted since, each behind the neighbour that it had. */
  readonly force?: boolean;
  /** Stop before the first write: `would-change` instead of `changed`, without the lock and the right to change. */
  readonly dryRun?: boolean;
}

interface RestoreFacts {
  readonly backup: Backup;
  readonly governingLayer: LayerId;
  /** The local list before this run. */
  readonly before: readonly string[];
  /** The suites that come back, each with the place that it is put ahead of. */
  readonly added: readonly { readonly name: string; readonly position: number }[];
}

/** How a list differs from the one that a backup was to be put back into. */
export interface Drift {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  /** Whether suites that are in both stand in another order. */
  readonly isReordered: boolean;
}

/** How it ended. `changed` and `trial-ended` changed the machine, and `failed-undo-incomplete` left it between the two. */
export type RestoreOutcome =
  | (RestoreFacts &
      (
        | { readonly kind: 'nothing-to-do' | 'changed' | 'would-change' }
        | { readonly kind: 'refused'; readonly drift: Drift }
        | Exclude<TransactionResult, { kind: 'done' }>
      ))
  /** A self-check had been interrupted, and what it left behind is gone now. */
  | { readonly kind: 'trial-ended' | 'trial-would-end' };

/**
 * Restores the local list from a backup.
 *
 * @throws BackupNotFoundError, StoredStateDamagedError, NotElevatedError, MachineLockBusyError; nothing was changed
 * @throws NtStatusError, Win32Error where reading fails: nothing was changed
 */
export function restoreBackup(binding: SchannelBinding, options: RestoreOptions = {}): RestoreOutcome {
  const now = options.now ?? (() => new Date());
  const { backupId, dryRun = false } = options;
  const hadTrial = dryRun
    ? findInterruptedTrial(readJournal(binding.stateStore).record) !== undefined
    : endInterruptedTrial(binding, options);
  if (hadTrial && backupId === undefined) return { kind: dryRun ? 'trial-would-end' : 'trial-ended' };
  const act = (configuration: Configuration): RestoreOutcome => {
    const interrupted = configuration.change?.state === 'in-progress' ? configuration.change : null;
    const backup = obtainBackup(binding, backupId, interrupted);
    const governingLayer = findGoverningLayer(configuration).layer;
    const { list: before, isEnumerated } = chooseLocalList(configuration, governingLayer);
    const names = new Set(backup.removed.map(({ name }) => name));
    const target = restorableList(backup.list, backup.removed);
    const edits = planEdits(before, target, names);
    const facts = { backup, governingLayer, before, added: edits.flatMap(placeOf) };
    if (options.force !== true && !isLeftOver(before, target, [...names])) {
      return { ...facts, kind: 'refused', drift: findDrift(before, target, names) };
    }
    if (edits.length === 0 && interrupted === null) return { ...facts, kind: 'nothing-to-do' };
    if (dryRun) return { ...facts, kind: 'would-change' };

    const after = editList(before, edits);
    const prove = (local: readonly string[]) => {
      // FIPS mode filters by a rule that is not known, and a policy stands before the list: then the registry tells.
      const answer = isEnumerated ? local : binding.enumContextFunctions();
      proveLists(binding, answer, local);
    };
    const record = {
      operation: 'restore',
      backupId: backup.id,
      before,
      after,
      removed: backup.removed,
      trial: null,
    } as const;
    const result = makeChange(
      binding,
      {
        record,
        write: () => performEdits(binding, edits),
        prove: () => prove(after),
        undo: () => {
          performEdits(binding, planEdits(readLocalList(binding, isEnumerated), before, names));
          prove(before);
        },
      },
      now,
    );
    if (result.kind === 'done') return { ...facts, kind: edits.length === 0 ? 'nothing-to-do' : 'changed' };
    return { ...facts, ...result };
  };
  return dryRun ? act(readConfiguration(binding)) : withMachineLock(binding, options, act);
}

/** Of an interrupted change the journal tells as much as its backup, where that is gone or damaged. */
function obtainBackup(
  { stateStore }: SchannelBinding,
  id: string | undefined,
  interrupted: ChangeRecord | null,
): Backup {
  const wanted = id ?? interrupted?.backupId ?? undefined;
  try {
    return readBackup(stateStore, wanted);
  } catch (error) {
    const isMissing = error instanceof BackupNotFoundError || error instanceof StoredStateDamagedError;
    if (!isMissing || interrupted === null || wanted === undefined || wanted !== interrupted.backupId) throw error;
    return backupOf(interrupted, wanted);
  }
}

function backupOf({ operation, before, after, removed, startedAt: createdAt }: ChangeRecord, id: string): Backup {
  const list = operation === 'restore' ? after : before;
  return { schemaVersion: 1, kind: 'backup', id, createdAt, sequence: 0, governingLayer: 'local', list, removed };
}

function placeOf(edit: ListEdit) {
  return 'add' in edit ? [{ name: edit.add, position: edit.position }] : [];
}

function findDrift(found: SuiteList, target: SuiteList, names: ReadonlySet<string>): Drift {
  const missing = target.filter((name) => !names.has(name) && !found.includes(name));
  const unexpected = found.filter((name) => !target.includes(name));
  return { missing, unexpected, isReordered: missing.length === 0 && unexpected.length === 0 };
}
