/**
 * A model of Windows, and its control surface. It keeps real state and follows what is known of cng.sys: the policy texts
 * come before the local table, FIPS mode filters the answer, additions and removals touch the local table alone, the table
 * is loaded once at boot (so an edit of the registry shows after a restart), policy texts are read again when their key's
 * write time grew. What is not known is a switch, so that both ways are tested.
 */

import type { z } from 'zod';
import { ntStatusName } from '../binding/nt-status';
import type { LocalPolicyFile } from '../binding/schannel-binding';
import { findSuite, foldName, isDheSuite } from '../cipher-suite/cipher-suite';
import type { DeepReadonly } from '../deep-readonly';
import { NtStatusError } from '../errors';
import { type PolicySeparator, splitPolicyText } from '../policy/policy-text';
import { findRegistryPolValue, readRegistryPol, writeRegistryPol } from '../registry-files/registry-pol';
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
import { fipsKey, type RegistryPlace, registryPlaces, windowsVersionKey } from '../windows/registry-places';
import { firstBuildOf, type WindowsVersionId, windowsDefaults } from '../windows/versions';
import type { simulatedMachineStateSchema } from './state-schema';

export type SimulatedMachineState = DeepReadonly<z.infer<typeof simulatedMachineStateSchema>>;

export type UnknownBehaviour = SimulatedMachineState['unknown'];

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
const localKey = registryPlaces.local.key;
const notFound = 0xc0000225;

interface RegistryKey {
  readonly path: string;
  writeTime: number;
  readonly values: Map<string, { readonly name: string; readonly value: RegistryValue }>;
}

export class WindowsModel {
  readonly #keys = new Map<string, RegistryKey>();
  readonly #localPolicy = new Map<LocalPolicyFile, Uint8Array>();
  #unknown: UnknownBehaviour;
  readonly #policyCache = new Map<
    string,
    { readonly writeTime: number; readonly list: readonly string[] | undefined }
  >();
  #clock = Date.UTC(2021, 1, 1);
  #bootTime = this.#clock;
  /** The local table in the kernel's memory; null where the machine has no SSL context. */
  #table: string[] | null = null;
  #lockOwner: object | undefined;
  #domainSetsOrder = false;
  #events: string[] = [];

  constructor(options: SimulatedMachineOptions) {
    this.#unknown = { emptyPolicy: 'ignored', multiStringPolicy: 'ignored', ...options.unknown };
    const { build, isServer } = firstBuildOf(options.windows);
    const defaults = windowsDefaults[options.windows];
    this.setValue(windowsVersionKey, 'CurrentBuildNumber', encodeString(String(build)));
    this.setValue(windowsVersionKey, 'UBR', encodeDword(options.revision ?? 0));
    this.setValue(windowsVersionKey, 'ProductName', encodeString(defaults.windows.at(-1) ?? options.windows));
    const serverToo = isServer || defaults.windows.some((name) => name.includes('Server'));
    this.setValue(windowsVersionKey, 'InstallationType', encodeString(serverToo ? 'Server' : 'Client'));
    this.setLocal(options.local ?? defaults.enabledByDefault);
    if (options.groupPolicy !== undefined) this.setGroupPolicy(encodeString(options.groupPolicy));
    if (options.mdm !== undefined) this.setMdm(encodeString(options.mdm));
    if (options.fips === true) this.setFips(true);
    this.restart();
  }

  /** Edits the registry as regedit does: the kernel's local table does not change before a restart. */
  setValue(path: string, name: string, value: RegistryValue | undefined): void {
    this.#makeKeysAbove(path);
    const key = this.#keys.get(path.toLowerCase()) ?? { path, writeTime: 0, values: new Map() };
    if (value === undefined) key.values.delete(name.toLowerCase());
    else key.values.set(name.toLowerCase(), { name, value });
    key.writeTime = this.#tick();
    this.#keys.set(path.toLowerCase(), key);
  }

  deleteKey(path: string): void {
    this.#keys.delete(path.toLowerCase());
  }

