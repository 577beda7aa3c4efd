/** One internal outcome, four profiles of exit codes. 3010 only where this very run changed something; never 1641. */
import type { ChangePlan } from '../change/plan';

export type ExitProfile = 'default' | 'installer' | 'msi' | 'intune';

export const exitProfiles = ['default', 'installer', 'msi', 'intune'] as const satisfies readonly ExitProfile[];

const table = {
  'nothing-to-do': [0, 0, 0, 0],
  /** Something was shown, or a file written. */
  done: [0, 0, 0, 0],
  changed: [0, 3010, 0, 0],
  'dhe-offered': [1, 1, 0, 1],
  'peer-affected': [1, 1, 0, 1],
  /** In logs, events or captures, where that was asked. */
  'dhe-seen': [1, 1, 0, 1],
  /** After a change, where that was asked. */
  'these-broke': [1, 1, 0, 1],
  /** A policy, where that was asked. */
  'needs-repair': [1, 1, 0, 1],
  'bad-input': [2, 87, 87, 1],
  'governed-by-policy': [3, 1603, 1603, 1],
  'not-elevated': [4, 5, 5, 1],
  'failed-undone': [5, 1603, 1603, 1],
  'unsupported-platform': [6, 1633, 1633, 1],
  busy: [7, 1618, 1618, 1],
  refused: [8, 1603, 1603, 1],
  'failed-undo-incomplete': [9, 1603, 1603, 1],
  /** A verdict is not known, or a peer could not be judged. */
  undecided: [10, 1603, 1603, 1],
  /** A fault of this program. */
  unexpected: [11, 1603, 1603, 1],
} as const;

export type Outcome = keyof typeof table;

export const exitTable: Readonly<Record<Outcome, readonly [number, number, number, number]>> = table;

export function exitCodeOf(outcome: Outcome, profile: ExitProfile): number {
  return exitTable[outcome][exitProfiles.indexOf(profile)] ?? 1;
}

/** The outcome that an error stands for; `forChange` where the machine was to be changed, and was not. */
export function outcomeOfError(error: unknown, forChange = false): Outcome {
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (typeof code !== 'string') return 'unexpected';
  if (refusalsOfWindows.has(code)) return forChange ? 'failed-undone' : 'undecided';
  return code in outcomesByErrorCode ? outcomesByErrorCode[code as keyof typeof outcomesByErrorCode] : 'unexpected';
}

const refusalsOfWindows = new Set(['NTSTATUS', 'WIN32', 'UNEXPECTED_LIST', 'UNEXPECTED_VALUE']);

const outcomesByErrorCode = {
  COMMAND_LINE: 'bad-input',
  INVALID_ARGUMENT: 'bad-input',
  INVALID_INPUT: 'bad-input',
  INPUT_TOO_LARGE: 'bad-input',
  FILE_ACCESS: 'bad-input',
  LISTEN: 'bad-input',
  PROGRAM_NOT_FOUND: 'bad-input',
  EVENT_LOG_READ: 'bad-input',
  BACKUP_NOT_FOUND: 'bad-input',
  STORED_STATE_DAMAGED: 'bad-input',
  PEER_MESSAGE: 'undecided',
  NOT_ELEVATED: 'not-elevated',
  UNSUPPORTED_PLATFORM: 'unsupported-platform',
  NATIVE_BINDING_NOT_LOADED: 'unsupported-platform',
  MACHINE_LOCK_BUSY: 'busy',
  MACHINE_LOCK_DENIED: 'not-elevated',
  ADDON_MISMATCH: 'refused',
  STALE_PLAN: 'refused',
  STEERED_PROCESS: 'refused',
} as const satisfies Record<string, Outcome>;

/** The outcome of a plan that is not carried out. */
export const planOutcomes = {
  change: 'done',
  'nothing-to-do': 'nothing-to-do',
  'governed-by-policy': 'governed-by-policy',
  refused: 'refused',
  'restart-first': 'undecided',
} as const satisfies Record<ChangePlan['verdict'], Outcome>;

const worstFirst = ['unexpected', 'peer-affected', 'bad-input', 'undecided'] as const satisfies readonly Outcome[];

/** The outcome of a run that came to several. */
export function worstOf(outcomes: ReadonlySet<Outcome>): Outcome {
  return worstFirst.find((one) => outcomes.has(one)) ?? 'done';
}
