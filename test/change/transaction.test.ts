/** What a change leaves on the machine, in the journal and among the backups, also where something fails midway. */
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { readBackup } from '../../lib/change/backup-store';
import { type PlanOptions, planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { makeChange, requireRight, withMachineLock } from '../../lib/change/transaction';
import { isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { listBackups } from '../../lib/configuration/stored-backups';
import { Win32Error } from '../../lib/errors';
import { encodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine, type SimulatedProcess } from '../../lib/simulation/simulated-machine';
import { registryPlaces } from '../../lib/windows/registry-places';
import { die } from '../support/die';

const list = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
];
const clean = withoutDheSuites(list);
const removed = [0, 2, 4].map((position) => ({ name: list[position], position }));
const boot = (local: readonly string[] = list) => new SimulatedMachine({ windows: 'win10-1607-ws2016', local });
const [first, second] = [new Date('2026-01-02T03:04:05.678Z'), new Date('2026-01-03T00:00:00.000Z')];
const journalOf = (machine: SimulatedMachine) => readConfiguration(machine.connect()).change;
const backupsOf = (machine: SimulatedMachine) => listBackups(machine.connect().stateStore);
const disable = (process: SimulatedProcess, options: PlanOptions = {}, now = first) =>
  applyPlan(process, planDisable(readConfiguration(process), options), { now: () => now });
const fail = 0xc000000d;

/** A process in which something else happens behind the n-th removal. */
function disturbed(process: SimulatedProcess, removal: number, disturb: () => void): SimulatedProcess {
  let calls = 0;
  return new Proxy(process, {
    get: (target, member) => {
      const value = Reflect.get(target, member, target);
      if (member !== 'removeContextFunction') return typeof value === 'function' ? value.bind(target) : value;
      return (name: string) => {
        const answer = target.removeContextFunction(name);
        calls += 1;
        if (calls === removal) disturb();
        return answer;
      };
    },
  });
}

describe('a change that succeeds', () => {
  it('leaves its whole record and its backup, and restore leaves its own', () => {
    const machine = boot();
    const outcome = disable(machine.connect());
    expect(outcome).toMatchObject({ kind: 'changed', backupId: '20260102T030405Z' });
    const record = {
      schemaVersion: 1,
      kind: 'change',
      operation: 'disable',
      backupId: '20260102T030405Z',
      before: list,
      after: clean,
      removed,
      trial: null,
      evidence: null,
      state: 'complete',
      startedAt: first.toISOString(),
      finishedAt: first.toISOString(),
    };
    expect(journalOf(machine)).toEqual(record);
    expect(readBackup(machine.connect().stateStore)).toEqual({
      schemaVersion: 1,
      kind: 'backup',
      id: '20260102T030405Z',
      createdAt: first.toISOString(),
      sequence: 1,
      governingLayer: 'local',
      list,
      removed,
    });
    expect(restoreBackup(machine.connect(), { now: () => second })).toMatchObject({
      kind: 'changed',
      governingLayer: 'local',
      before: clean,
      added: removed,
    });
    expect(journalOf(machine)).toEqual({
      ...record,
      operation: 'restore',
      before: clean,
      after: list,
      startedAt: second.toISOString(),
      finishedAt: second.toISOString(),
    });
    expect(machine.enumerate()).toEqual(list);
    expect(restoreBackup(machine.connect()).kind).toBe('nothing-to-do');
  });

  it('writes nothing on a second run, and the lock is free', () => {
    const machine = boot();
    disable(machine.connect());
    const before = JSON.stringify(machine);
    expect(disable(machine.connect(), {}, second).kind).toBe('nothing-to-do');
    expect(JSON.stringify(machine)).toBe(before);
    machine.connect().acquireMachineLock(0).release();
  });

  it('reads the clock when it has none given', () => {
    const machine = boot();
    const began = Date.now();
    applyPlan(machine.connect(), planDisable(readConfiguration(machine.connect())));
    const { startedAt = '', finishedAt } = journalOf(machine) ?? {};
    expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(began);
    expect(Date.parse(finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt));
  });
});

describe.each([1, 2, 3])('a removal that fails, the one with the number %s', (call) => {
  it.each(['fails', 'fails-late', 'pretends'] as const)('%s: is undone, and no backup of it is left', (effect) => {
    const machine = boot();
    const process = machine.connect();
    process.injectFault({ operation: 'removeContextFunction', call, effect, status: fail });
    const outcome = disable(process);
    expect(outcome).toMatchObject({
      kind: 'failed-undone',
      cause: { code: effect === 'pretends' ? 'UNEXPECTED_LIST' : 'NTSTATUS' },
      backupId: '20260102T030405Z',
    });
    expect(machine.enumerate()).toEqual(list);
    expect(journalOf(machine)).toMatchObject({ state: 'undone', finishedAt: first.toISOString() });
    expect(backupsOf(machine)).toEqual([]);
  });
});

describe('a restore that fails midway', () => {
  it.each(['fails', 'fails-late', 'pretends'] as const)('%s: is undone, and can be run again', (effect) => {
    const machine = boot();
    disable(machine.connect());
    const process = machine.connect();
    process.injectFault({ operation: 'addContextFunction', call: 2, effect, status: fail });
    expect(restoreBackup(process)).toMatchObject({
      kind: 'failed-undone',
      cause: { code: effect === 'pretends' ? 'UNEXPECTED_LIST' : 'NTSTATUS' },
    });
    expect(machine.enumerate()).toEqual(clean);
    expect(journalOf(machine)).toMatchObject({ operation: 'restore', state: 'undone' });
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });

  it('and cannot be undone: the journal stays open, and the next restore reaches the end', () => {
    const machine = boot();
    disable(machine.connect());
    const process = machine.connect();
    process.injectFault({ operation: 'addContextFunction', call: 2, effect: 'fails', status: fail });
    process.injectFault({ operation: 'removeContextFunction', call: 1, effect: 'fails', status: fail });
    expect(restoreBackup(process).kind).toBe('failed-undo-incomplete');
    expect(journalOf(machine)).toMatchObject({ operation: 'restore', state: 'in-progress', finishedAt: null });
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });
});

describe('an undo that fails too', () => {
  const half = () => {
    const machine = boot();
    const process = machine.connect();
    process.injectFault({ operation: 'removeContextFunction', call: 3, effect: 'fails', status: fail });
    process.injectFault({ operation: 'addContextFunction', call: 2, effect: 'fails', status: 0xc0000017 });
    return { machine, outcome: disable(process) };
  };

  it('tells both causes, and keeps the backup and the open journal', () => {
    const { machine, outcome } = half();
    expect(outcome).toMatchObject({
      kind: 'failed-undo-incomplete',
      cause: { status: fail },
      undoCause: { status: 0xc0000017 },
    });
    expect(journalOf(machine)).toMatchObject({ state: 'in-progress', finishedAt: null });
    expect(backupsOf(machine)).toHaveLength(1);
    expect(machine.enumerate()).not.toEqual(list);
  });

  it('is brought to the new list by disable, with the first backup, and to the old one by restore', () => {
    const { machine } = half();
    const copy = SimulatedMachine.fromJSON(machine.toJSON());
    expect(disable(machine.connect(), {}, second)).toMatchObject({ kind: 'changed', backupId: '20260102T030405Z' });
    expect([machine.enumerate(), backupsOf(machine).length]).toEqual([clean, 1]);
    for (const one of [copy, machine]) {
      expect(restoreBackup(one.connect()).kind).toBe('changed');
      expect(one.enumerate()).toEqual(list);
    }
  });
});

describe('the proof after the writing', () => {
  it('sees a list that Windows answers otherwise', () => {
    const machine = boot();
    const process = machine.connect();
    const outcome = disable(
      disturbed(process, 3, () => {
        machine.connect().addContextFunction('TLS_RSA_WITH_NULL_SHA', 0);
      }),
    );
    expect(outcome).toMatchObject({
      kind: 'failed-undo-incomplete',
      cause: { code: 'UNEXPECTED_LIST', place: 'enumeration', expected: clean },
    });
  });

  it('sees a registry that holds another list', () => {
    const machine = boot();
    const outcome = disable(disturbed(machine.connect(), 3, () => machine.setLocal(['TLS_RSA_WITH_NULL_SHA'])));
    expect(outcome).toMatchObject({
      cause: { code: 'UNEXPECTED_LIST', place: 'registry', expected: clean, found: ['TLS_RSA_WITH_NULL_SHA'] },
    });
  });

  it('asks nothing of a registry that holds no list', () => {
    const machine = boot();
    const { key, valueName } = registryPlaces.local;
    const outcome = disable(disturbed(machine.connect(), 3, () => machine.setValue(key, valueName, encodeString('x'))));
    expect(outcome.kind).toBe('changed');
  });

  it('follows an undo, too: what somebody else changed is told', () => {
    const machine = boot();
    const process = machine.connect();
    process.injectFault({ operation: 'removeContextFunction', call: 3, effect: 'fails', status: fail });
    const outcome = disable(
      disturbed(process, 2, () => {
        machine.connect().removeContextFunction('TLS_RSA_WITH_AES_128_CBC_SHA');
      }),
    );
    expect(outcome).toMatchObject({ kind: 'failed-undo-incomplete', undoCause: { code: 'UNEXPECTED_LIST' } });
  });
});

describe('a process that died', () => {
  it('just before the end of disable: the next run closes the record and changes nothing', () => {
    const machine = boot();
    die(machine, 5, disable);
    expect([machine.enumerate(), journalOf(machine)?.state]).toEqual([clean, 'in-progress']);
    expect(disable(machine.connect(), {}, second).kind).toBe('nothing-to-do');
    expect(journalOf(machine)).toMatchObject({
      operation: 'disable',
      state: 'complete',
      finishedAt: second.toISOString(),
    });
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });

  it('in the middle of restore: disable goes on from there, and restore after it brings back all', () => {
    const machine = boot();
    disable(machine.connect());
    die(machine, 2, (process) => restoreBackup(process));
    expect(machine.enumerate().filter(isDheSuite)).toHaveLength(1);
    expect(disable(machine.connect(), {}, second)).toMatchObject({ kind: 'changed', backupId: '20260102T030405Z' });
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });

  it('before the first write of restore: disable has nothing to do, and the record says that it was undone', () => {
    const machine = boot();
    disable(machine.connect());
    die(machine, 1, (process) => restoreBackup(process));
    expect(machine.enumerate()).toEqual(clean);
    expect(disable(machine.connect(), {}, second).kind).toBe('nothing-to-do');
    expect(journalOf(machine)).toMatchObject({
      operation: 'restore',
      state: 'undone',
      finishedAt: second.toISOString(),
    });
  });

  it('and a list that became another since: a new backup holds that one', () => {
    const machine = boot();
    die(machine, 3, disable);
    machine.connect().addContextFunction('TLS_RSA_WITH_NULL_SHA', 0);
    const now = machine.enumerate();
    expect(disable(machine.connect(), {}, second)).toMatchObject({ kind: 'changed', backupId: '20260103T000000Z' });
    expect(backupsOf(machine)).toHaveLength(2);
    restoreBackup(machine.connect());
    expect(machine.enumerate()).toEqual(now);
  });

  it('and its backup is gone: disable makes a new one', () => {
    const machine = boot();
    die(machine, 3, disable);
    machine.connect().stateStore.delete('backup-20260102T030405Z');
    expect(disable(machine.connect(), {}, second)).toMatchObject({ kind: 'changed', backupId: '20260103T000000Z' });
    expect(machine.enumerate()).toEqual(clean);
  });

  it('before disable wrote anything: restore closes the record, and says that nothing was to do', () => {
    const machine = boot();
    die(machine, 2, disable);
    expect(restoreBackup(machine.connect(), { dryRun: true }).kind).toBe('would-change');
    expect(restoreBackup(machine.connect()).kind).toBe('nothing-to-do');
    expect(journalOf(machine)).toMatchObject({ operation: 'restore', state: 'complete' });
    expect(machine.enumerate()).toEqual(list);
  });
});

describe('below a policy', () => {
  const governed = (policy = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256') => {
    const machine = boot();
    machine.setGroupPolicy(encodeString(policy));
    machine.restart();
    return machine;
  };
  const localOf = (machine: SimulatedMachine) => {
    const { key, valueName } = registryPlaces.local;
    return machine.valueOf(key, valueName);
  };

  it('disable leaves the local list alone, and cleans it where that is asked for; restore puts it back', () => {
    const machine = governed();
    const answer = machine.enumerate();
    expect(disable(machine.connect()).kind).toBe('nothing-to-do');
    expect(localOf(machine)).toEqual(encodeMultiString(list));
    const outcome = disable(machine.connect(), { localList: true });
    expect(outcome).toMatchObject({ kind: 'changed', plan: { governingLayer: 'groupPolicy', after: clean } });
    expect([localOf(machine), machine.enumerate()]).toEqual([encodeMultiString(clean), answer]);
    expect(restoreBackup(machine.connect())).toMatchObject({ kind: 'changed', governingLayer: 'groupPolicy' });
    expect([localOf(machine), machine.enumerate()]).toEqual([encodeMultiString(list), answer]);
  });

  it.each(['disable', 'restore'] as const)('%s that fails midway is undone by what the registry holds', (command) => {
    const machine = governed();
    if (command === 'restore') disable(machine.connect(), { localList: true });
    const before = localOf(machine);
    const process = machine.connect();
    const operation = command === 'disable' ? 'removeContextFunction' : 'addContextFunction';
    process.injectFault({ operation, call: 2, effect: 'fails', status: fail });
    const outcome = command === 'disable' ? disable(process, { localList: true }) : restoreBackup(process);
    expect(outcome.kind).toBe('failed-undone');
    expect(localOf(machine)).toEqual(before);
  });
});

describe('the lock and the right', () => {
  it('waits five seconds unless it is told otherwise, and is given back after an error', () => {
    const machine = boot();
    const held = machine.connect().acquireMachineLock(0);
    const plan = planDisable(readConfiguration(machine.connect()));
    const busy = (waitedMilliseconds: number) =>
      expect.objectContaining({ code: 'MACHINE_LOCK_BUSY', waitedMilliseconds });
    expect(() => applyPlan(machine.connect(), plan)).toThrow(busy(5_000));
    expect(() => applyPlan(machine.connect(), plan, { lockTimeoutMilliseconds: 0 })).toThrow(busy(0));
    expect(() => restoreBackup(machine.connect())).toThrow(busy(5_000));
    held.release();
    expect(() =>
      withMachineLock(machine.connect(), {}, () => {
        throw new RangeError('here');
      }),
    ).toThrow(RangeError);
    machine.connect().acquireMachineLock(0).release();
  });

  it('is missing where the first write is denied, and nothing else is called that', () => {
    const machine = boot();
    const before = JSON.stringify(machine);
    expect(() => disable(machine.connect({ elevated: false }))).toThrow(
      expect.objectContaining({ code: 'NOT_ELEVATED' }),
    );
    expect(JSON.stringify(machine)).toBe(before);
    const full = machine.connect();
    full.injectFault({ operation: 'stateStore.write', call: 1, effect: 'fails', status: 112 });
    expect(() => disable(full)).toThrow(expect.objectContaining({ code: 'WIN32', win32Code: 112 }));
    expect([machine.enumerate(), backupsOf(machine)]).toEqual([list, []]);
    expect(() =>
      requireRight(() => {
        throw new Win32Error('RegSetValueExW', 5);
      }),
    ).toThrow(expect.objectContaining({ code: 'NOT_ELEVATED' }));
    expect(requireRight(() => 7)).toBe(7);
  });

  it('what is thrown and is no error becomes one', () => {
    const machine = boot();
    const record = {
      operation: 'disable',
      backupId: null,
      before: list,
      after: clean,
      removed: [],
      trial: null,
    } as const;
    const change = {
      record,
      write: () => {
        throw 'a text';
      },
      prove: () => {},
      undo: () => {},
    };
    const outcome = makeChange(machine.connect(), change, () => first);
    expect(outcome.kind === 'failed-undone' && outcome.cause).toEqual(new Error('a text'));
  });
});

describe('restore', () => {
  it('of a dry run writes nothing, needs no right and no lock', () => {
    const machine = boot();
    disable(machine.connect());
    const before = JSON.stringify(machine);
    const held = machine.connect().acquireMachineLock(0);
    const outcome = restoreBackup(machine.connect({ elevated: false }), { dryRun: true });
    held.release();
    expect(outcome).toMatchObject({ kind: 'would-change', before: clean, added: removed });
    expect(JSON.stringify(machine)).toBe(before);
  });

  it('takes the backup that is named, and says which there are where it is not there', () => {
    const machine = boot();
    expect(() => restoreBackup(machine.connect())).toThrow(
      expect.objectContaining({ code: 'BACKUP_NOT_FOUND', id: undefined, knownIds: [] }),
    );
    disable(machine.connect());
    restoreBackup(machine.connect());
    machine.connect().removeContextFunction('TLS_DHE_DSS_WITH_AES_128_CBC_SHA');
    disable(machine.connect(), {}, second);
    expect(backupsOf(machine).map(({ id }) => id)).toEqual(['20260102T030405Z', '20260103T000000Z']);
    expect(() => restoreBackup(machine.connect(), { backupId: '20200101T000000Z' })).toThrow(
      expect.objectContaining({ code: 'BACKUP_NOT_FOUND', knownIds: ['20260102T030405Z', '20260103T000000Z'] }),
    );
    expect(restoreBackup(machine.connect(), { backupId: '20260102T030405Z' }).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });

  it('refuses a drifted list and writes nothing; forced, each suite comes back behind the neighbour that it had', () => {
    const machine = boot();
    disable(machine.connect());
    const process = machine.connect();
    process.removeContextFunction('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
    process.addContextFunction('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 1);
    const before = JSON.stringify(machine);
    expect(restoreBackup(machine.connect())).toMatchObject({
      kind: 'refused',
      drift: { missing: [], unexpected: [], isReordered: true },
    });
    expect(JSON.stringify(machine)).toBe(before);
    expect(restoreBackup(machine.connect(), { force: true }).kind).toBe('changed');
    expect(machine.enumerate()).toEqual([
      'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
    ]);
  });

  it('brings a name back once that stood there twice', () => {
    const machine = boot([...list, list[0] as string]);
    expect(disable(machine.connect()).kind).toBe('changed');
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });
});
