/** What `applyPlan` does not do: where there is no work, and to what an interrupted change left. */
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { restoreBackup } from '../../lib/change/restore';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { listBackups } from '../../lib/configuration/stored-backups';
import { encodeMultiString } from '../../lib/registry-files/registry-value';
import type { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { registryPlaces } from '../../lib/windows/registry-places';
import { die } from '../support/die';
import { boot, clean, disable, list, planFor } from './machine';

const changeOf = (machine: SimulatedMachine) => readConfiguration(machine.connect()).change;
const backupsOf = (machine: SimulatedMachine) => listBackups(machine.connect().stateStore).map(({ id }) => id);

describe('a plan without work', () => {
  it('takes no lock and needs no rights', () => {
    const machine = boot({ local: clean });
    const lock = machine.connect().acquireMachineLock(0);
    const process = machine.connect({ elevated: false });
    expect(applyPlan(process, planFor(process), { lockTimeoutMilliseconds: 0 }).kind).toBe('nothing-to-do');
    lock.release();
  });

  it('that a stale one became leaves the record of the change that came first', () => {
    const machine = boot();
    const late = machine.connect();
    const stale = planFor(late);
    disable(machine.connect());
    const record = changeOf(machine);
    const outcome = applyPlan(late, stale, { replan: {}, now: () => new Date('2027-01-01T00:00:00.000Z') });
    expect(outcome.kind).toBe('nothing-to-do');
    expect(changeOf(machine)).toEqual(record);
  });
});

describe('after a death midway', () => {
  const half = () => {
    const machine = boot();
    die(machine, 3, disable);
    expect(changeOf(machine)).toMatchObject({ state: 'in-progress' });
    return machine;
  };

  it('a change that fails leaves the backup of the full list', () => {
    const machine = half();
    const backups = backupsOf(machine);
    expect(backups).toHaveLength(1);
    const process = machine.connect();
    process.injectFault({ operation: 'removeContextFunction', call: 1, effect: 'fails', status: 0xc000000d });
    expect(disable(process).kind).toBe('failed-undone');
    expect(backupsOf(machine)).toEqual(backups);
  });

  it('a change goes on with the backup of the interrupted one, not with an older one', () => {
    const machine = boot();
    disable(machine.connect());
    restoreBackup(machine.connect());
    die(machine, 3, disable);
    const [older, newer] = backupsOf(machine);
    expect(newer).toBeDefined();
    expect(older).not.toBe(newer);
    expect(disable(machine.connect())).toMatchObject({ kind: 'changed', backupId: newer });
  });

  it('the record stays open where a plan made anew is refused', () => {
    const machine = half();
    const late = machine.connect();
    const stale = planFor(late);
    machine.setLocal(list.filter((name) => name.startsWith('TLS_DHE_')));
    machine.restart();
    expect(applyPlan(late, stale, { replan: {} }).kind).toBe('refused');
    expect(changeOf(machine)).toMatchObject({ state: 'in-progress' });
  });
});

describe('a registry value that Windows has not read yet', () => {
  it('is no reason to call an undo incomplete where nothing was written', () => {
    const machine = boot();
    const { key, valueName } = registryPlaces.local;
    machine.setValue(key, valueName, encodeMultiString([...list, 'TLS_RSA_WITH_AES_256_CBC_SHA']));
    const process = machine.connect();
    process.injectFault({ operation: 'removeContextFunction', call: 1, effect: 'fails', status: 0xc000000d });
    expect(disable(process).kind).toBe('failed-undone');
  });
});
