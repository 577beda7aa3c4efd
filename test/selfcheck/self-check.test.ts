import { describe, expect, it } from 'vitest';
import { selfCheck } from '../../lib/selfcheck/self-check';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';

const editorOf = (machine: SimulatedMachine) => ({
  setValue: (...parameters: Parameters<SimulatedMachine['setValue']>) => machine.setValue(...parameters),
  deleteValue: (key: string, name: string) => machine.setValue(key, name, undefined),
});

describe('the self-check', () => {
  it('finds the simulated Windows as believed, and puts everything back', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022' });
    const before = machine.enumerate();
    const { checks } = selfCheck(machine.connect(), { deep: true, editor: editorOf(machine) });
    expect(checks.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
    expect(checks.length).toBeGreaterThan(25);
    expect(machine.enumerate()).toEqual(before);
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
    const { checks } = selfCheck(machine.connect(), {
      deep: false,
      probe: () => [{ question: 'unknown-context', status: 0, size: 0 }],
    });
    const differing = checks.filter(({ verdict }) => verdict === 'differs').map(({ id }) => id);
    expect(differing).toEqual(['enumerated-is-local', 'contract-unknown-context']);
  });

  it('does not touch a machine that a policy governs', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', groupPolicy: 'TLS_RSA_WITH_AES_128_CBC_SHA' });
    const before = JSON.stringify(machine);
    const { checks } = selfCheck(machine.connect(), { deep: true, editor: editorOf(machine) });
    expect(checks.at(-1)).toMatchObject({ id: 'deep', verdict: 'not-run' });
    expect(JSON.stringify(machine)).toBe(before);
  });
});
