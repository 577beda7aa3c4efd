import type { ChangeMessages } from '../shape';
import { counted } from './plural';

export const change: ChangeMessages = {
  wouldRemove: (count, kept) =>
    `Dry run: ${counted(count, 'DHE suite')} would be removed, ${kept} would stay in their order. Nothing was changed.`,
  wouldRetype: (kept) =>
    `Dry run: the local list (${kept} suites) would be written as REG_MULTI_SZ, the type that Windows documents; no DHE suite would be removed. Nothing was changed.`,
  changed: (count, id) =>
    `Removed ${counted(count, 'DHE suite')}; the list was read again and is as planned. Restart, to be sure that every service uses it. Undo: schannel-dhe restore ${id}`,
  nothingToDo: 'Nothing to do: no DHE suite is configured.',
  nothingInForce: (count) =>
    `Nothing to do: the policy in force holds no DHE suite. The local list, which is not in force, holds ${count} of them; "disable --local-list" removes them.`,
  refused: (costs) => `Refused, nothing was changed. ${costs}`,
  textRefused: (costs) => `This text cannot be used. ${costs}`,
  governed: (layer) =>
    `${layer} sets the list, so changing this machine would have no effect. The corrected policy text:`,
  costs: 'What it costs:',
  failedUndone: (cause) => `It failed and was undone; the list is the old one. ${cause}`,
  failedUndoIncomplete: (cause, id) =>
    `It failed and could not be undone completely. ${cause} Run: schannel-dhe restore ${id}`,
  restored: (count, id) =>
    `Put ${counted(count, 'suite')} back from backup ${id}; the list was read again and proved. Restart, to be sure.`,
  trialWouldEnd: 'Dry run: what an interrupted self-check left behind would be taken away. Nothing was changed.',
  wouldRestore: (names, id) => `Dry run: these would be put back from backup ${id}. Nothing was changed.\n${names}`,
  nothingToRestore: 'Nothing to do: every suite of the backup is in its place.',
  drifted: ({ missing, unexpected, isReordered }) =>
    [
      'Refused, nothing was changed: the list was changed since by something else.',
      ...(missing.length === 0 ? [] : [`No longer there: ${missing.join(', ')}.`]),
      ...(unexpected.length === 0 ? [] : [`New: ${unexpected.join(', ')}.`]),
      ...(isReordered ? ['The order is another one.'] : []),
      '"restore --force" puts the suites behind their old neighbours.',
    ].join(' '),
  restoredUnderPolicy: (layer) => `${layer} sets the list in force, so this has no effect as long as it does.`,
  setAside: (entries) =>
    entries.length === 0
      ? 'Nothing to do: every stored entry can be read.'
      : `Kept under other names, where they stop nothing: ${entries.join(', ')}.`,
  restartFirst:
    'DHE suites stand in the registry alone: they were put there since the last start, and Windows does not know of them yet. Restart, then run this again. Nothing was changed.',
  trialEnded: 'A self-check had been interrupted. What it left behind is gone now; the list is the one from before.',
  noBackups: 'No backup was made on this machine.',
  damagedBackup: 'cannot be read',
  backupColumns: ['backup', 'made', 'suites', 'removed'],
  regFileWritten: (file) =>
    `${file} was written. Import it on that machine as administrator, then restart. Microsoft supports changing the list through CNG; running this tool there is the better way.`,
  regFileComment: 'Supported way: the CNG configuration functions, which schannel-dhe uses on the machine itself.',
  askRestore: (id) => (id === null ? 'Put the newest backup back? [y/N] ' : `Put backup ${id} back? [y/N] `),
  ask: 'Remove these suites? [y/N] ',
  forgiven: 'Only an attempt was asked for (--best-effort), so this ends as a success.',
};
