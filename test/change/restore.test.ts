/** What a restore does and says where a self-check was interrupted, a list drifted, or nothing can be read. */
import { describe, expect, it } from 'vitest';
import { restoreBackup } from '../../lib/change/restore';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { selfCheck } from '../../lib/selfcheck/self-check';
import type { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { die } from '../support/die';
import { boot, clean, disable, list } from './machine';

const textOf = (machine: SimulatedMachine) => JSON.stringify(machine);

const afterDisable = () => {
  const machine = boot();
  disable(machine.connect());
  return machine;
};

describe('after a self-check that died', () => {
  const afterTrial = () => {
    const machine = afterDisable();
    die(machine, 3, (process) => selfCheck(process, { deep: true }));
    expect(readConfiguration(machine.connect()).change).toMatchObject({
      state: 'in-progress',
      operation: 'selfcheck',
      before: clean,
      after: clean,
    });
    return machine;
  };

  it('or could not clean up: the record stays open for the next', () => {
    const machine = afterDisable();
    const process = machine.connect();
    for (const call of [1, 2]) {
      process.injectFault({ operation: 'registryEditor.deleteValue', call, effect: 'fails', status: 5 });
    }
    selfCheck(process, { deep: true });
    expect(readConfiguration(machine.connect()).change).toMatchObject({ state: 'in-progress', operation: 'selfcheck' });
    expect(restoreBackup(machine.connect())).toEqual({ kind: 'trial-ended' });
    expect(machine.enumerate()).toEqual(clean);
  });

  it('the first restore cleans up and says so, and brings no backup back', () => {
    const machine = afterTrial();
    const before = textOf(machine);
    expect(restoreBackup(machine.connect(), { dryRun: true })).toEqual({ kind: 'trial-would-end' });
    expect(textOf(machine)).toBe(before);
    expect(restoreBackup(machine.connect())).toEqual({ kind: 'trial-ended' });
    expect(machine.enumerate()).toEqual(clean);
  });

  it('one of a backup that is named cleans up and brings that back', () => {
    const machine = afterTrial();
    const [id] = machine
      .connect()
      .stateStore.list()
      .filter((name) => name.startsWith('backup-'));
    const backupId = (id as string).slice('backup-'.length);
    expect(restoreBackup(machine.connect(), { backupId }).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(list);
  });
});

describe('a list that drifted', () => {
  const [ecdhe, rsa] = clean as [string, string];
  const other = 'TLS_RSA_WITH_AES_256_CBC_SHA';
  it.each([
    ['one went', [ecdhe], { missing: [rsa], unexpected: [], isReordered: false }],
    ['one came', [ecdhe, other, rsa], { missing: [], unexpected: [other], isReordered: false }],
    ['one came for another', [ecdhe, other], { missing: [rsa], unexpected: [other], isReordered: false }],
    ['two changed places', [rsa, ecdhe], { missing: [], unexpected: [], isReordered: true }],
  ])('is refused and told: %s', (_, local, drift) => {
    const machine = afterDisable();
    machine.setLocal(local);
    machine.restart();
    const outcome = restoreBackup(machine.connect());
    expect(outcome).toMatchObject({ kind: 'refused', before: local });
    expect(outcome).toHaveProperty('drift', drift);
    expect(machine.enumerate()).toEqual(local);
  });
});

it('a restore with nothing to bring back writes nothing', () => {
  const machine = afterDisable();
  restoreBackup(machine.connect());
  const before = textOf(machine);
  expect(restoreBackup(machine.connect()).kind).toBe('nothing-to-do');
  expect(textOf(machine)).toBe(before);
});

describe('a backup that cannot be had', () => {
  it('is an error that names it where no change was interrupted', () => {
    const machine = afterDisable();
    const act = () => restoreBackup(machine.connect(), { backupId: '20000101T000000Z' });
    expect(act).toThrow(expect.objectContaining({ code: 'BACKUP_NOT_FOUND' }));
  });

  const interrupted = () => {
    const machine = boot();
    die(machine, 3, disable);
    return machine;
  };

  it('is made of the record of an interrupted change', () => {
    const machine = interrupted();
    const { stateStore } = machine.connect();
    for (const name of stateStore.list()) if (name.startsWith('backup-')) stateStore.delete(name);
    expect(restoreBackup(machine.connect())).toMatchObject({
      kind: 'changed',
      backup: { kind: 'backup', governingLayer: 'local', list },
    });
    expect(machine.enumerate()).toEqual(list);
  });

  it('since the store cannot be read is that error, and the record does not stand in for it', () => {
    const machine = interrupted();
    const before = machine.enumerate();
    // The store is listed for the configuration too; the last time is for the backup.
    for (let call = 1; call <= 2; call += 1) {
      const process = machine.connect();
      process.injectFault({ operation: 'stateStore.list', call, effect: 'fails', status: 5 });
      expect(() => restoreBackup(process)).toThrow(expect.objectContaining({ code: 'WIN32' }));
      expect(machine.enumerate()).toEqual(before);
    }
  });
});
