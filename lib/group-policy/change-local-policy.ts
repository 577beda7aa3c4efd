/**
 * A change of the local GPO: Registry.pol, then gpt.ini, with a record in the state store ahead of the first write and
 * behind the last. The record holds our value as it was and as it became, so that an undo touches nothing else.
 */
import { z } from 'zod';
import type { LocalPolicyFiles, SchannelBinding } from '../binding/schannel-binding';
import { requireRight } from '../change/transaction';
import { readEntry } from '../configuration/journal';
import { parseStored } from '../configuration/parse';
import { BackupNotFoundError, FileAccessError, NotElevatedError } from '../errors';
import {
  findRegistryPolValue,
  type RegistryPolEntry,
  type RegistryPolSetting,
  readRegistryPol,
  replaceRegistryPolEntry,
} from '../registry-files/registry-pol';
import { encodeString, isSameValue } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';
import { announceComputerChange, decodeIni, encodeIni } from './gpt-ini';
import { forMachine, type LocalPolicyOptions } from './local-policy';
import { type PolicyFileJudgement, repairPolicyFile } from './policy-file';

const settingSchema = z.strictObject({
  key: z.string(),
  valueName: z.string(),
  type: z.int().min(0).max(0xffffffff),
  data: z.base64(),
});

const changeSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('local-policy-change'),
  operation: z.enum(['repair', 'undo']),
  state: z.enum(['in-progress', 'complete']),
  startedAt: z.iso.datetime(),
  /** Our value before and after the repair, also while that is undone. */
  before: settingSchema,
  after: settingSchema,
});

/** What a repair of the local GPO, or its undo, wrote. */
export type LocalPolicyChange = Readonly<z.infer<typeof changeSchema>>;

const recordName = 'local-policy';

/** The last repair or undo of the local GPO. @throws StoredStateDamagedError */
export function readLocalPolicyChange(binding: SchannelBinding): LocalPolicyChange | null {
  const text = readEntry(binding.stateStore, recordName);
  return text === undefined ? null : parseStored(changeSchema, text, recordName);
}

/** `finished`: one that was interrupted before is whole now, and nothing else was to do. */
export interface LocalRepair {
  readonly kind: 'nothing-to-do' | 'changed' | 'finished';
  readonly judgement: PolicyFileJudgement;
}

/**
 * Corrects the local GPO, or changes nothing. Where gpt.ini cannot be written, the old Registry.pol is put back.
 *
 * @throws MachineLockBusyError where another change runs; NotElevatedError where this process may not write
 * @throws FileAccessError, InputTooLargeError, InvalidInputError, StoredStateDamagedError; nothing is changed then
 */
export function repairLocalPolicy(
  binding: SchannelBinding,
  options: LocalPolicyOptions & { readonly now?: () => Date } = {},
): LocalRepair {
  return whileAlone(binding, () => {
    const { localPolicy } = binding;
    const interrupted = readLocalPolicyChange(binding);
    const bytes = localPolicy.read('Registry.pol');
    if (bytes === undefined) return { kind: 'nothing-to-do', judgement: { verdict: 'not-set', order: null } };
    const repaired = repairPolicyFile(bytes, nameOf(localPolicy), forMachine(binding, options));
    const { judgement } = repaired;
    if (judgement.verdict === 'needs-repair' && judgement.order !== null) {
      const { entry } = findEntry(bytes, nameOf(localPolicy)) ?? {};
      if (entry === undefined) throw new Error('a policy that was judged has its record');
      const after = { ...entry, ...encodeString(judgement.order.corrected.text) };
      const change = describeChange('repair', entry, after, options.now);
      write(binding, change, bytes, repaired.bytes);
      return { kind: 'changed', judgement };
    }
    if (interrupted?.state !== 'in-progress') return { kind: 'nothing-to-do', judgement };
    write(binding, interrupted, bytes, bytes);
    return { kind: 'finished', judgement };
  });
}

/** `refused`: the policy is no longer what the repair wrote. */
export interface LocalUndo {
  readonly kind: 'nothing-to-do' | 'changed' | 'finished' | 'refused';
}

/**
 * Puts back what the last repair replaced, and nothing else.
 *
 * @param options `force` also where our value was changed by somebody else since
 * @throws BackupNotFoundError where no repair was ever made; otherwise as `repairLocalPolicy`
 */
