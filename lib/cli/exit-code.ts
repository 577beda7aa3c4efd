/** One internal outcome, four profiles of exit codes. 3010 only where this very run changed something; never 1641. */
export type ExitProfile = 'default' | 'installer' | 'msi' | 'intune';

export const exitProfiles: readonly ExitProfile[] = ['default', 'installer', 'msi', 'intune'];

const table = {
  'nothing-to-do': [0, 0, 0, 0],
  changed: [0, 3010, 0, 0],
  'dhe-offered': [1, 1, 0, 1],
  'bad-input': [2, 87, 87, 1],
  'governed-by-policy': [3, 1603, 1603, 1],
  'not-elevated': [4, 5, 5, 1],
  'failed-undone': [5, 1603, 1603, 1],
  'unsupported-platform': [6, 1633, 1633, 1],
  busy: [7, 1618, 1618, 1],
  refused: [8, 1603, 1603, 1],
  'failed-undo-incomplete': [9, 1603, 1603, 1],
} as const;

export type Outcome = keyof typeof table;

export const exitTable: Readonly<Record<Outcome, readonly [number, number, number, number]>> = table;

export function exitCodeOf(outcome: Outcome, profile: ExitProfile): number {
  return exitTable[outcome][exitProfiles.indexOf(profile)] ?? 1;
}

/** The outcome that an error stands for. One that nobody foresaw counts as failed with nothing changed. */
export function outcomeOfError(error: unknown): Outcome {
  const code = (error as { readonly code?: unknown }).code;
  if (typeof code === 'string' && code in outcomesByErrorCode) {
    return outcomesByErrorCode[code as keyof typeof outcomesByErrorCode];
  }
  return error instanceof TypeError ? 'bad-input' : 'failed-undone';
}

const outcomesByErrorCode = {
  INVALID_INPUT: 'bad-input',
  INPUT_TOO_LARGE: 'bad-input',
  FILE_ACCESS: 'bad-input',
  LISTEN: 'bad-input',
  BACKUP_NOT_FOUND: 'bad-input',
  STORED_STATE_DAMAGED: 'bad-input',
  NOT_ELEVATED: 'not-elevated',
  UNSUPPORTED_PLATFORM: 'unsupported-platform',
  NATIVE_BINDING_NOT_LOADED: 'unsupported-platform',
  MACHINE_LOCK_BUSY: 'busy',
  MACHINE_LOCK_DENIED: 'not-elevated',
  ADDON_MISMATCH: 'refused',
  STALE_PLAN: 'refused',
  STEERED_PROCESS: 'refused',
} as const satisfies Record<string, Outcome>;
