/** What one process sees of the modelled Windows: the binding contract, with a control surface of its own for faults. */
import {
  requireFunctionName,
  requirePosition,
  requireRegistryPath,
  requireStateName,
  requireStateText,
  requireTimeout,
} from '../binding/binding-arguments';
import { ntStatusName } from '../binding/nt-status';
import type {
  ContractAnswer,
  LocalPolicyFiles,
  MachineLock,
  RegistryEditor,
  SchannelBinding,
  StateStore,
} from '../binding/schannel-binding';
import { EventLogReadError, FileAccessError, MachineLockBusyError, NtStatusError, Win32Error } from '../errors';
import { decodeString, encodeString, RegistryType, type RegistryValue } from '../registry-files/registry-value';
import { stateKey } from '../windows/registry-places';
import { type BindingOperation, type InjectedFault, SimulatedProcessDeath } from './faults';
import type { WindowsModel } from './windows-model';

const accessDenied = { ntStatus: 0xc0000022, win32: 5 } as const;

export class SimulatedProcess implements SchannelBinding {
  readonly stateStore: StateStore;
  readonly localPolicy: LocalPolicyFiles;
  readonly registryEditor: RegistryEditor;
  readonly #machine: WindowsModel;
  readonly #elevated: boolean;
  readonly #faults: InjectedFault[] = [];
  readonly #calls = new Map<BindingOperation, number>();
  #writesUntilDeath = Number.POSITIVE_INFINITY;
  #dead = false;

  constructor(machine: WindowsModel, elevated: boolean) {
    this.#machine = machine;
    this.#elevated = elevated;
    this.stateStore = {
      read: (name) => {
        requireStateName(name);
        return this.#run('stateStore.read', () => {
          const value = machine.valueOf(stateKey, name);
          if (value !== undefined && value.type !== RegistryType.string) throw new Win32Error('RegQueryValueExW', 13);
          return value && decodeString(value.data);
        });
      },
      write: (name, text) => {
        requireStateName(name);
        requireStateText(text);
        this.#write('stateStore.write', () => machine.setValue(stateKey, name, encodeString(text)));
      },
      delete: (name) => {
        requireStateName(name);
        return this.#write(
          'stateStore.delete',
          () => {
            const existed = machine.valueOf(stateKey, name) !== undefined;
            if (existed) machine.setValue(stateKey, name, undefined);
            return existed;
          },
          false,
        );
      },
      list: () => this.#run('stateStore.list', () => machine.valueNamesOf(stateKey).sort()),
    };
    this.localPolicy = {
      folder: 'C:\\Windows\\System32\\GroupPolicy',
      read: (file) => this.#run('localPolicy.read', () => machine.fileOfLocalPolicy(file)),
      replace: (file, content) => this.#write('localPolicy.replace', () => machine.setFileOfLocalPolicy(file, content)),
    };
    this.registryEditor = {
      setValue: (key, valueName, value) => {
        requireRegistryPath(key, valueName);
        this.#write('registryEditor.setValue', () => machine.setValue(key, valueName, value));
      },
      deleteValue: (key, valueName) => {
        requireRegistryPath(key, valueName);
        this.#write('registryEditor.deleteValue', () => {
          if (machine.valueOf(key, valueName) !== undefined) machine.setValue(key, valueName, undefined);
        });
      },
      deleteEmptyKey: (key) => {
        requireRegistryPath(key);
        return this.#write('registryEditor.deleteEmptyKey', () => machine.deleteEmptyKey(key), true);
      },
    };
  }

  enumContextFunctions(): readonly string[] {
    return this.#run('enumContextFunctions', () => this.#machine.enumerate());
  }

  removeContextFunction(name: string): boolean {
    requireFunctionName(name);
    return this.#write('removeContextFunction', () => this.#machine.removeFromTable(name), true);
  }

  addContextFunction(name: string, position: number): void {
    requireFunctionName(name);
    requirePosition(position);
    this.#write('addContextFunction', () => this.#machine.addToTable(name, position));
  }

  readRegistryValue(key: string, valueName: string): RegistryValue | undefined {
    requireRegistryPath(key, valueName);
    return this.#run('readRegistryValue', () => this.#machine.valueOf(key, valueName));
  }

  registryKeyWriteTime(key: string): Date | undefined {
    requireRegistryPath(key);
    return this.#run('registryKeyWriteTime', () => this.#machine.writeTimeOf(key));
  }

  bootTime(): Date {
    return this.#run('bootTime', () => this.#machine.bootTime);
  }

  acquireMachineLock(timeoutMilliseconds: number): MachineLock {
    requireTimeout(timeoutMilliseconds);
    return this.#run('acquireMachineLock', () => {
      if (!this.#machine.lock(this)) throw new MachineLockBusyError(timeoutMilliseconds);
      return { release: () => this.#machine.unlock(this) };
    });
  }

  refreshComputerPolicy(): boolean {
    return this.#write(
      'refreshComputerPolicy',
      () => {
        this.#machine.refreshComputerPolicy();
        return true;
      },
      true,
    );
  }

  async *readSchannelEvents(): AsyncGenerator<Uint8Array> {
    yield this.#run('readSchannelEvents', () => Buffer.from(this.#machine.schannelEvents()));
  }

  /** There is no CNG behind it that could be asked. */
  probeContract(): readonly ContractAnswer[] {
    return [];
  }

  isElevated(): boolean {
    return this.#run('isElevated', () => this.#elevated);
  }

  /** Arms a fault; several may be armed at once. */
  injectFault(fault: InjectedFault): void {
    this.#faults.push({ ...fault, call: fault.call + (this.#calls.get(fault.operation) ?? 0) });
  }

  /** Ends this process right after its n-th write from now on (CNG or state store), releasing its lock. */
  dieAfterWrite(n: number): void {
    this.#writesUntilDeath = n;
  }

  /** How often each operation was called, so that a test can fail every single call. */
  get calls(): ReadonlyMap<BindingOperation, number> {
    return this.#calls;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  #write<T>(operation: BindingOperation, act: () => T, pretended?: T): T {
    const result = this.#run(
      operation,
      () => {
        if (!this.#elevated) throw failure(operation, isCng(operation) ? accessDenied.ntStatus : accessDenied.win32);
        return act();
      },
      pretended,
    );
    this.#writesUntilDeath -= 1;
    if (this.#writesUntilDeath === 0) {
      this.#dead = true;
      this.#machine.unlock(this);
      throw new SimulatedProcessDeath();
    }
    return result;
  }

  #run<T>(operation: BindingOperation, act: () => T, pretended?: T): T {
    if (this.#dead) throw new SimulatedProcessDeath();
    const call = (this.#calls.get(operation) ?? 0) + 1;
    this.#calls.set(operation, call);
    const fault = this.#faults.find((armed) => armed.operation === operation && armed.call === call);
    if (fault?.effect === 'pretends') return pretended as T;
    if (fault?.effect === 'fails') throw failure(operation, fault.status);
    const result = act();
    if (fault?.effect === 'fails-late') throw failure(operation, fault.status);
    return result;
  }
}

