import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { encodeString } from '../../lib/registry-files/registry-value';
import { selfCheck } from '../../lib/selfcheck/self-check';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { registryPlaces } from '../../lib/windows/registry-places';

describe('the self-check', () => {
  it('finds the simulated Windows as believed, and puts everything back', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022' });
    const before = machine.enumerate();
    const { checks } = selfCheck(machine.connect(), { deep: true });
    expect(checks.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(checks.length).toBeGreaterThan(25);
    expect(machine.enumerate()).toEqual(before);
    // Not a key, not a value, not a backup is left.
    const registry = (state: SimulatedMachine) => state.toJSON().keys.map(({ path, values }) => [path, values]);
    expect(registry(machine)).toEqual(registry(new SimulatedMachine({ windows: 'ws2022' })));
  });

  it('only reads unless it is told to go deep', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022' });
    const before = JSON.stringify(machine);
    selfCheck(machine.connect({ elevated: false }), { deep: false });
    expect(JSON.stringify(machine)).toBe(before);
  });

  it('tells a Windows that does otherwise', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022' });
    machine.setLocal(['TLS_RSA_WITH_AES_128_CBC_SHA']);
    const process = machine.connect();
    process.probeContract = () => [{ question: 'unknown-context', status: 0, size: 0 }];
    const { checks } = selfCheck(process, { deep: false });
    const differing = checks.filter(({ verdict }) => verdict === 'differs').map(({ id }) => id);
    expect(differing).toEqual(['enumerated-is-local', 'contract-unknown-context']);
  });

  it('does not touch a machine that a policy governs', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', groupPolicy: 'TLS_RSA_WITH_AES_128_CBC_SHA' });
    const before = JSON.stringify(machine);
    const { checks } = selfCheck(machine.connect(), { deep: true });
    expect(checks.at(-1)).toMatchObject({ id: 'deep', verdict: 'not-run' });
    expect(JSON.stringify(machine)).toBe(before);
  });

  it('keeps the journal and the backups of earlier changes as they were', () => {
    const machine = new SimulatedMachine({ windows: 'win10-1607-ws2016' });
    const before = machine.enumerate();
    applyPlan(machine.connect(), planDisable(readConfiguration(machine.connect())));
    const journal = readConfiguration(machine.connect()).change;
    selfCheck(machine.connect(), { deep: true });
    expect(readConfiguration(machine.connect()).change).toEqual(journal);
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(before);
  });

  it('may die after any write: the next deep check, or restore, cleans up, and leaves alone what others set since', () => {
    let deaths = 0;
    for (let write = 1; ; write += 1) {
      for (const next of ['selfcheck', 'restore'] as const) {
        const machine = new SimulatedMachine({ windows: 'ws2022' });
        const before = machine.enumerate();
        const process = machine.connect();
        process.dieAfterWrite(write);
        let died = true;
        try {
          died = selfCheck(process, { deep: true }).checks.some(({ id }) => id === 'deep');
        } catch {
          // Its end.
        }
        if (!died) {
          globalThis.process.stdout.write(`${deaths} deaths in the deep self-check\n`);
          expect(deaths).toBeGreaterThan(40);
          return;
        }
        deaths += 1;
        if (next === 'restore') {
          try {
            restoreBackup(machine.connect());
          } catch (error) {
            expect(error).toMatchObject({ code: 'BACKUP_NOT_FOUND' });
          }
        } else selfCheck(machine.connect(), { deep: true });
        expect(machine.enumerate()).toEqual(before);
        expect(machine.valueOf(registryPlaces.groupPolicy.key, 'Functions')).toBeUndefined();
        expect(machine.valueOf(registryPlaces.mdm.key, 'CipherSuites')).toBeUndefined();
        expect(readConfiguration(machine.connect()).change?.state).not.toBe('in-progress');
      }
    }
  });

  it('never takes a policy away that an administrator set after the check died', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022' });
    const process = machine.connect();
    process.dieAfterWrite(8);
    try {
      selfCheck(process, { deep: true });
    } catch {
      // Its end.
    }
    machine.setGroupPolicy(encodeString('TLS_AES_256_GCM_SHA384'));
    restoreBackup(machine.connect());
    expect(machine.enumerate()).toEqual(['TLS_AES_256_GCM_SHA384']);
  });
});
