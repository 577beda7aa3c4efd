/** Schannel's EventLogging: what is set is put back, whatever happens in between. */
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { readEventLogging, restoreEventLogging, setEventLogging } from '../../lib/change/event-logging';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { decodeDword, encodeDword, encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine, SimulatedProcessDeath } from '../../lib/simulation/simulated-machine';
import { stateKey } from '../../lib/windows/registry-places';

const key = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const valueName = 'EventLogging';

function boot(level?: number): SimulatedMachine {
  const machine = new SimulatedMachine({ windows: 'ws2022' });
  if (level !== undefined) machine.setValue(key, valueName, encodeDword(level));
  machine.restart();
  return machine;
}

const levelOf = (machine: SimulatedMachine) => {
  const value = machine.valueOf(key, valueName);
  return value === undefined ? undefined : decodeDword(value);
};
const recordOf = (machine: SimulatedMachine) => machine.valueOf(stateKey, 'event-logging');
const levels: readonly (number | undefined)[] = [undefined, 0, 1, 2, 3, 4, 6];

describe('EventLogging', () => {
  it.each(levels)('of %s is set to log successes and errors, beside the rest, and put back', (level) => {
    const machine = boot(level);
    expect(setEventLogging(machine.connect(), null).kind).toBe('changed');
    expect(levelOf(machine)).toBe((level ?? 0) | 5);
    expect(readEventLogging(machine.connect())).toMatchObject({ logsHandshakes: true, awaitsRestart: 'yes' });
    expect(setEventLogging(machine.connect(), null).kind).toBe('nothing-to-do');
    expect(restoreEventLogging(machine.connect()).kind).toBe('changed');
    expect([levelOf(machine), recordOf(machine)]).toEqual([level, undefined]);
    expect(restoreEventLogging(machine.connect()).kind).toBe('nothing-to-do');
  });

  it.each([5, 7])('of %s is somebody else’s, and stays so', (level) => {
    const machine = boot(level);
    expect(setEventLogging(machine.connect(), null).kind).toBe('not-ours');
    expect(restoreEventLogging(machine.connect()).kind).toBe('nothing-to-do');
    expect([levelOf(machine), recordOf(machine)]).toEqual([level, undefined]);
  });

  it('of another type is refused and not touched', () => {
    const machine = boot();
    machine.setValue(key, valueName, encodeString('1'));
    expect(setEventLogging(machine.connect(), null).kind).toBe('wrong-type');
    expect(readEventLogging(machine.connect())).toMatchObject({ wrongType: 'REG_SZ', level: null });
    expect(recordOf(machine)).toBeUndefined();
  });

  it.each([0, 1, 7, undefined, 'text'])('that somebody set to %s since is left as it is', (level) => {
    const machine = boot(3);
    setEventLogging(machine.connect(), null);
    const value =
      level === undefined ? undefined : typeof level === 'string' ? encodeString(level) : encodeDword(level);
    machine.setValue(key, valueName, value);
    expect(restoreEventLogging(machine.connect()).kind).toBe(level === 7 ? 'changed' : 'forgotten');
    expect(recordOf(machine)).toBeUndefined();
    if (level !== 7) expect(machine.valueOf(key, valueName)).toEqual(value);
  });

  it('that somebody put back themselves is forgotten', () => {
    const machine = boot(1);
    setEventLogging(machine.connect(), null);
    machine.setValue(key, valueName, encodeDword(1));
    expect(restoreEventLogging(machine.connect()).kind).toBe('kept');
    expect([levelOf(machine), recordOf(machine)]).toEqual([1, undefined]);
  });

  it('that somebody lowered since is set again, and what they set is put back', () => {
    const machine = boot(1);
    setEventLogging(machine.connect(), null);
    machine.setValue(key, valueName, encodeDword(2));
    expect(setEventLogging(machine.connect(), null).kind).toBe('changed');
    restoreEventLogging(machine.connect());
    expect(levelOf(machine)).toBe(2);
  });

  it('set for a time says when that is over, in status too, and can be prolonged', () => {
    const machine = boot();
    const until = new Date(Date.now() - 1000);
    setEventLogging(machine.connect(), until);
    expect(readEventLogging(machine.connect())).toMatchObject({ isOver: true, record: { until: until.toISOString() } });
    const finding = () =>
      assess(readConfiguration(machine.connect())).findings.find(({ id }) => id === 'event-logging-set');
    expect(finding()).toMatchObject({ severity: 'warning', data: { isOver: true } });
    expect(levelOf(machine)).toBe(5);
    expect(setEventLogging(machine.connect(), new Date(Date.now() + 60_000)).kind).toBe('kept');
    expect(finding()).toMatchObject({ severity: 'info', data: { isOver: false } });
    restoreEventLogging(machine.connect());
    expect([levelOf(machine), finding()]).toEqual([undefined, undefined]);
  });

  it('does not take the journal of the suites’ change away', () => {
    const machine = boot();
    machine.connect().stateStore.write('journal', 'x');
    setEventLogging(machine.connect(), null);
    restoreEventLogging(machine.connect());
    expect(machine.connect().stateStore.read('journal')).toBe('x');
  });

  it('awaits no restart after one, and says where it cannot know', () => {
    const machine = boot();
    setEventLogging(machine.connect(), null);
    machine.setValue(key, 'Another', encodeDword(1));
    expect(readEventLogging(machine.connect()).awaitsRestart).toBe('yes');
    restoreEventLogging(machine.connect());
    expect(readEventLogging(machine.connect()).awaitsRestart).toBe('unknown');
    machine.restart();
    expect(readEventLogging(machine.connect()).awaitsRestart).toBe('no');
  });

  it('is changed by no process without rights', () => {
    const machine = boot(1);
    expect(() => setEventLogging(machine.connect({ elevated: false }), null)).toThrow(
      expect.objectContaining({ code: 'NOT_ELEVATED' }),
    );
    setEventLogging(machine.connect(), null);
    expect(() => restoreEventLogging(machine.connect({ elevated: false }))).toThrow(
      expect.objectContaining({ code: 'NOT_ELEVATED' }),
    );
    expect(levelOf(machine)).toBe(5);
  });

  it('with a damaged record is set anew, and put back by nobody who cannot know', () => {
    const machine = boot(1);
    machine.connect().stateStore.write('event-logging', '{"kind":"event-logging","schemaVersion":9}');
    expect(() => restoreEventLogging(machine.connect())).toThrow(
      expect.objectContaining({ code: 'STORED_STATE_DAMAGED' }),
    );
    expect(readConfiguration(machine.connect()).stateProblems).toMatchObject([{ entry: 'event-logging' }]);
    expect(setEventLogging(machine.connect(), null).kind).toBe('changed');
    expect(machine.connect().stateStore.list()).toEqual(['event-logging', 'set-aside-event-logging']);
    restoreEventLogging(machine.connect());
    expect(levelOf(machine)).toBe(1);
  });
});