  /** False where the key holds a value or another key, or is not there. */
  deleteEmptyKey(path: string): boolean {
    const key = this.#keys.get(path.toLowerCase());
    const hasKeys = [...this.#keys.keys()].some((other) => other.startsWith(`${path.toLowerCase()}\\`));
    if (key === undefined || key.values.size > 0 || hasKeys) return false;
    return this.#keys.delete(path.toLowerCase());
  }

  #makeKeysAbove(path: string): void {
    for (let end = path.indexOf('\\'); end !== -1; end = path.indexOf('\\', end + 1)) {
      const above = path.slice(0, end);
      if (this.#keys.has(above.toLowerCase())) continue;
      this.#keys.set(above.toLowerCase(), { path: above, writeTime: this.#tick(), values: new Map() });
    }
  }

  /** The local list as `regedit` would set it; `undefined` removes the value. Takes effect at the next restart. */
  setLocal(list: readonly string[] | undefined): void {
    this.setValue(localKey, 'Functions', list && encodeMultiString(list));
  }

  setGroupPolicy(value: RegistryValue | undefined): void {
    this.setValue(registryPlaces.groupPolicy.key, registryPlaces.groupPolicy.valueName, value);
  }

  /** The local GPO with this text; in force after the next refresh of Group Policy. */
  setLocalPolicy(text: string): void {
    const setting = { ...registryPlaces.groupPolicy, ...encodeString(text) };
    this.#localPolicy.set('Registry.pol', writeRegistryPol([setting]));
  }

  /** As a domain's GPO sets the order: what the local GPO says has no effect from now on. */
  setDomainPolicy(text: string): void {
    this.#domainSetsOrder = true;
    this.setGroupPolicy(encodeString(text));
  }

  setMdm(value: RegistryValue | undefined): void {
    this.setValue(registryPlaces.mdm.key, registryPlaces.mdm.valueName, value);
  }

  setFips(on: boolean): void {
    this.setValue(fipsKey, 'Enabled', encodeDword(on ? 1 : 0));
  }

  /** An event of Schannel, as the System log tells it. */
  logEvent(xml: string): void {
    this.#events.push(xml);
  }

  schannelEvents(): string {
    return `<Events>${this.#events.join('\n')}</Events>`;
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
      domainSetsOrder: this.#domainSetsOrder,
      events: [...this.#events],
      table: this.#table,
      localPolicy: Object.fromEntries(
        [...this.#localPolicy].map(([file, data]) => [file, Buffer.from(data).toString('base64')]),
      ),
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

  /** Becomes the machine that `toJSON` told of. */
  protected load(state: SimulatedMachineState): void {
    this.#keys.clear();
    for (const { path, writeTime, values } of state.keys) {
      const entries = values.map(({ name, type, data }) => {
        const value = { type, data: new Uint8Array(Buffer.from(data, 'base64')) };
        return [name.toLowerCase(), { name, value }] as const;
      });
      this.#keys.set(path.toLowerCase(), { path, writeTime, values: new Map(entries) });
    }
    for (const [file, data] of Object.entries(state.localPolicy)) {
      this.#localPolicy.set(file as LocalPolicyFile, new Uint8Array(Buffer.from(data ?? '', 'base64')));
    }
    this.#unknown = state.unknown;
    this.#domainSetsOrder = state.domainSetsOrder;
    this.#events = [...state.events];
    this.#clock = state.clock;
    this.#bootTime = state.bootTime;
    this.#table = state.table === null ? null : [...state.table];
  }

  /** What CNG answers: the first policy text that is there, else the local table, through the FIPS filter. */
  enumerate(): readonly string[] {
    if (this.#table === null) return [];
    const list =
      this.#policyList(registryPlaces.groupPolicy, ',') ?? this.#policyList(registryPlaces.mdm, ';') ?? this.#table;
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
    if (this.#table === null) throw new NtStatusError('BCryptAddContextFunction', notFound, ntStatusName(notFound));
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

  fileOfLocalPolicy(file: LocalPolicyFile): Uint8Array | undefined {
    return this.#localPolicy.get(file)?.slice();
  }

  setFileOfLocalPolicy(file: LocalPolicyFile, content: Uint8Array): void {
    this.#localPolicy.set(file, content.slice());
  }

  /** Group Policy takes in what the local GPO sets, unless a domain policy set the order: that one is stronger. */
  refreshComputerPolicy(): void {
    if (this.#domainSetsOrder) return;
    const bytes = this.#localPolicy.get('Registry.pol');
    if (bytes === undefined) return;
    const { key, valueName } = registryPlaces.groupPolicy;
    const found = findRegistryPolValue(readRegistryPol(bytes, 'Registry.pol'), key, valueName);
    if (found !== undefined) this.setGroupPolicy(found.isSet ? found.entry : undefined);
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

  #policyList(place: RegistryPlace, separator: PolicySeparator): readonly string[] | undefined {
    const { key: path, valueName: name } = place;
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
