/**
 * `schannel-dhe/simulated`: a model of Windows behind the binding contract. It keeps real state and follows what is known
 * of cng.sys: the policy texts come before the local table, FIPS mode filters the answer, additions and removals touch
 * the local table alone, the table is loaded once at boot (so an edit of the registry shows after a restart), policy
 * texts are read again when their key's write time grew. What is not known is a switch, so that both ways are tested.
 *
 * `SimulatedMachine` is the machine and its control surface; `connect()` gives what one process sees of it.
 */

import {
  requireFunctionName,
  requirePosition,
  requireRegistryPath,
  requireStateName,
  requireStateText,
  requireTimeout,
} from '../binding/binding-arguments';
import { ntStatusName } from '../binding/nt-status';
import type { MachineLock, SchannelBinding, StateStore } from '../binding/schannel-binding';
import { findSuite, foldName, isDheSuite } from '../cipher-suite/cipher-suite';
import { MachineLockBusyError, NtStatusError, Win32Error } from '../errors';
import { type PolicySeparator, splitPolicyText } from '../policy/policy-text';
import {
  decodeDword,
  decodeMultiString,
  decodeString,
  encodeDword,
  encodeMultiString,
  encodeString,
  RegistryType,
  type RegistryValue,
} from '../registry-files/registry-value';
import { firstBuildOf, type WindowsVersionId, windowsDefaults } from '../windows/versions';

export { windowsVersionIds } from '../windows/versions';

/** Everything a binding can be asked, by the name of the Windows function or part behind it. */
export type BindingOperation =
  | 'enumContextFunctions'
  | 'removeContextFunction'
  | 'addContextFunction'
  | 'readRegistryValue'
  | 'registryKeyWriteTime'
  | 'bootTime'
  | 'stateStore.read'
  | 'stateStore.write'
  | 'stateStore.delete'
  | 'stateStore.list'
  | 'acquireMachineLock'
  | 'isElevated';

export interface InjectedFault {
  readonly operation: BindingOperation;
  /** The n-th call from now on, from 1. */
  readonly call: number;
  /** `fails` before anything happened, `fails-late` after it did, `pretends` success without doing anything. */
  readonly effect: 'fails' | 'fails-late' | 'pretends';
  /** An NTSTATUS for the three CNG functions, a system error number for the others. */
  readonly status: number;
}

/** Thrown by every call of a process that `dieAfterWrite` ended; no code of ours may catch it and go on. */
export class SimulatedProcessDeath extends Error {
  override readonly name = 'SimulatedProcessDeath';
}

/** What Windows does where no source says; both ways are tested. */
export interface UnknownBehaviour {
  /** An empty policy text: `ignored`, or a list without suites. */
  readonly emptyPolicy: 'ignored' | 'empty-list';
  /** A REG_MULTI_SZ in the Group Policy key: a field report says ignored. */
  readonly multiStringPolicy: 'ignored' | 'used';
}

export interface SimulatedMachineOptions {
  readonly windows: WindowsVersionId;
  /** The local list; the default list of that Windows where left out. */
  readonly local?: readonly string[];
  readonly groupPolicy?: string;
  readonly mdm?: string;
  readonly fips?: boolean;
  /** The update revision (UBR); 0 where left out. */
  readonly revision?: number;
  readonly unknown?: Partial<UnknownBehaviour>;
}

/** The whole state of a machine as JSON, kept between two runs. Registry data is base64. */
export interface SimulatedMachineState {
  readonly schemaVersion: 1;
  readonly kind: 'simulated-machine';
  readonly clock: number;
  readonly bootTime: number;
  readonly unknown: UnknownBehaviour;
  readonly table: readonly string[] | null;
  readonly keys: readonly {
    readonly path: string;
    readonly writeTime: number;
    readonly values: readonly { readonly name: string; readonly type: number; readonly data: string }[];
  }[];
}

const localKey = 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const policyKey = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const mdmKey = 'SYSTEM\\CurrentControlSet\\Control\\Cryptography\\MDMPolicies\\SSL';
const fipsKey = 'SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy';
const versionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const stateKey = 'SOFTWARE\\SchannelDhe';

const accessDenied = { ntStatus: 0xc0000022, win32: 5 } as const;
const notFound = 0xc0000225;

interface RegistryKey {
  readonly path: string;
  writeTime: number;
  readonly values: Map<string, { readonly name: string; readonly value: RegistryValue }>;
}

export class SimulatedMachine {
  readonly #keys = new Map<string, RegistryKey>();
  readonly #unknown: UnknownBehaviour;
  readonly #policyCache = new Map<
    string,
    { readonly writeTime: number; readonly list: readonly string[] | undefined }
  >();
  #clock = Date.UTC(2021, 1, 1);
  #bootTime = this.#clock;
  /** The local table in the kernel's memory; null where the machine has no SSL context. */
  #table: string[] | null = null;
  #lockOwner: object | undefined;

