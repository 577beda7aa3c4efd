/** The addon behind the contract: arguments are checked before it is called, its failures become typed errors. */
import { MachineLockBusyError, MachineLockDeniedError, NotElevatedError, NtStatusError, Win32Error } from '../errors';
import type { RegistryValue } from '../registry-files/registry-value';
import {
  requireFunctionName,
  requirePosition,
  requireRegistryPath,
  requireStateName,
  requireStateText,
  requireTimeout,
} from './binding-arguments';
import { createLocalPolicyFiles } from './local-policy-files';
import { ntStatusName } from './nt-status';
import { refreshComputerPolicy } from './refresh-computer-policy';
import { createRegistryEditor } from './registry-editor';
import type { ContractAnswer, SchannelBinding } from './schannel-binding';
import { readSchannelEvents } from './schannel-events';
import { findSystemFolder } from './system-folder';

/** What native/addon.cc exports; times in milliseconds. */
export interface NativeAddon {
  enumContextFunctions(): string[];
  removeContextFunction(name: string): boolean;
  addContextFunction(name: string, position: number): void;
  readRegistryValue(key: string, valueName: string): RegistryValue | undefined;
  registryKeyWriteTime(key: string): number | undefined;
  readState(name: string): string | undefined;
  writeState(name: string, text: string): void;
  deleteState(name: string): boolean;
  listStates(): string[];
  replaceFile(file: string, draft: string, kept: string | undefined): void;
  lock(timeoutMilliseconds: number): boolean;
  unlock(): void;
  isElevated(): boolean;
  uptime(): number;
  probeContract(): ContractAnswer[];
}

/** What the addon throws where Windows answered with a failure. */
interface SystemFailure {
  readonly kind?: 'ntstatus' | 'win32';
  readonly functionName: string;
  readonly number: number;
}

export function createNativeBinding(addon: NativeAddon): SchannelBinding {
  const systemFolder = once(() =>
    findSystemFolder((key, valueName) => call(() => addon.readRegistryValue(key, valueName))),
  );
  return {
    enumContextFunctions: () => call(() => addon.enumContextFunctions()),
    removeContextFunction: (name) => {
      requireFunctionName(name);
      return call(() => addon.removeContextFunction(name));
    },
    addContextFunction: (name, position) => {
      requireFunctionName(name);
      requirePosition(position);
      call(() => addon.addContextFunction(name, position));
    },
    readRegistryValue: (key, valueName) => {
      requireRegistryPath(key, valueName);
      return call(() => addon.readRegistryValue(key, valueName));
    },
    registryKeyWriteTime: (key) => {
      requireRegistryPath(key);
      const time = call(() => addon.registryKeyWriteTime(key));
      return time === undefined ? undefined : new Date(time);
    },
    bootTime: () => new Date(Date.now() - call(() => addon.uptime())),
    stateStore: {
      read: (name) => {
        requireStateName(name);
        return call(() => addon.readState(name));
      },
      write: (name, text) => {
        requireStateName(name);
        requireStateText(text);
        call(() => addon.writeState(name, text));
      },
      delete: (name) => {
        requireStateName(name);
        return call(() => addon.deleteState(name));
      },
      list: () => call(() => addon.listStates().sort()),
    },
    acquireMachineLock: (timeoutMilliseconds) => {
      requireTimeout(timeoutMilliseconds);
      if (!takeLock(addon, timeoutMilliseconds)) throw new MachineLockBusyError(timeoutMilliseconds);
      let isHeld = true;
      return {
        release: () => {
          if (isHeld) call(() => addon.unlock());
          isHeld = false;
        },
      };
    },
    get localPolicy() {
      return createLocalPolicyFiles(systemFolder(), (...names) => swapFilesBy(addon, ...names));
    },
    get registryEditor() {
      return createRegistryEditor(systemFolder());
    },
    refreshComputerPolicy: () => refreshComputerPolicy(systemFolder()),
    readSchannelEvents: () => readSchannelEvents(systemFolder()),
    probeContract: () => call(() => addon.probeContract()),
    isElevated: () => call(() => addon.isElevated()),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Gives a file the content of the draft, and keeps all else of it. @throws Win32Error; the file is the old one then */
export function swapFilesBy(addon: NativeAddon, file: string, draft: string, kept: string | undefined): void {
  call(() => addon.replaceFile(file, draft, kept));
}

/** The lock is for administrators alone. */
function takeLock(addon: NativeAddon, timeoutMilliseconds: number): boolean {
  try {
    return call(() => addon.lock(timeoutMilliseconds));
  } catch (error) {
    if (!(error instanceof Win32Error) || error.win32Code !== 5) throw error;
    throw addon.isElevated() ? new MachineLockDeniedError() : new NotElevatedError();
  }
}

function call<T>(member: () => T): T {
  try {
    return member();
  } catch (error) {
    const { kind, functionName, number } = error as SystemFailure;
    if (kind === 'ntstatus') throw new NtStatusError(functionName, number, ntStatusName(number));
    if (kind === 'win32') throw new Win32Error(functionName, number);
    throw error;
  }
}
