/** Backups in the state store: their order, what becomes of damaged ones, and of a change whose backup is gone. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { applyPlan } from '../../lib/change/apply';
import { mostBackups, pruneBackups, readBackup, writeBackup } from '../../lib/change/backup-store';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { listBackups } from '../../lib/configuration/stored-backups';
import { encodeDword } from '../../lib/registry-files/registry-value';
import { SimulatedMachine, type SimulatedProcess } from '../../lib/simulation/simulated-machine';
import { stateKey } from '../../lib/windows/registry-places';
import { die } from '../support/die';

const list = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const boot = () => new SimulatedMachine({ windows: 'win10-1607-ws2016', local: list });
const idsOf = (machine: SimulatedMachine) => listBackups(machine.connect().stateStore).map(({ id }) => id);

/** As a version wrote it that had no `sequence` yet. */
const old = (id: string, createdAt: string) =>
  JSON.stringify({ schemaVersion: 1, kind: 'backup', id, createdAt, governingLayer: 'local', list, removed: [] });

describe('the order', () => {
  it('is that of the making, of old ones by time and number; unreadable ones come first', () => {
    const machine = boot();
    const { stateStore } = machine.connect();
    const [early, late] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
    stateStore.write('backup-20260102T000000Z-10', old('20260102T000000Z-10', late));
    stateStore.write('backup-20260102T000000Z-9', old('20260102T000000Z-9', late));
    stateStore.write('backup-20260102T000000Z', old('20260102T000000Z', late));
    stateStore.write('backup-20260103T000000Z', old('20260103T000000Z', early));
    writeBackup(stateStore, new Date('2020-01-01T00:00:00Z'), { governingLayer: 'local', list, removed: [] });
    stateStore.write('backup-20990101T000000Z', 'no JSON');
    stateStore.write('backup-20250101T000000Z', '{}');
    const readable = [
      '20260103T000000Z',
      '20260102T000000Z',
      '20260102T000000Z-9',
      '20260102T000000Z-10',
      '20200101T000000Z',
    ];
    expect(idsOf(machine).slice(0, 2).sort()).toEqual(['20250101T000000Z', '20990101T000000Z']);
    expect(idsOf(machine).slice(2)).toEqual(readable);
    expect(readBackup(stateStore).id).toBe('20200101T000000Z');
  });

  it('passes over what is named otherwise', () => {
    const machine = boot();
    const { stateStore } = machine.connect();
    stateStore.write('old-backup-20260101T000000Z', old('20260101T000000Z', '2026-01-01T00:00:00.000Z'));
    stateStore.write('backup-20260101T000000Z.old', old('20260101T000000Z', '2026-01-01T00:00:00.000Z'));
    expect(idsOf(machine)).toEqual([]);
    expect(() => readBackup(stateStore)).toThrow(expect.objectContaining({ code: 'BACKUP_NOT_FOUND', knownIds: [] }));
  });

  it('of those that go begins with the oldest; the one that is named stays, and so does what cannot be read', () => {
    const machine = boot();
    const { stateStore } = machine.connect();
    stateStore.write('backup-20990101T000000Z', 'no JSON');
    const ids = Array.from({ length: mostBackups + 3 }, (_, index) => {
      const now = new Date(Date.UTC(2026, 0, 1 + index));
      return writeBackup(stateStore, now, { governingLayer: 'local', list, removed: [] }).id;
    });
    pruneBackups(stateStore, ids[1] as string);
    expect(idsOf(machine)).toEqual(['20990101T000000Z', ids[1], ...ids.slice(3)]);
  });
});

describe('a damaged backup', () => {
  it.each(['no JSON', '{"schemaVersion":1}', ''])(
    '%j is a finding that names it, and not called a missing one',
    (text) => {
      const machine = boot();
      machine.connect().stateStore.write('backup-20260101T000000Z', text);
      const finding = assess(readConfiguration(machine.connect())).findings.find(
        ({ id }) => id === 'stored-state-unreadable',
      );
      expect(finding?.data).toMatchObject({ key: stateKey, entries: [{ entry: 'backup-20260101T000000Z' }] });
      const damaged = expect.objectContaining({ code: 'STORED_STATE_DAMAGED', entry: 'backup-20260101T000000Z' });
      expect(() => restoreBackup(machine.connect())).toThrow(damaged);
      expect(() => restoreBackup(machine.connect(), { backupId: '20260101T000000Z' })).toThrow(damaged);
    },
  );

  it('passes an error of the store on', () => {
    const process = boot().connect();
    process.stateStore.write('backup-20260101T000000Z', 'x');
    process.injectFault({ operation: 'stateStore.read', call: 1, effect: 'fails', status: 5 });
    expect(() => listBackups(process.stateStore)).toThrow(expect.objectContaining({ code: 'WIN32', win32Code: 5 }));
  });
});

describe.each(['gone', 'damaged', 'of another type'])('an interrupted change whose backup is %s', (how) => {
  const interrupt = (act: (process: SimulatedProcess) => unknown, machine: SimulatedMachine, write = 3) => {
    die(machine, write, act);
    const { backupId } = readConfiguration(machine.connect()).change ?? {};
    const entry = `backup-${backupId}`;
    if (how === 'gone') machine.connect().stateStore.delete(entry);
    else if (how === 'damaged') machine.connect().stateStore.write(entry, '{');
    else machine.setValue(stateKey, entry, encodeDword(1));
    return backupId as string;
  };
  const disable = (process: SimulatedProcess) => applyPlan(process, planDisable(readConfiguration(process)));

  it('is restored from its record, also by the name that status gives', () => {
    for (const isNamed of [false, true]) {
      const machine = boot();
      const backupId = interrupt(disable, machine);
      expect(machine.enumerate()).toEqual(list.slice(1));
      expect(restoreBackup(machine.connect(), isNamed ? { backupId } : {}).kind).toBe('changed');
      expect(machine.enumerate()).toEqual(list);
      expect(readConfiguration(machine.connect()).change?.state).toBe('complete');
    }
  });

  it('is brought to its end where that was a restore', () => {
    const machine = boot();
    disable(machine.connect());
    interrupt((process) => restoreBackup(process), machine, 2);
    expect(['changed', 'nothing-to-do']).toContain(restoreBackup(machine.connect()).kind);
    expect(machine.enumerate()).toEqual(list);
  });

  it('does not stand for another backup', () => {
    const machine = boot();
    interrupt(disable, machine);
    expect(() => restoreBackup(machine.connect(), { backupId: '20200101T000000Z' })).toThrow(
      expect.objectContaining({ code: 'BACKUP_NOT_FOUND' }),
    );
  });
});
