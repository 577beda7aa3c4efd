/** Where the local list is looked at, and that a change finds it there. */
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { decodeMultiString, encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { registryPlaces } from '../../lib/windows/registry-places';

const list = [
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_RC4_128_MD5',
  'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
];
const clean = withoutDheSuites(list);
const windows = 'win10-1607-ws2016';
const { key, valueName } = registryPlaces.local;
const storedOf = (machine: SimulatedMachine) =>
  decodeMultiString(machine.valueOf(key, valueName)?.data ?? new Uint8Array());

describe('the local list', () => {
  it('is what CNG answers with, where nothing stands before it', () => {
    const configuration = readConfiguration(new SimulatedMachine({ windows, local: list }).connect());
    expect(planDisable(configuration)).toMatchObject({ before: list, localListIsEnumerated: true });
  });

  it('is the registry value in FIPS mode, which answers with a part of it: all of it is kept', () => {
    const machine = new SimulatedMachine({ windows, local: list, fips: true });
    expect(machine.enumerate()).not.toEqual(list);
    const process = machine.connect();
    const plan = planDisable(readConfiguration(process));
    expect(plan).toMatchObject({ before: list, localListIsEnumerated: false });
    expect(applyPlan(process, plan).kind).toBe('changed');
    expect(storedOf(machine)).toEqual(clean);
  });

  it('that was written as one text is none to a machine under a policy, and one to an edit of its export', () => {
    const machine = new SimulatedMachine({ windows, local: list, groupPolicy: clean.join(',') });
    machine.setValue(key, valueName, encodeString(list.join(',')));
    const live = readConfiguration(machine.connect());
    expect(planDisable(live, { localList: true }).before).toEqual([]);
    const exported = { ...live, source: 'export', enumerated: null } as const;
    expect(planDisable(exported, { localList: true }).before).toEqual(list);
  });

  it('without a registry value comes back after a removal that failed', () => {
    const machine = new SimulatedMachine({ windows, local: list });
    machine.setValue(key, valueName, undefined);
    const process = machine.connect();
    process.injectFault({ operation: 'removeContextFunction', call: 1, effect: 'fails', status: 0xc000000d });
    expect(applyPlan(process, planDisable(readConfiguration(process))).kind).toBe('failed-undone');
    expect(machine.enumerate()).toEqual(list);
  });
});