describe('a process that dies while it changes EventLogging', () => {
  it.each(levels)('from %s leaves what the next run can put back', (level) => {
    for (const act of ['on', 'off']) {
      for (let write = 1; write <= 3; write += 1) {
        const machine = boot(level);
        if (act === 'off') setEventLogging(machine.connect(), null);
        const process = machine.connect();
        process.dieAfterWrite(write);
        try {
          if (act === 'on') setEventLogging(process, null);
          else restoreEventLogging(process);
        } catch (error) {
          expect(error).toBeInstanceOf(SimulatedProcessDeath);
        }
        restoreEventLogging(machine.connect());
        expect([levelOf(machine), recordOf(machine)]).toEqual([level, undefined]);
      }
    }
  });
});

describe('a Windows that fails', () => {
  const operations = ['stateStore.write', 'registryEditor.setValue', 'stateStore.delete', 'readRegistryValue'] as const;
  const effects = ['fails', 'fails-late', 'pretends'] as const;

  it.each(operations)('at %s leaves EventLogging as it was, or tells that it is not', (operation) => {
    for (const effect of effects) {
      for (let call = 1; call <= 8; call += 1) {
        const machine = boot(1);
        const process = machine.connect();
        process.injectFault({ operation, call, effect, status: 1450 });
        let kind: string;
        try {
          kind = setEventLogging(process, null).kind;
        } catch (error) {
          expect(error).toMatchObject({ code: 'WIN32' });
          kind = 'failed-undone';
        }
        // A lie of the store is seen by nobody but the one who reads it next.
        if (kind === 'failed-undone') expect(levelOf(machine)).toBe(1);
        if (kind === 'changed') expect(levelOf(machine)).toBe(5);
        if (recordOf(machine) === undefined) continue;
        restoreEventLogging(machine.connect());
        expect([levelOf(machine), recordOf(machine)]).toEqual([1, undefined]);
      }
    }
  });
});