const functionNames: Readonly<Record<BindingOperation, string>> = {
  enumContextFunctions: 'BCryptEnumContextFunctions',
  removeContextFunction: 'BCryptRemoveContextFunction',
  addContextFunction: 'BCryptAddContextFunction',
  readRegistryValue: 'RegQueryValueExW',
  registryKeyWriteTime: 'RegQueryInfoKeyW',
  bootTime: 'GetTickCount64',
  'stateStore.read': 'RegQueryValueExW',
  'stateStore.write': 'RegSetValueExW',
  'stateStore.delete': 'RegDeleteValueW',
  'stateStore.list': 'RegEnumValueW',
  acquireMachineLock: 'CreateMutexW',
  'localPolicy.read': 'ReadFile',
  'localPolicy.replace': 'ReplaceFileW',
  'registryEditor.setValue': 'RegSetValueExW',
  'registryEditor.deleteValue': 'RegDeleteValueW',
  'registryEditor.deleteEmptyKey': 'RegDeleteKeyExW',
  refreshComputerPolicy: 'gpupdate.exe',
  readSchannelEvents: 'wevtutil.exe',
  isElevated: 'GetTokenInformation',
};

const isCng = (operation: BindingOperation) => /ContextFunctions?$/.test(operation);

function failure(operation: BindingOperation, status: number): Error {
  if (isCng(operation)) return new NtStatusError(functionNames[operation], status, ntStatusName(status));
  if (operation === 'readSchannelEvents') return new EventLogReadError(functionNames[operation], status);
  if (operation === 'localPolicy.read' || operation === 'localPolicy.replace') {
    const reason = status === accessDenied.win32 ? 'EPERM' : 'EIO';
    return new FileAccessError('GroupPolicy', operation === 'localPolicy.read' ? 'read' : 'write', reason);
  }
  return new Win32Error(functionNames[operation], status);
}