export function undoLocalPolicy(
  binding: SchannelBinding,
  { force = false, now }: { readonly force?: boolean; readonly now?: () => Date } = {},
): LocalUndo {
  return whileAlone(binding, () => {
    const { localPolicy } = binding;
    const last = readLocalPolicyChange(binding);
    if (last === null) throw new BackupNotFoundError(undefined, []);
    if (last.operation === 'undo' && last.state === 'complete') return { kind: 'nothing-to-do' };
    const bytes = localPolicy.read('Registry.pol');
    const entry = bytes === undefined ? undefined : findEntry(bytes, nameOf(localPolicy))?.entry;
    if (bytes === undefined || entry === undefined) return { kind: 'refused' };
    const before = decodeSetting(last.before);
    const isBack = isSameValue(entry, before);
    if (!isBack && !force && !isSameValue(entry, decodeSetting(last.after))) return { kind: 'refused' };
    if (isBack && last.state === 'complete') return { kind: 'nothing-to-do' };
    const change = describeChange('undo', before, decodeSetting(last.after), now);
    write(binding, change, bytes, isBack ? bytes : replaceRegistryPolEntry(bytes, entry, before));
    return { kind: isBack ? 'finished' : 'changed' };
  });
}

/** The one change at a time; access denied to a file means here that this process may not change anything. */
function whileAlone<T>(binding: SchannelBinding, act: () => T): T {
  const lock = binding.acquireMachineLock(5_000);
  try {
    return act();
  } catch (error) {
    const isDenied = error instanceof FileAccessError && /^(EACCES|EPERM)$/.test(error.reason);
    throw isDenied && !binding.isElevated() ? new NotElevatedError() : error;
  } finally {
    lock.release();
  }
}

/** Where a run died midway, the next one comes here again: every step can be taken twice. */
function write(binding: SchannelBinding, change: LocalPolicyChange, before: Uint8Array, after: Uint8Array): void {
  const store = (state: LocalPolicyChange['state']) =>
    binding.stateStore.write(recordName, JSON.stringify({ ...change, state }));
  const previous = binding.stateStore.read(recordName);
  requireRight(() => store('in-progress'));
  const { localPolicy } = binding;
  try {
    localPolicy.replace('Registry.pol', after);
    announce(localPolicy);
  } catch (error) {
    localPolicy.replace('Registry.pol', before);
    if (previous === undefined) binding.stateStore.delete(recordName);
    else binding.stateStore.write(recordName, previous);
    throw error;
  }
  store('complete');
}

/** Group Policy takes a file in only where the version beside it rose. */
function announce(localPolicy: LocalPolicyFiles): void {
  const before = localPolicy.read('gpt.ini');
  const text = announceComputerChange(before === undefined ? undefined : decodeIni(before));
  localPolicy.replace('gpt.ini', encodeIni(text, before));
}

/** How errors name the Registry.pol of the local GPO. */
function nameOf({ folder }: LocalPolicyFiles): string {
  return `${folder}\\Machine\\Registry.pol`;
}

function findEntry(bytes: Uint8Array, file: string): { readonly entry: RegistryPolEntry } | undefined {
  const { key, valueName } = registryPlaces.groupPolicy;
  const found = findRegistryPolValue(readRegistryPol(bytes, file), key, valueName);
  return found?.isSet === true ? found : undefined;
}

function describeChange(
  operation: LocalPolicyChange['operation'],
  before: RegistryPolSetting,
  after: RegistryPolSetting,
  now: () => Date = () => new Date(),
): LocalPolicyChange {
  const encode = ({ key, valueName, type, data }: RegistryPolSetting) => ({
    key,
    valueName,
    type,
    data: Buffer.from(data).toString('base64'),
  });
  return {
    schemaVersion: 1,
    kind: 'local-policy-change',
    operation,
    state: 'in-progress',
    startedAt: now().toISOString(),
    before: encode(before),
    after: encode(after),
  };
}

function decodeSetting(setting: z.infer<typeof settingSchema>): RegistryPolSetting {
  return { ...setting, data: new Uint8Array(Buffer.from(setting.data, 'base64')) };
}