  constructor(options: SimulatedMachineOptions) {
    this.#unknown = { emptyPolicy: 'ignored', multiStringPolicy: 'ignored', ...options.unknown };
    const { build, isServer } = firstBuildOf(options.windows);
    const defaults = windowsDefaults[options.windows];
    this.setValue(versionKey, 'CurrentBuildNumber', encodeString(String(build)));
    this.setValue(versionKey, 'UBR', encodeDword(options.revision ?? 0));
    this.setValue(versionKey, 'ProductName', encodeString(defaults.windows.at(-1) ?? options.windows));
    const serverToo = isServer || defaults.windows.some((name) => name.includes('Server'));
    this.setValue(versionKey, 'InstallationType', encodeString(serverToo ? 'Server' : 'Client'));
    this.setLocal(options.local ?? defaults.enabledByDefault);
    if (options.groupPolicy !== undefined) this.setGroupPolicy(encodeString(options.groupPolicy));
    if (options.mdm !== undefined) this.setMdm(encodeString(options.mdm));
    if (options.fips === true) this.setFips(true);
    this.restart();
  }

  /** What one process sees; each has its own hold on the machine lock. Elevated unless told otherwise. */
  connect({ elevated = true }: { readonly elevated?: boolean } = {}): SimulatedBinding {
    return new SimulatedBinding(this, elevated);
  }

  /** Edits the registry as regedit does: the kernel's local table does not change before a restart. */
  setValue(path: string, name: string, value: RegistryValue | undefined): void {
    const key = this.#keys.get(path.toLowerCase()) ?? { path, writeTime: 0, values: new Map() };
    if (value === undefined) key.values.delete(name.toLowerCase());
    else key.values.set(name.toLowerCase(), { name, value });
    key.writeTime = this.#tick();
    this.#keys.set(path.toLowerCase(), key);
  }

  deleteKey(path: string): void {
    this.#keys.delete(path.toLowerCase());
  }

  /** The local list as `regedit` would set it; `undefined` removes the value. Takes effect at the next restart. */
  setLocal(list: readonly string[] | undefined): void {
    this.setValue(localKey, 'Functions', list && encodeMultiString(list));
  }

  setGroupPolicy(value: RegistryValue | undefined): void {
    this.setValue(policyKey, 'Functions', value);
  }

  setMdm(value: RegistryValue | undefined): void {
    this.setValue(mdmKey, 'CipherSuites', value);
  }

  setFips(on: boolean): void {
    this.setValue(fipsKey, 'Enabled', encodeDword(on ? 1 : 0));
  }

  /** Loads the local table anew and moves the boot time; locks of processes that ran are gone. */
  restart(): void {
    const key = this.#keys.get(localKey.toLowerCase());
    const value = key?.values.get('functions')?.value;
    this.#table =
      key === undefined ? null : value?.type === RegistryType.multiString ? decodeMultiString(value.data) : [];
    this.#policyCache.clear();
    this.#lockOwner = undefined;
    this.#bootTime = this.#tick();
  }

