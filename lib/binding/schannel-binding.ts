/**
 * THE CONTRACT between this package and Windows. It is synchronous and small, and every guarantee in a member's comment
 * is a test of `test/contract`, held by the simulation everywhere and by the addon wherever Windows runs.
 *
 * Absence is a value, failure is an error: `NtStatusError` from CNG, `Win32Error` from the registry and the system.
 * No member answers with an empty list or `undefined` for "could not look".
 */
import type { RegistryValue } from '../registry-files/registry-value';

/** All that is asked of a Windows and done to it: the addon and the simulation answer alike. */
export interface SchannelBinding {
  /**
   * What CNG answers for context `SSL`, interface 0x00010002 (BCryptEnumContextFunctions, CRYPT_LOCAL): the list in
   * force, highest priority first. `[]` where nothing is configured (success with no functions, or
   * STATUS_NOT_FOUND 0xC0000225). Works without elevation.
   */
  enumContextFunctions(): readonly string[];

  /**
   * Takes one context function out of the local list (BCryptRemoveContextFunction). `false` where it was not in it
   * (0xC0000225). Only the local list changes: under a policy the enumeration may answer as before.
   *
   * @throws InvalidArgumentError for a name that is empty, longer than 63 characters or holds a NUL, before any native call
   * @throws NtStatusError 0xC0000022 without the right to write, and for any other failing status
   */
  removeContextFunction(name: string): boolean;

  /**
   * Puts a context function into the local list (BCryptAddContextFunction), ahead of what stands at `position`
   * (0 is the top; at or past the end appends). A name that is there already moves to that position.
   *
   * @throws InvalidArgumentError for a name as above, or a position that is not an integer from 0 to 0xFFFFFFFF
   * @throws NtStatusError as for removal
   */
  addContextFunction(name: string, position: number): void;

  /**
   * A value below HKEY_LOCAL_MACHINE, 64-bit view, raw type and bytes. `key` has no hive prefix and no leading or
   * trailing backslash; case does not matter. `undefined` where the key or the value does not exist.
   *
   * @throws Win32Error for everything else, such as 5 where access is denied
   */
  readRegistryValue(key: string, valueName: string): RegistryValue | undefined;

  /** When a key below HKEY_LOCAL_MACHINE was last written; `undefined` where it does not exist. */
  registryKeyWriteTime(key: string): Date | undefined;

  /** When this system started, by its own uptime. A hybrid shutdown ("Fast Startup") does not count as a start. */
  bootTime(): Date;

  readonly stateStore: StateStore;

  readonly localPolicy: LocalPolicyFiles;

  readonly registryEditor: RegistryEditor;

  /**
   * One change at a time on a machine. Waits up to `timeoutMilliseconds` (0 to 600,000), then throws
   * `MachineLockBusyError`. The system releases the lock when the process dies, however it dies.
   */
  acquireMachineLock(timeoutMilliseconds: number): MachineLock;

  /**
   * Has Windows apply the computer's Group Policy anew (`gpupdate /target:computer /force`), and waits for it, at most ten
   * minutes. Whether it said that it did.
   *
   * @throws FileAccessError where the program cannot be started
   */
  refreshComputerPolicy(): boolean;

  /**
   * The events of Schannel in the System log that `evidence` reads, oldest first: one XML document with the root `Events`, in
   * pieces, in UTF-8 or UTF-16LE. Nothing is written, and no localised text is asked for.
   *
   * @throws EventLogReadError, while it is read too, where Windows does not give them
   */
  readSchannelEvents(): AsyncIterable<Uint8Array>;

  /** CNG's answers to questions that no change needs, for the self-check; none where there is nothing to ask. */
  probeContract(): readonly ContractAnswer[];

  /** Whether this process runs elevated. It informs; what decides is whether Windows lets a write happen. */
  isElevated(): boolean;
}

/**
 * Small named texts that only administrators can write (`HKLM\SOFTWARE\SchannelDhe`, one REG_SZ a name; a folder below
 * ProgramData could be created and filled by any user). Names are 1 to 64 of `A-Z a-z 0-9 . _ -`, a text is at most
 * 500,000 UTF-16 code units without NUL; anything else is an `InvalidArgumentError`.
 */
export interface StateStore {
  read(name: string): string | undefined;
  /** Durable when it returns: the hive is flushed. Replaces what was there, whole or not at all. */
  write(name: string, text: string): void;
  /** `false` where nothing of that name was there. Durable when it returns. */
  delete(name: string): boolean;
  /** All names, in ordinal order. */
  list(): readonly string[];
}

/** The two files of the local GPO that its computer half consists of. */
export type LocalPolicyFile = 'Registry.pol' | 'gpt.ini';

/** The local GPO, `System32\GroupPolicy` in the native view also from a 32-bit process. Only administrators can write it. */
export interface LocalPolicyFiles {
  /** Where it is, for people. */
  readonly folder: string;
  /**
   * `undefined` where there is no such file.
   *
   * @throws FileAccessError, InputTooLargeError above 64 MiB
   */
  read(file: LocalPolicyFile): Uint8Array | undefined;
  /**
   * Replaces the file, whole or not at all, and keeps its security; makes it and its folder where there is none.
   *
   * @throws FileAccessError, with `EACCES` or `EPERM` as its reason without the right to write
   */
  replace(file: LocalPolicyFile, content: Uint8Array): void;
}

/** Edits keys below HKEY_LOCAL_MACHINE, 64-bit view, as an administrator does. For the self-check, which tries policies out. */
export interface RegistryEditor {
  /** Makes the key where there is none. */
  setValue(key: string, valueName: string, value: RegistryValue): void;
  /** Nothing happens where it is not there. */
  deleteValue(key: string, valueName: string): void;
  /** Takes a key away that holds neither a value nor another key; `false` where it holds one, or is not there. */
  deleteEmptyKey(key: string): boolean;
}

/** What CNG answered to a question of native/contract_probe.cc; `status` is an unsigned NTSTATUS, `size` in bytes. */
export interface ContractAnswer {
  readonly question: string;
  readonly status: number;
  readonly size: number;
}

/** Held while one process changes the machine. */
export interface MachineLock {
  /** Gives the lock back; a second call does nothing. */
  release(): void;
}
