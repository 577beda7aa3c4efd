import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../lib/change/apply';
import { planDisable } from '../../lib/change/plan';
import { restoreBackup } from '../../lib/change/restore';
import { findSuite, isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { anyList } from '../support/suites';

const boot = (local?: readonly string[]) =>
  new SimulatedMachine({ windows: 'win10-1607-ws2016', ...(local && { local }) });
type Process = ReturnType<SimulatedMachine['connect']>;
const disable = (process: Process) => applyPlan(process, planDisable(readConfiguration(process)));

describe('disable and restore', () => {
  it('removes every DHE suite, keeps the order, and puts all back', () => {
    const machine = boot();
    const before = machine.enumerate();
    expect(disable(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(withoutDheSuites(before));
    expect(disable(machine.connect()).kind).toBe('nothing-to-do');
    expect(restoreBackup(machine.connect()).kind).toBe('changed');
    expect(machine.enumerate()).toEqual(before);
  });

  it('is the identity on every list, and never leaves a machine locked out', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const machine = boot(list);
        const outcome = disable(machine.connect());
        if (outcome.kind === 'changed') {
          expect(machine.enumerate()).toEqual(withoutDheSuites(list));
          expect(restoreBackup(machine.connect()).kind).toBe('changed');
        } else {
          expect(['nothing-to-do', 'refused']).toContain(outcome.kind);
          if (outcome.kind === 'nothing-to-do') expect(list.some(isDheSuite)).toBe(false);
        }
        expect(machine.enumerate()).toEqual(list);
      }),
      { numRuns: process.env['CI'] ? 10_000 : 300 },
    );
  });

  it('refuses to leave nothing, and with strict refuses what it would only warn of', () => {
    const alone = boot(['TLS_DHE_RSA_WITH_AES_128_CBC_SHA']);
    expect(disable(alone.connect())).toMatchObject({ kind: 'refused', plan: { refusals: [{ id: 'leaves-nothing' }] } });
    const configuration = readConfiguration(boot().connect());
    expect(planDisable(configuration, { strict: true }).verdict).toBe('refused');
  });

  it('changes nothing where a policy governs, and gives the corrected text', () => {
    const machine = boot();
    machine.setGroupPolicy({
      type: 1,
      data: new Uint8Array(Buffer.from('TLS_DHE_RSA_WITH_AES_128_CBC_SHA、TLS_RSA_WITH_AES_128_CBC_SHA\0', 'utf16le')),
    });
    const outcome = disable(machine.connect());
    expect(outcome).toMatchObject({
      kind: 'governed-by-policy',
      plan: { policy: { text: 'TLS_RSA_WITH_AES_128_CBC_SHA' } },
    });
  });

  it('refuses a stale plan, a drifted list, a process without rights, and a second change at once', () => {
    const machine = boot();
    const process = machine.connect();
    const plan = planDisable(readConfiguration(process));
    process.removeContextFunction('TLS_RSA_WITH_NULL_SHA');
    expect(() => applyPlan(process, plan)).toThrow(expect.objectContaining({ code: 'STALE_PLAN' }));
    const weak = machine.connect({ elevated: false });
    expect(() => disable(weak)).toThrow(expect.objectContaining({ code: 'NOT_ELEVATED' }));
    const lock = machine.connect().acquireMachineLock(0);
    expect(() => disable(process)).toThrow(expect.objectContaining({ code: 'MACHINE_LOCK_BUSY' }));
    lock.release();
    disable(process);
    process.addContextFunction('TLS_RSA_WITH_NULL_MD5', 0);
    process.removeContextFunction('TLS_RSA_WITH_AES_128_CBC_SHA');
    expect(restoreBackup(process).kind).toBe('refused');
    expect(restoreBackup(process, { force: true }).kind).toBe('changed');
    expect(machine.enumerate().filter(isDheSuite)).toHaveLength(plan.steps.length);
  });
});

describe('the lock-out guard', () => {
  it('never lets a plan leave a list that nothing can use, whatever the lists', () => {
    fc.assert(
      fc.property(anyList, fc.option(anyList), fc.boolean(), fc.boolean(), (local, policy, localList, strict) => {
        const machine = new SimulatedMachine({
          windows: 'ws2022',
          local,
          ...(policy !== null && { groupPolicy: policy.join(',') }),
        });
        const configuration = readConfiguration(machine.connect());
        const plan = planDisable(configuration, { localList, strict });
        if (plan.verdict === 'refused') expect([plan.steps, plan.after]).toEqual([[], plan.before]);
        if (plan.verdict !== 'change') return;
        const usable = plan.after.map(findSuite).filter((suite) => suite !== undefined && suite.cipher !== 'NULL');
        const works = usable.some(
          (suite) =>
            suite !== undefined &&
            !suite.export &&
            (suite.protocols.includes('TLS 1.3') ||
              (suite.protocols.includes('TLS 1.2') && ['RSA', 'ECDSA'].includes(suite.authentication ?? ''))),
        );
        expect(works).toBe(true);
        expect(plan.after).toEqual(plan.before.filter((name) => !isDheSuite(name)));
        if (strict) expect(plan.warnings).toEqual([]);
      }),
    );
  });
});
