import { describe, expect, it } from 'vitest';
import { encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';

const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';

describe('the simulated Windows', () => {
  it('answers with Group Policy before MDM before the local list', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', local: ['L'], groupPolicy: 'G', mdm: 'M;N' });
    const binding = machine.connect();
    expect(binding.enumContextFunctions()).toEqual(['G']);
    machine.setGroupPolicy(undefined);
    expect(binding.enumContextFunctions()).toEqual(['M', 'N']);
    machine.setMdm(undefined);
    expect(binding.enumContextFunctions()).toEqual(['L']);
  });

  it('changes the local list alone under a policy', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', local: ['L', 'K'], groupPolicy: 'G,L' });
    const binding = machine.connect();
    expect(binding.removeContextFunction('L')).toBe(true);
    expect(binding.enumContextFunctions()).toEqual(['G', 'L']);
    machine.setGroupPolicy(undefined);
    expect(binding.enumContextFunctions()).toEqual(['K']);
  });

  it('hides DHE in FIPS mode, and keeps it configured', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', local: [dhe, rsa], fips: true });
    expect(machine.connect().enumContextFunctions()).toEqual([rsa]);
    machine.setFips(false);
    expect(machine.connect().enumContextFunctions()).toEqual([dhe, rsa]);
  });

  it('takes an edit of the registry by hand at the next start', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', local: ['L'] });
    machine.setLocal(['K']);
    expect(machine.connect().enumContextFunctions()).toEqual(['L']);
    const before = machine.bootTime;
    machine.restart();
    expect(machine.connect().enumContextFunctions()).toEqual(['K']);
    expect(machine.bootTime.getTime()).toBeGreaterThan(before.getTime());
  });

  it('frees the lock of a process that died, and is the same machine out of its JSON', () => {
    const machine = new SimulatedMachine({ windows: 'ws2022', local: ['L', 'K'], groupPolicy: 'G' });
    const dying = machine.connect();
    dying.acquireMachineLock(0);
    dying.dieAfterWrite(1);
    expect(() => dying.stateStore.write('a', 'b')).toThrow();
    machine.connect().acquireMachineLock(0).release();
    const again = SimulatedMachine.fromJSON(JSON.parse(JSON.stringify(machine)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(machine));
    again.setGroupPolicy(encodeString('H'));
    expect(again.connect().enumContextFunctions()).toEqual(['H']);
    expect(again.connect().stateStore.read('a')).toBe('b');
  });
});
