/** What a trial leaves: nothing of its own, and all that is somebody else's. */
import { describe, expect, it } from 'vitest';
import { endInterruptedTrial, runTrial } from '../../lib/change/trial';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { encodeDword } from '../../lib/registry-files/registry-value';
import { selfCheck } from '../../lib/selfcheck/self-check';
import { SimulatedMachine, type SimulatedProcess } from '../../lib/simulation/simulated-machine';
import { stateKey } from '../../lib/windows/registry-places';
import { die } from '../support/die';

const list = ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'] as const;
const boot = () => new SimulatedMachine({ windows: 'win10-1607-ws2016', local: list });
const suite = 'TLS_RSA_WITH_AES_256_CBC_SHA';
const now = () => new Date('2026-01-01T00:00:00.000Z');

function tryOut(process: SimulatedProcess, name: string, act: () => void = () => undefined) {
  return runTrial(process, readConfiguration(process), { suite: name, values: [], keys: [] }, act, now);
}

const changeOf = (machine: SimulatedMachine) => readConfiguration(machine.connect()).change;

describe('a trial', () => {
  it('takes its suite away, and one that was there before stays', () => {
    const machine = boot();
    const process = machine.connect();
    expect(tryOut(process, suite, () => process.addContextFunction(suite, 0)).kind).toBe('done');
    expect(machine.enumerate()).toEqual(list);
    expect(tryOut(process, list[1]).kind).toBe('done');
    expect(machine.enumerate()).toEqual(list);
  });

  it('that cannot take its suite away says which list is not as it was, and leaves its record open', () => {
    const machine = boot();
    const process = machine.connect();
    for (const call of [1, 2])
      process.injectFault({ operation: 'removeContextFunction', call, effect: 'pretends', status: 0 });
    const cause = { code: 'UNEXPECTED_LIST', place: 'enumeration' };
    expect(tryOut(process, suite, () => process.addContextFunction(suite, 0))).toMatchObject({
      kind: 'failed-undo-incomplete',
      cause,
      undoCause: cause,
    });
    expect(changeOf(machine)).toMatchObject({ state: 'in-progress', trial: { suite } });
    expect(endInterruptedTrial(machine.connect())).toBe(true);
    expect(machine.enumerate()).toEqual(list);
  });

  it('leaves a key of ours that was there, though it is empty, and none that was not', () => {
    const machine = boot();
    selfCheck(machine.connect(), { deep: true });
    expect(machine.connect().registryKeyWriteTime(stateKey)).toBeUndefined();
    machine.setValue(stateKey, 'x', encodeDword(1));
    machine.setValue(stateKey, 'x', undefined);
    expect(machine.connect().registryKeyWriteTime(stateKey)).toBeDefined();
    selfCheck(machine.connect(), { deep: true });
    expect(machine.connect().registryKeyWriteTime(stateKey)).toBeDefined();
  });
});

describe('looking for a trial that died', () => {
  it('waits for nobody where there is none', () => {
    const machine = boot();
    const lock = machine.connect().acquireMachineLock(0);
    expect(endInterruptedTrial(machine.connect(), { lockTimeoutMilliseconds: 0 })).toBe(false);
    lock.release();
  });

  it('finds none that another process ended while this one waited', () => {
    const machine = boot();
    die(machine, 3, (process) => selfCheck(process, { deep: true }));
    const late = machine.connect();
    const waiting = new Proxy(late, {
      get: (target, member) => {
        const value = Reflect.get(target, member, target);
        if (member !== 'acquireMachineLock') return typeof value === 'function' ? value.bind(target) : value;
        return (timeout: number) => {
          expect(endInterruptedTrial(machine.connect())).toBe(true);
          return target.acquireMachineLock(timeout);
        };
      },
    });
    expect(endInterruptedTrial(waiting)).toBe(false);
    expect(machine.enumerate()).toEqual(list);
  });
});
