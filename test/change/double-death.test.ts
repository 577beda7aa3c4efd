/** Every pair of deaths, one in a change and one in what brings it to an end, leaves old, new or recoverable. */
import { expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { endInterruptedTrial } from '../../lib/change/trial';
import { isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { isLeftOver, withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { repairLocalPolicy, undoLocalPolicy } from '../../lib/group-policy/change-local-policy';
import { selfCheck } from '../../lib/selfcheck/self-check';
import { SimulatedMachine, type SimulatedProcess } from '../../lib/simulation/simulated-machine';
import { registryPlaces } from '../../lib/windows/registry-places';
import { faultyText } from '../support/gpo';

type Act = (process: SimulatedProcess) => unknown;

const disable: Act = (process) => {
  endInterruptedTrial(process);
  return applyPlan(process, planDisable(readConfiguration(process)));
};
const restore: Act = (process) => restoreBackup(process);
const deepCheck: Act = (process) => selfCheck(process, { deep: true });
const repair: Act = (process) => repairLocalPolicy(process);
const undo: Act = (process) => undoLocalPolicy(process);

/** Runs until the write at which it dies; false where it came to its end before. */
function dies(machine: SimulatedMachine, act: Act, write: number): boolean {
  const process = machine.connect();
  process.dieAfterWrite(write);
  try {
    act(process);
  } catch {
    // Its end, or an error that it had without one.
  }
  return process.isDead;
}

function quietly(machine: SimulatedMachine, act: Act): void {
  try {
    act(machine.connect());
  } catch (error) {
    expect(error).toMatchObject({ code: 'BACKUP_NOT_FOUND' });
  }
}

interface Case {
  readonly name: string;
  readonly start: () => SimulatedMachine;
  readonly act: Act;
  readonly recoveries: readonly Act[];
  /** What brings the machine to a state, and whether it is that state. */
  readonly ends: readonly (readonly [Act, (machine: SimulatedMachine) => boolean])[];
}

const boot = () => new SimulatedMachine({ windows: 'win10-1607-ws2016', local: list });
const list = [
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
];
const isOld = (machine: SimulatedMachine) => machine.enumerate().join() === list.join();
const isNew = (machine: SimulatedMachine) => machine.enumerate().join() === withoutDheSuites(list).join();
const hasNoPolicy = (machine: SimulatedMachine) =>
  machine.valueOf(registryPlaces.groupPolicy.key, 'Functions') === undefined &&
  machine.valueOf(registryPlaces.mdm.key, 'CipherSuites') === undefined;
const polOf = (machine: SimulatedMachine) =>
  Buffer.from(machine.fileOfLocalPolicy('Registry.pol') ?? []).toString('hex');
const withGpo = () => {
  const machine = boot();
  machine.setLocalPolicy(faultyText);
  return machine;
};
const [faulty, corrected] = (() => {
  const machine = withGpo();
  const before = polOf(machine);
  repair(machine.connect());
  return [before, polOf(machine)];
})();

const changed = () => {
  const machine = boot();
  disable(machine.connect());
  return machine;
};

const cases: readonly Case[] = [
  {
    name: 'disable',
    start: boot,
    act: disable,
    recoveries: [disable, restore, deepCheck],
    ends: [
      [restore, isOld],
      [disable, isNew],
    ],
  },
  {
    name: 'restore',
    start: changed,
    act: restore,
    recoveries: [restore, disable, deepCheck],
    ends: [
      [disable, isNew],
      [restore, isOld],
    ],
  },
  {
    name: 'the deep self-check',
    start: boot,
    act: deepCheck,
    recoveries: [deepCheck, restore, disable],
    ends: [
      [restore, (machine) => hasNoPolicy(machine)],
      [disable, (machine) => isNew(machine) && hasNoPolicy(machine)],
    ],
  },
  {
    name: 'the repair of the local GPO',
    start: withGpo,
    act: repair,
    recoveries: [repair, undo],
    ends: [
      [undo, (machine) => polOf(machine) === faulty],
      [repair, (machine) => polOf(machine) === corrected],
    ],
  },
];

it.each(cases)('two deaths, the first in $name', ({ name, start, act, recoveries, ends }) => {
  let pairs = 0;
  for (let first = 1; dies(start(), act, first); first += 1) {
    for (const recovery of recoveries) {
      for (let second = 1; ; second += 1) {
        const machine = start();
        dies(machine, act, first);
        const died = dies(machine, recovery, second);
        pairs += 1;
        const left = machine.enumerate();
        if (hasNoPolicy(machine))
          expect(
            isLeftOver(
              left.filter((one) => list.includes(one)),
              list,
              list.filter(isDheSuite),
            ),
          ).toBe(true);
        for (const [end, isReached] of ends) {
          const copy = SimulatedMachine.fromJSON(machine.toJSON());
          quietly(copy, end);
          // What was left by a self-check is cleaned up first; then the same command does its own work.
          quietly(copy, end);
          expect(isReached(copy), `${name}: death ${first}, then ${second} of ${recoveries.indexOf(recovery)}`).toBe(
            true,
          );
        }
        if (!died) break;
      }
    }
  }
  process.stdout.write(`${pairs} pairs of deaths, the first in ${name}\n`);
  expect(pairs).toBeGreaterThan(20);
});
