/** Every fault and every death in the middle of a change. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { isLeftOver, isSameList, withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { type BindingOperation, SimulatedMachine } from '../../lib/simulation/simulated-machine';

const boot = () => new SimulatedMachine({ windows: 'win10-1607-ws2016' });
type Process = ReturnType<SimulatedMachine['connect']>;
const disable = (process: Process) => applyPlan(process, planDisable(readConfiguration(process)));

const operations: readonly BindingOperation[] = [
  'enumContextFunctions',
  'removeContextFunction',
  'addContextFunction',
  'readRegistryValue',
  'registryKeyWriteTime',
  'bootTime',
  'stateStore.read',
  'stateStore.write',
  'stateStore.list',
  'acquireMachineLock',
];
const statuses = [0xc000000d, 0xc0000225, 0xc0000017, 0xc0000023, 0xc0000022, 0xc0000002];
const act = { disable, restore: (process: Process) => restoreBackup(process) };

/** The machine is whole: old list or new list, or one that one command brings to either. */
function expectRecoverable(machine: SimulatedMachine, before: readonly string[], after: readonly string[]): void {
  const list = machine.enumerate();
  expect(isLeftOver(list, before, before.filter(isDheSuite))).toBe(true);
  if (isSameList(list, before) || isSameList(list, after)) return;
  const copy = SimulatedMachine.fromJSON(machine.toJSON());
  restoreBackup(copy.connect());
  expect(copy.enumerate()).toEqual(before);
  disable(machine.connect());
  expect(machine.enumerate()).toEqual(after);
}

describe.each(['disable', 'restore'] as const)('a fault in the middle of %s', (command) => {
  const start = () => {
    const machine = boot();
    const before = machine.enumerate();
    if (command === 'restore') disable(machine.connect());
    return { machine, before, after: withoutDheSuites(before) };
  };

  it('leaves the old list, the new one, or one that one command mends', () => {
    const rehearsal = start().machine.connect();
    act[command](rehearsal);
    let cases = 0;
    for (const operation of operations) {
      const calls = rehearsal.calls.get(operation) ?? 1;
      for (let call = 1; call <= calls; call += 1) {
        for (const status of statuses) {
          for (const effect of ['fails', 'fails-late', 'pretends'] as const) {
            const { machine, before, after } = start();
            const process = machine.connect();
            process.injectFault({ operation, call, effect, status });
            try {
              act[command](process);
            } catch {
              // What it threw is its own business here; what it left is ours.
            }
            expectRecoverable(machine, before, after);
            cases += 1;
          }
        }
      }
    }
    process.stdout.write(`${cases} injected faults in ${command}\n`);
    expect(cases).toBeGreaterThan(500);
  });

  it('may be the death of the process after any write', () => {
    let deaths = 0;
    for (let write = 1; ; write += 1) {
      const { machine, before, after } = start();
      const process = machine.connect();
      process.dieAfterWrite(write);
      let died = false;
      try {
        const outcome = act[command](process);
        died = outcome.kind.startsWith('failed');
      } catch {
        died = true;
      }
      if (!died) break;
      deaths += 1;
      const interrupted = assess(readConfiguration(machine.connect())).findings.some(
        ({ id }) => id === 'interrupted-change',
      );
      if (!isSameList(machine.enumerate(), before) && !isSameList(machine.enumerate(), after))
        expect(interrupted).toBe(true);
      expectRecoverable(machine, before, after);
    }
    process.stdout.write(`${deaths} deaths in ${command}\n`);
    expect(deaths).toBeGreaterThan(9);
  });
});
