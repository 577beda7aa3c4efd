/** Putting a backup's suites back where they stood, one by one, and proving that the list is the old one. */
import type { SchannelBinding } from '../binding/schannel-binding';
import { isLeftOver, type PlacedSuite } from '../cipher-suite/suite-list';
import type { Configuration, LayerId } from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import { readConfiguration } from '../configuration/read-configuration';
import { type Backup, readBackup } from './backup-store';
import { placeAdditions, proveLists, readLocalList, restorableList } from './local-list';
import { chooseLocalList } from './plan';
import { makeChange, type TransactionOptions, type TransactionResult, withMachineLock } from './transaction';

export interface RestoreOptions extends TransactionOptions {
  /** Which backup; where left out, that of an interrupted change, else the newest. */
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
  readonly added: readonly PlacedSuite[];
}

export type RestoreOutcome = RestoreFacts &
  (
    | { readonly kind: 'nothing-to-do' | 'changed' | 'would-change' }
    | { readonly kind: 'refused'; readonly expected: readonly string[] }
    | Exclude<TransactionResult, { kind: 'done' }>
  );

/**
 * Restores the local list from a backup.
 *
 * @throws BackupNotFoundError, StoredStateDamagedError, NotElevatedError, MachineLockBusyError; nothing was changed
 * @throws NtStatusError, Win32Error where reading fails: nothing was changed
 */
export function restoreBackup(binding: SchannelBinding, options: RestoreOptions = {}): RestoreOutcome {
  const now = options.now ?? (() => new Date());
  const act = (configuration: Configuration): RestoreOutcome => {
    const interrupted = configuration.change?.state === 'in-progress' ? configuration.change.backupId : undefined;
    const backup = readBackup(binding.stateStore, options.backupId, interrupted);
    const governingLayer = findGoverningLayer(configuration).layer;
    const { before, localListIsEnumerated } = chooseLocalList(configuration, governingLayer);
    const names = new Set(backup.removed.map(({ name }) => name));
    const target = restorableList(backup.list, backup.removed);
    const added = placeAdditions(before, target, names);
    const facts = { backup, governingLayer, before, added };
    const drifted = !isLeftOver(before, target, [...names]);
    if (drifted && options.force !== true) {
      return { ...facts, kind: 'refused', expected: target.filter((name) => !names.has(name)) };
    }
    if (added.length === 0 && interrupted === undefined) return { ...facts, kind: 'nothing-to-do' };
    if (options.dryRun === true) return { ...facts, kind: 'would-change' };

    const after = before.slice();
    for (const { name, position } of added) after.splice(position, 0, name);
    const prove = (local: readonly string[]) => {
      // FIPS mode filters by a rule that is not known, and a policy stands before the list: then the registry tells.
      const answer = localListIsEnumerated ? local : binding.enumContextFunctions();
      proveLists(binding, answer, local);
    };
    const result = makeChange(
      binding,
      backup.id,
      {
        operation: 'restore',
        before,
        after,
        removed: backup.removed,
        write: () => {
          for (const { name, position } of added) binding.addContextFunction(name, position);
        },
        prove: () => prove(after),
        undo: () => {
          const present = readLocalList(binding, localListIsEnumerated);
          for (const { name } of added) if (present.includes(name)) binding.removeContextFunction(name);
          prove(before);
        },
      },
      now,
    );
    if (result.kind === 'done') return { ...facts, kind: added.length === 0 ? 'nothing-to-do' : 'changed' };
    return { ...facts, ...result };
  };
  return options.dryRun === true ? act(readConfiguration(binding)) : withMachineLock(binding, options, act);
}
