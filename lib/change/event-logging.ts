/**
 * Schannel's EventLogging, set for a while and put back. The record of the old value is durable before the new one is written
 * and goes after the old one is back, so that whatever dies in between leaves what the next run can finish.
 */
import type { SchannelBinding } from '../binding/schannel-binding';
import type { EventLoggingRecord } from '../configuration/configuration';
import {
  eventLoggingEntry,
  readEventLoggingRecord,
  writeEventLoggingRecord,
} from '../configuration/event-logging-record';
import { StoredStateDamagedError, UnexpectedValueError } from '../errors';
import {
  decodeDword,
  encodeDword,
  isSameValue,
  RegistryType,
  registryTypeName,
} from '../registry-files/registry-value';
import { eventLoggingPlace, systemLogPlace } from '../windows/registry-places';
import { setAside } from './set-aside';
import {
  carryOut,
  requireRight,
  type TransactionOptions,
  type TransactionResult,
  withMachineLock,
} from './transaction';

const { key, valueName } = eventLoggingPlace;

/** 1 errors (what Windows does where nothing is set), 2 warnings, 4 informational and successes, which 36880 is one of. */
const [errors, successes] = [1, 4];

export interface EventLogging {
  /** As the registry has it; null where it has none, or one of another type. */
  readonly level: number | null;
  /** The type that it should not have. */
  readonly wrongType: string | null;
  /** Whether it has Schannel log what was negotiated. */
  readonly logsHandshakes: boolean;
  /** Whether Windows was not started since; `unknown` where another value of the key may have been written since. */
  readonly awaitsRestart: 'yes' | 'no' | 'unknown';
  readonly record: EventLoggingRecord | null;
  /** Whether the time for which it was set is over. */
  readonly isOver: boolean;
  /** What the System log holds at most; null where that is not set. */
  readonly systemLogBytes: number | null;
}

/** @throws Win32Error */
export function readEventLogging(binding: SchannelBinding, now: Date = new Date()): EventLogging {
  const value = binding.readRegistryValue(key, valueName);
  const level = value?.type === RegistryType.dword ? (decodeDword(value) ?? null) : null;
  const { record } = readEventLoggingRecord(binding.stateStore);
  const size = binding.readRegistryValue(systemLogPlace.key, systemLogPlace.valueName);
  const [bootTime, written] = [binding.bootTime(), binding.registryKeyWriteTime(key)];
  const isOwnNew = record !== null && new Date(record.startedAt) > bootTime;
  return {
    level,
    wrongType: value === undefined || level !== null ? null : registryTypeName(value.type),
    logsHandshakes: ((level ?? 0) & successes) !== 0,
    awaitsRestart: isOwnNew ? 'yes' : written !== undefined && written > bootTime ? 'unknown' : 'no',
    record,
    isOver: record?.until != null && new Date(record.until) <= now,
    systemLogBytes: size === undefined ? null : (decodeDword(size) ?? null),
  };
}

/** `kept`: the value is as it should be, and only the record was changed. `not-ours` and `forgotten`: somebody else set it. */
export type EventLoggingChange =
  | { readonly kind: 'changed' | 'kept' | 'nothing-to-do' | 'not-ours' | 'forgotten' | 'wrong-type' }
  | Exclude<TransactionResult, { kind: 'done' }>;

/**
 * Has Schannel log what is negotiated, beside what it logs already.
 *
 * @param until when whoever sets it wants it put back
 * @throws NotElevatedError, MachineLockBusyError, Win32Error; nothing is changed then
 */
export function setEventLogging(
  binding: SchannelBinding,
  until: Date | null,
  { now = () => new Date(), ...options }: TransactionOptions = {},
): EventLoggingChange {
  return withMachineLock(binding, options, () => {
    const { stateStore } = binding;
    const { level, wrongType } = readEventLogging(binding);
    const { record, problem } = readEventLoggingRecord(stateStore);
    if (wrongType !== null) return { kind: 'wrong-type' };
    const end = until?.toISOString() ?? null;
    if (record !== null && level === record.after) {
      if (record.until === end) return { kind: 'nothing-to-do' };
      requireRight(() => writeEventLoggingRecord(stateStore, { ...record, until: end }));
      return { kind: 'kept' };
    }
    const after = (level ?? 0) | errors | successes;
    if (level === after) return { kind: 'not-ours' };
    requireRight(() => {
      if (problem !== null) setAside(binding, [eventLoggingEntry]);
      const startedAt = now().toISOString();
      const begun = { schemaVersion: 1, kind: 'event-logging', startedAt, until: end, before: level, after } as const;
      writeEventLoggingRecord(stateStore, begun);
    });
    const close = (state: 'complete' | 'undone') => {
      if (state === 'undone') writeEventLoggingRecord(stateStore, null);
    };
    return asChange(carryOut(writing(binding, level, after), close));
  });
}

/**
 * Puts EventLogging back as it was before this tool set it. What somebody else set since stays, and is no longer ours.
 *
 * @throws StoredStateDamagedError where nobody can know what it was
 * @throws NotElevatedError, MachineLockBusyError, Win32Error; nothing is changed then
 */
export function restoreEventLogging(binding: SchannelBinding, options: TransactionOptions = {}): EventLoggingChange {
  return withMachineLock(binding, options, () => {
    const { stateStore } = binding;
    const { level, wrongType } = readEventLogging(binding);
    const { record, problem } = readEventLoggingRecord(stateStore);
    if (problem !== null) throw new StoredStateDamagedError(problem.entry, problem.problem, problem.path);
    if (record === null) return { kind: 'nothing-to-do' };
    const forget = () => writeEventLoggingRecord(stateStore, null);
    if (wrongType !== null || level !== record.after) {
      requireRight(forget);
      return { kind: wrongType === null && level === record.before ? 'kept' : 'forgotten' };
    }
    // The record is there until the old value is back.
    const close = (state: 'complete' | 'undone') => {
      if (state === 'complete') forget();
    };
    // Whether this process may write is seen before anything is.
    requireRight(() => writeEventLoggingRecord(stateStore, record));
    return asChange(carryOut(writing(binding, level, record.before), close));
  });
}

/** From one level to another, null where there is no value. */
function writing(binding: SchannelBinding, from: number | null, to: number | null) {
  const set = (level: number | null) => {
    if (level === null) binding.registryEditor.deleteValue(key, valueName);
    else binding.registryEditor.setValue(key, valueName, encodeDword(level));
  };
  const prove = (level: number | null) => {
    const found = binding.readRegistryValue(key, valueName);
    const wanted = level === null ? undefined : encodeDword(level);
    const isProved = found === undefined || wanted === undefined ? found === wanted : isSameValue(found, wanted);
    if (!isProved) throw new UnexpectedValueError(key, valueName);
  };
  return {
    write: () => set(to),
    prove: () => prove(to),
    undo: () => {
      set(from);
      prove(from);
    },
  };
}

function asChange(result: TransactionResult): EventLoggingChange {
  return result.kind === 'done' ? { kind: 'changed' } : result;
}
