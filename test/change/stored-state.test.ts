/** Our own entries in the state store may be damaged, newer, or somebody's experiment; clocks may be wrong. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { applyPlan } from '../../lib/change/apply';
import { mostBackups, readBackup, writeBackup } from '../../lib/change/backup-store';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { setAside } from '../../lib/change/set-aside';
import { isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { listBackups } from '../../lib/configuration/stored-backups';
import { encodeDword, encodeString } from '../../lib/registry-files/registry-value';
import { selfCheck } from '../../lib/selfcheck/self-check';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';

const stateKey = 'SOFTWARE\\SchannelDhe';
const boot = () => new SimulatedMachine({ windows: 'win10-1607-ws2016' });
const disable = (machine: SimulatedMachine, now?: Date) => {
  const process = machine.connect();
  return applyPlan(process, planDisable(readConfiguration(process)), now && { now: () => now });
};

it('what is set aside keeps its text, and bytes with their type', () => {
  const machine = boot();
  machine.setValue(stateKey, 'one', encodeString('{ "no": JSON'));
  machine.setValue(stateKey, 'two', encodeDword(0x01020304));
  const process = machine.connect();
  expect(setAside(process, ['one', 'two'])).toEqual(['set-aside-one', 'set-aside-two']);
  expect(process.stateStore.read('set-aside-one')).toBe('{ "no": JSON');
  expect(process.stateStore.read('set-aside-two')).toBe('{"type":4,"data":"BAMCAQ=="}');
});

describe.each([
  ['is no JSON', encodeString('{'), { problem: 'not-json', path: null }],
  [
    'is of a newer version',
    encodeString('{"schemaVersion":2,"kind":"change"}'),
    { problem: 'other-member', path: '$.schemaVersion' },
  ],
  ['is no text', encodeDword(1), { problem: 'not-text', path: null }],
])('a journal that %s', (_, value, problem) => {
  const damaged = () => {
    const machine = boot();
    disable(machine);
    machine.setValue(stateKey, 'journal', value);
    return machine;
  };

  it('is a finding that names the key and the entry, and the rest is judged as ever', () => {
    const machine = damaged();
    const { verdict, findings } = assess(readConfiguration(machine.connect()));
    expect(verdict).toBe('no-dhe-offered');
    expect(findings.find(({ id }) => id === 'stored-state-unreadable')?.data).toMatchObject({
      key: stateKey,
      entries: [{ entry: 'journal', ...problem }],
    });
  });

  it('stops neither restore nor disable nor the self-check, and is kept', () => {
    const machine = damaged();
    const after = machine.enumerate();
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.valueOf(stateKey, 'set-aside-journal')).toBeDefined();
    expect(disable(machine).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(after);
    const other = damaged();
    expect(selfCheck(other.connect(), { deep: true }).checks.at(-1)).toMatchObject({
      id: 'put-back',
      verdict: 'as-believed',
    });
    expect(other.enumerate()).toEqual(after);
  });

  it('is moved out of the way by one call, and nothing of it is lost', () => {
    const machine = damaged();
    const process = machine.connect();
    expect(setAside(process, ['journal', 'not-there'])).toEqual(['set-aside-journal']);
    expect(readConfiguration(process).stateProblems).toEqual([]);
    const kept = process.stateStore.read('set-aside-journal') ?? '';
    expect(kept.startsWith('{')).toBe(true);
    machine.setValue(stateKey, 'journal', value);
    expect(setAside(process, ['journal'])).toEqual(['set-aside-journal-2']);
    expect(process.stateStore.read('set-aside-journal')).toBe(kept);
    machine.setValue(stateKey, 'journal', value);
    expect(setAside(process, ['journal'])).toEqual(['set-aside-journal-3']);
  });
});

it.each([
  ['backup-20200101T000000Z', encodeDword(1)],
  ['backup-20200101T000000Z', encodeString('{}')],
  ['backup-', encodeString('{}')],
  ['something else/that\\is not ours', encodeString('x')],
  ['', encodeString('the default value')],
])('the foreign value %j below our key stops nothing', (name, value) => {
  const machine = boot();
  const before = machine.enumerate();
  machine.setValue(stateKey, name, value);
  expect(disable(machine).kind).toBe('changed');
  expect(listBackups(machine.connect().stateStore).filter(({ backup }) => backup !== null)).toHaveLength(1);
  expect(restoreBackup(machine.connect()).kind).toBe('changed');
  expect(machine.enumerate()).toEqual(before);
  expect(machine.valueOf(stateKey, name)).toEqual(value);
});

describe('the newest backup', () => {
  it('is the one that was made last, whatever the clock said', () => {
    const machine = boot();
    const before = machine.enumerate();
    disable(machine, new Date('2099-01-01T00:00:00Z'));
    restoreBackup(machine.connect());
    machine.connect().removeContextFunction('TLS_RSA_WITH_NULL_SHA');
    disable(machine, new Date('2020-01-01T00:00:00Z'));
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(before.filter((name) => name !== 'TLS_RSA_WITH_NULL_SHA'));
  });

  it('is the tenth of one second, not the second', () => {
    const { stateStore } = boot().connect();
    const now = new Date('2026-01-01T00:00:00Z');
    for (let count = 1; count <= 10; count += 1) {
      writeBackup(stateStore, now, { governingLayer: 'local', list: [`S${count}`], removed: [] });
    }
    expect(readBackup(stateStore).list).toEqual(['S10']);
    const ids = listBackups(stateStore).map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual(['20260101T000000Z', '20260101T000000Z-2', '20260101T000000Z-3']);
    expect(listBackups(stateStore).map(({ backup }) => backup?.list[0])).toEqual(
      Array.from({ length: 10 }, (_, index) => `S${index + 1}`),
    );
  });

  it('is kept with nineteen others, and with the one that was asked for', () => {
    const machine = boot();
    for (let count = 0; count < mostBackups + 5; count += 1) {
      expect(disable(machine).kind).toBe('changed');
      expect(restoreBackup(machine.connect()).kind).toBe('changed');
    }
    disable(machine);
    expect(listBackups(machine.connect().stateStore)).toHaveLength(mostBackups);
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate().some(isDheSuite)).toBe(true);
  });

  it('is not one of a change that was undone', () => {
    const machine = boot();
    const before = machine.enumerate();
    disable(machine);
    const process = machine.connect();
    process.addContextFunction('TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 0);
    process.injectFault({ operation: 'removeContextFunction', call: 1, effect: 'fails', status: 0xc0000017 });
    expect(applyPlan(process, planDisable(readConfiguration(process))).kind).toBe('failed-undone');
    process.removeContextFunction('TLS_DHE_RSA_WITH_AES_128_CBC_SHA');
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(before);
  });
});

describe('DHE suites that stand in the registry alone', () => {
  const imported = () => {
    const machine = boot();
    const all = machine.enumerate();
    machine.setLocal(withoutDheSuites(all));
    machine.restart();
    machine.setLocal(all);
    return machine;
  };

  it('wait for a restart: nothing is changed, and no backup is left', () => {
    const machine = imported();
    const before = JSON.stringify(machine);
    for (let run = 0; run < 2; run += 1) expect(disable(machine).kind).toBe('restart-first');
    expect(JSON.stringify(machine)).toBe(before);
    machine.restart();
    expect(disable(machine).kind).toBe('changed');
    expect(machine.enumerate().some(isDheSuite)).toBe(false);
  });
});

describe('a change that was interrupted', () => {
  const interrupted = () => {
    const machine = boot();
    const before = machine.enumerate();
    const process = machine.connect();
    process.dieAfterWrite(5);
    try {
      applyPlan(process, planDisable(readConfiguration(process)));
    } catch {
      // Its end.
    }
    expect(machine.enumerate().some(isDheSuite)).toBe(true);
    return { machine, before };
  };

  it('is not called complete while DHE suites remain, where a clean policy came in the meantime', () => {
    const { machine, before } = interrupted();
    machine.setGroupPolicy(encodeString('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'));
    disable(machine);
    const local = readConfiguration(machine.connect());
    machine.setGroupPolicy(undefined);
    machine.restart();
    if (local.change?.state === 'complete') expect(machine.enumerate()).toEqual(withoutDheSuites(before));
    else expect(assess(local).findings.some(({ id }) => id === 'interrupted-change')).toBe(true);
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(before);
  });
});

describe('several at once', () => {
  it('reach the same end: a plan that came too late is made again, once, under the lock', () => {
    const machine = boot();
    const processes = [machine.connect(), machine.connect(), machine.connect()];
    const plans = processes.map((process) => planDisable(readConfiguration(process)));
    const kinds = processes.map((process, index) => {
      const plan = plans[index];
      return plan && applyPlan(process, plan, { replan: {} }).kind;
    });
    expect(kinds).toEqual(['changed', 'nothing-to-do', 'nothing-to-do']);
  });

  it('but a new plan never removes what the first did not name', () => {
    const machine = boot();
    const process = machine.connect();
    const plan = planDisable(readConfiguration(process));
    machine.connect().addContextFunction('TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 0);
    expect(() => applyPlan(process, plan, { replan: {} })).toThrow(expect.objectContaining({ code: 'STALE_PLAN' }));
    machine.connect().removeContextFunction('TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256');
    machine.connect().removeContextFunction('TLS_DHE_RSA_WITH_AES_128_CBC_SHA');
    expect(applyPlan(process, plan, { replan: {} }).kind).toBe('changed');
  });
});

it('a restore that is refused names the suites that drifted', () => {
  const machine = boot();
  disable(machine);
  const process = machine.connect();
  process.addContextFunction('TLS_RSA_WITH_NULL_MD5', 0);
  process.removeContextFunction('TLS_RSA_WITH_AES_128_CBC_SHA');
  expect(restoreBackup(process)).toMatchObject({
    kind: 'refused',
    drift: { missing: ['TLS_RSA_WITH_AES_128_CBC_SHA'], unexpected: ['TLS_RSA_WITH_NULL_MD5'], isReordered: false },
  });
  process.removeContextFunction('TLS_RSA_WITH_NULL_MD5');
  process.addContextFunction('TLS_RSA_WITH_AES_128_CBC_SHA', 0);
  expect(restoreBackup(process)).toMatchObject({
    kind: 'refused',
    drift: { missing: [], unexpected: [], isReordered: true },
  });
});