  toJSON(): SimulatedMachineState {
    return {
      schemaVersion: 1,
      kind: 'simulated-machine',
      clock: this.#clock,
      bootTime: this.#bootTime,
      unknown: this.#unknown,
      table: this.#table,
      keys: [...this.#keys.values()].map(({ path, writeTime, values }) => ({
        path,
        writeTime,
        values: [...values.values()].map(({ name, value: { type, data } }) => ({
          name,
          type,
          data: Buffer.from(data).toString('base64'),
        })),
      })),
    };
  }

  static fromJSON(state: SimulatedMachineState): SimulatedMachine {
    const machine = new SimulatedMachine({ windows: 'ws2025', unknown: state.unknown });
    machine.#keys.clear();
    for (const { path, writeTime, values } of state.keys) {
      const entries = values.map(({ name, type, data }) => {
        const value = { type, data: new Uint8Array(Buffer.from(data, 'base64')) };
        return [name.toLowerCase(), { name, value }] as const;
      });
      machine.#keys.set(path.toLowerCase(), { path, writeTime, values: new Map(entries) });
    }
    machine.#clock = state.clock;
    machine.#bootTime = state.bootTime;
    machine.#table = state.table === null ? null : [...state.table];
    return machine;
  }

  /** What CNG answers: the first policy text that is there, else the local table, through the FIPS filter. */
  enumerate(): readonly string[] {
    if (this.#table === null) return [];
    const list =
      this.#policyList(policyKey, 'Functions', ',') ?? this.#policyList(mdmKey, 'CipherSuites', ';') ?? this.#table;
    return this.#isFips() ? list.filter(isAllowedInFipsMode) : [...list];
  }

  removeFromTable(name: string): boolean {
    const index = this.#indexOf(name);
    if (this.#table === null || index === -1) return false;
    this.#table.splice(index, 1);
    this.#storeTable(this.#table);
    return true;
  }

  addToTable(name: string, position: number): void {
    if (this.#table === null) throw ntStatusError('BCryptAddContextFunction', notFound);
    const present = this.#indexOf(name);
    if (present !== -1) this.#table.splice(present, 1);
    this.#table.splice(position, 0, name);
    this.#storeTable(this.#table);
  }

  valueOf(path: string, name: string): RegistryValue | undefined {
    const value = this.#keys.get(path.toLowerCase())?.values.get(name.toLowerCase())?.value;
    return value && { type: value.type, data: value.data.slice() };
  }

  writeTimeOf(path: string): Date | undefined {
    const key = this.#keys.get(path.toLowerCase());
    return key && new Date(key.writeTime);
  }

  valueNamesOf(path: string): string[] {
    return [...(this.#keys.get(path.toLowerCase())?.values.values() ?? [])].map(({ name }) => name);
  }

  get bootTime(): Date {
    return new Date(this.#bootTime);
  }

  /** False where another process holds the lock. */
  lock(owner: object): boolean {
    if (this.#lockOwner !== undefined) return false;
    this.#lockOwner = owner;
    return true;
  }

  unlock(owner: object): void {
    if (this.#lockOwner === owner) this.#lockOwner = undefined;
  }

  /** Suite names are compared as Windows compares registry names here; no source gives CNG's own rule. */
  #indexOf(name: string): number {
    return this.#table?.findIndex((entry) => foldName(entry) === foldName(name)) ?? -1;
  }

  #storeTable(table: readonly string[]): void {
    this.setValue(localKey, 'Functions', encodeMultiString(table));
  }

  #policyList(path: string, name: string, separator: PolicySeparator): readonly string[] | undefined {
    const key = this.#keys.get(path.toLowerCase());
    if (key === undefined) return undefined;
    const cached = this.#policyCache.get(path);
    if (cached !== undefined && cached.writeTime >= key.writeTime) return cached.list;
    const list = this.#convertPolicy(key.values.get(name.toLowerCase())?.value, separator);
    this.#policyCache.set(path, { writeTime: key.writeTime, list });
    return list;
  }

  #convertPolicy(value: RegistryValue | undefined, separator: PolicySeparator): readonly string[] | undefined {
    if (value === undefined) return undefined;
    if (value.type === RegistryType.multiString) {
      return this.#unknown.multiStringPolicy === 'used' ? decodeMultiString(value.data) : undefined;
    }
    if (value.type !== RegistryType.string && value.type !== RegistryType.expandString) return undefined;
    const list = splitPolicyText(decodeString(value.data), separator);
    return list.length === 0 && this.#unknown.emptyPolicy === 'ignored' ? undefined : list;
  }

  #isFips(): boolean {
    const value = this.valueOf(fipsKey, 'Enabled');
    return value !== undefined && (decodeDword(value) ?? 0) !== 0;
  }

  /** Every change is a second later than the one before, so write times tell their order. */
  #tick(): number {
    this.#clock += 1000;
    return this.#clock;
  }
}

/** The exact filter is not known; it hides DHE and what FIPS 140 never approved. */
function isAllowedInFipsMode(name: string): boolean {
  const suite = findSuite(name);
  return !isDheSuite(name) && suite !== undefined && /^(AES|3DES)/.test(suite.cipher) && suite.hash !== 'MD5';
}

export class SimulatedBinding implements SchannelBinding {
  readonly stateStore: StateStore;
  readonly #machine: SimulatedMachine;
  readonly #elevated: boolean;
  readonly #faults: InjectedFault[] = [];
  readonly #calls = new Map<BindingOperation, number>();
  #writesUntilDeath = Number.POSITIVE_INFINITY;
  #dead = false;

  constructor(machine: SimulatedMachine, elevated: boolean) {
    this.#machine = machine;
    this.#elevated = elevated;
    this.stateStore = {
      read: (name) => {
        requireStateName(name);
        return this.#run('stateStore.read', () => {
          const value = machine.valueOf(stateKey, name);
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

  #write<T>(operation: BindingOperation, act: () => T, pretended?: T): T {
    const result = this.#run(
      operation,
      () => {
        if (!this.#elevated)
          throw failure(operation, operation.startsWith('stateStore') ? accessDenied.win32 : accessDenied.ntStatus);
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
  isElevated: 'GetTokenInformation',
};

function failure(operation: BindingOperation, status: number): Error {
  const isCng = operation.endsWith('ContextFunction') || operation.endsWith('ContextFunctions');
  return isCng ? ntStatusError(functionNames[operation], status) : new Win32Error(functionNames[operation], status);
}

function ntStatusError(functionName: string, status: number): NtStatusError {
  return new NtStatusError(functionName, status, ntStatusName(status));
}
