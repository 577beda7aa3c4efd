import { describe, expect, it } from 'vitest';
import {
  type LocalPolicyChange,
  readLocalPolicyChange,
  repairLocalPolicy,
  undoLocalPolicy,
} from '../../lib/group-policy/change-local-policy';
import { announceComputerChange } from '../../lib/group-policy/gpt-ini';
import { policyHolds, readLocalPolicy } from '../../lib/group-policy/local-policy';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { encodeDword, encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { stateKey } from '../../lib/windows/registry-places';
import { run } from '../cli/run';
import { correctedText, faultyText } from '../support/gpo';
import { orderSetting } from '../support/registry-pol';

const pair = '[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]';
const history =
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Group Policy\\History\\{35378EAC-683F-11D2-A89A-00C04FBBCFA2}';

/** A machine whose local GPO has this text, and on which that policy value is in force. */
function makeMachine({ local, inForce }: { readonly local?: string; readonly inForce?: string }): SimulatedMachine {
  const machine = new SimulatedMachine({ windows: 'win10-1607-ws2016' });
  if (local !== undefined) machine.setLocalPolicy(local);
  if (inForce !== undefined) machine.setGroupPolicy(encodeString(inForce));
  return machine;
}

const polOf = (machine: SimulatedMachine) => Buffer.from(machine.fileOfLocalPolicy('Registry.pol') ?? []);
const iniOf = (machine: SimulatedMachine) => Buffer.from(machine.fileOfLocalPolicy('gpt.ini') ?? []).toString('latin1');
const setIni = (machine: SimulatedMachine, text: string) =>
  machine.setFileOfLocalPolicy('gpt.ini', new Uint8Array(Buffer.from(text, 'latin1')));
const setPol = (machine: SimulatedMachine, bytes: Uint8Array) => machine.setFileOfLocalPolicy('Registry.pol', bytes);

describe('the owner of a policy value', () => {
  const domain = (machine: SimulatedMachine) => {
    const values = [
      ['0', 'C:\\Windows\\System32\\GroupPolicy\\Machine', 'Local Group Policy'],
      ['1', '\\\\contoso.com\\SysVol\\contoso.com\\Policies\\{1}\\Machine', 'TLS servers'],
    ] as const;
    for (const [number, path, name] of values) {
      machine.setValue(`${history}\\${number}`, 'FileSysPath', encodeString(path));
      machine.setValue(`${history}\\${number}`, 'DisplayName', encodeString(name));
    }
  };
  const mdm = (machine: SimulatedMachine) =>
    machine.setValue(
      'SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\ADMX_CipherSuiteOrder',
      'SSLCipherSuiteOrder',
      encodeString('<enabled/>'),
    );
  it.each([
    ['none', undefined, faultyText, domain],
    ['local-gpo', faultyText, faultyText, domain],
    ['domain-gpo', correctedText, faultyText, domain],
    ['mdm', correctedText, faultyText, mdm],
    ['unknown', correctedText, undefined, () => {}],
  ] as const)('%s', (owner, inForce, local, prepare) => {
    const machine = makeMachine({
      ...(inForce !== undefined && { inForce }),
      ...(local !== undefined && { local }),
    });
    prepare(machine);
    const found = readLocalPolicy(machine.connect());
    expect(found.owner).toBe(owner);
    expect(found.domainGpos).toEqual(prepare === domain ? ['TLS servers'] : []);
  });
});

describe('repair of the local GPO', () => {
  const versionOf = (machine: SimulatedMachine) => Number(/Version=(\d+)/.exec(iniOf(machine))?.[1]);

  it('corrects Registry.pol, raises the version, and can be undone, byte for byte', () => {
    const machine = makeMachine({ local: faultyText, inForce: faultyText });
    const before = polOf(machine);
    setIni(machine, '[General]\r\nVersion=131077\r\n');
    const { kind, judgement } = repairLocalPolicy(machine.connect());
    expect([kind, judgement.order?.corrected.text]).toEqual(['changed', correctedText]);
    expect(iniOf(machine)).toBe(`[General]\r\ngPCMachineExtensionNames=${pair}\r\nVersion=131078\r\n`);
    expect(readLocalPolicy(machine.connect()).judgement.verdict).toBe('in-order');
    expect(repairLocalPolicy(machine.connect()).kind).toBe('nothing-to-do');
    // Until Group Policy runs, the old value is in force.
    expect(policyHolds(machine.connect())).toBe(false);
    expect(machine.connect().refreshComputerPolicy()).toBe(true);
    expect(policyHolds(machine.connect())).toBe(true);
    expect(machine.enumerate()).toEqual([correctedText]);

    expect(undoLocalPolicy(machine.connect()).kind).toBe('changed');
    expect(polOf(machine).equals(before)).toBe(true);
    expect(versionOf(machine)).toBe(131079);
    expect(undoLocalPolicy(machine.connect()).kind).toBe('nothing-to-do');
    expect(repairLocalPolicy(machine.connect()).kind).toBe('changed');
  });

  it('does not hold where a domain sets the order too', () => {
    const machine = makeMachine({ local: faultyText });
    machine.setDomainPolicy(faultyText);
    repairLocalPolicy(machine.connect());
    machine.connect().refreshComputerPolicy();
    expect(policyHolds(machine.connect())).toBe(false);
  });

  it('undoes nothing that somebody else changed since, unless forced', () => {
    const machine = makeMachine({ local: faultyText });
    expect(() => undoLocalPolicy(machine.connect())).toThrow(expect.objectContaining({ code: 'BACKUP_NOT_FOUND' }));
    const before = polOf(machine);
    repairLocalPolicy(machine.connect());
    const theirs = writeRegistryPol([orderSetting('TLS_RSA_WITH_AES_128_CBC_SHA')]);
    setPol(machine, theirs);
    expect(undoLocalPolicy(machine.connect()).kind).toBe('refused');
    expect(polOf(machine).equals(theirs)).toBe(true);
    expect(undoLocalPolicy(machine.connect(), { force: true }).kind).toBe('changed');
    expect(polOf(machine).equals(before)).toBe(true);
    repairLocalPolicy(machine.connect());
    setPol(machine, writeRegistryPol([]));
    expect(undoLocalPolicy(machine.connect(), { force: true }).kind).toBe('refused');
  });

  describe.each(['repair', 'undo'] as const)('interrupted, %s', (operation) => {
    const states = ['nothing written', 'Registry.pol written', 'both written'] as const;
    it.each(states)('%s: the next repair or undo brings it to an end', (state) => {
      for (const next of ['repair', 'undo'] as const) {
        const machine = makeMachine({ local: faultyText });
        const old = polOf(machine);
        repairLocalPolicy(machine.connect());
        const corrected = polOf(machine);
        if (operation === 'undo') undoLocalPolicy(machine.connect());
        const change = readLocalPolicyChange(machine.connect()) as LocalPolicyChange;
        machine.connect().stateStore.write('local-policy', JSON.stringify({ ...change, state: 'in-progress' }));
        const [from, to] = operation === 'repair' ? [old, corrected] : [corrected, old];
        setPol(machine, state === 'nothing written' ? from : to);
        const version = operation === 'repair' ? 1 : 2;
        setIni(machine, `[General]\r\nVersion=${state === 'both written' ? version : version - 1}\r\n`);
        const before = versionOf(machine);

        if (next === 'repair') repairLocalPolicy(machine.connect());
        else undoLocalPolicy(machine.connect());
        expect(polOf(machine).equals(next === 'repair' ? corrected : old)).toBe(true);
        expect(versionOf(machine)).toBe(before + 1);
        expect(readLocalPolicyChange(machine.connect())?.state).toBe('complete');
      }
    });
  });

  it('changes nothing without the right to write', () => {
    const machine = makeMachine({ local: faultyText });
    const before = polOf(machine);
    expect(() => repairLocalPolicy(machine.connect({ elevated: false }))).toThrow(
      expect.objectContaining({ code: 'NOT_ELEVATED' }),
    );
    expect(polOf(machine).equals(before)).toBe(true);
  });

  it.each(['fails', 'fails-late'] as const)('puts the old Registry.pol back where writing gpt.ini %s', (effect) => {
    const machine = makeMachine({ local: faultyText });
    const before = polOf(machine);
    const process = machine.connect();
    process.injectFault({ operation: 'localPolicy.replace', call: 2, effect, status: 29 });
    expect(() => repairLocalPolicy(process)).toThrow(expect.objectContaining({ code: 'FILE_ACCESS' }));
    expect(polOf(machine).equals(before)).toBe(true);
    expect(readLocalPolicyChange(machine.connect())).toBeNull();
  });

  it('adds nothing where the local GPO does not set the order', () => {
    const machine = makeMachine({ inForce: faultyText });
    expect(repairLocalPolicy(machine.connect())).toEqual({
      kind: 'nothing-to-do',
      judgement: { verdict: 'not-set', order: null },
    });
    expect(machine.fileOfLocalPolicy('gpt.ini')).toBeUndefined();
  });

  it('waits for no other change for ever', () => {
    const machine = makeMachine({ local: faultyText });
    const lock = machine.connect().acquireMachineLock(0);
    expect(() => repairLocalPolicy(machine.connect())).toThrow(expect.objectContaining({ code: 'MACHINE_LOCK_BUSY' }));
    lock.release();
  });

  it('touches no file of the machine that runs a simulation', async () => {
    const { exitCode } = await run(
      `policy local --repair --gpupdate --json --simulate ws2022 --simulate-policy ${faultyText}`,
    );
    expect(exitCode).toBe(0);
  });
});

describe('gpt.ini', () => {
  const other = '[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]';
  it.each<readonly [string, string | undefined, string]>([
    ['nothing', undefined, `[General]\r\nVersion=1\r\ngPCMachineExtensionNames=${pair}\r\n`],
    [
      'a user half',
      `[General]\nVersion=65536\ngPCMachineExtensionNames=${pair}\n`,
      `[General]\nVersion=65537\ngPCMachineExtensionNames=${pair}\n`,
    ],
    [
      'the last version',
      `[general]\r\nversion=131071\r\ngPCMachineExtensionNames=${pair}`,
      `[general]\r\nversion=65537\r\ngPCMachineExtensionNames=${pair}`,
    ],
    ...(
      [
        // 0 would say "no settings", and the user half is none of our business.
        ['65535', '1'],
        ['4294967295', '4294901761'],
        ['4294967301', '6'],
        [' 7 ; seven', '8'],
        ['none', '1'],
      ] as const
    ).map(([version, next]) => {
      const write = (text: string) => `[General]\r\nVersion=${text}\r\ngPCMachineExtensionNames=${pair}\r\n`;
      return [`the version ${version}`, write(version), write(next)] as const;
    }),
    [
      'another extension',
      `[General]\r\nVersion=1\r\ngPCMachineExtensionNames=${other}\r\n`,
      `[General]\r\nVersion=2\r\ngPCMachineExtensionNames=${pair}${other}\r\n`,
    ],
    [
      'the extension with another tool',
      '[General]\r\nVersion=1\r\ngPCMachineExtensionNames=[{35378eac-683f-11d2-a89a-00c04fbbcfa2}{0F6B957D-509E-11D1-A7CC-0000F87571E3}]\r\n',
      '[General]\r\nVersion=2\r\ngPCMachineExtensionNames=[{35378eac-683f-11d2-a89a-00c04fbbcfa2}{0F6B957D-509E-11D1-A7CC-0000F87571E3}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]\r\n',
    ],
    [
      'other sections',
      `[X]\r\nVersion=9\r\n[General]\r\nVersion=1\r\ngPCMachineExtensionNames=${pair}\r\n`,
      `[X]\r\nVersion=9\r\n[General]\r\nVersion=2\r\ngPCMachineExtensionNames=${pair}\r\n`,
    ],
  ])('announces a change where it holds %s', (_, before, after) => {
    expect(announceComputerChange(before)).toBe(after);
  });
});

it('names the record of a repair that is no text any more as damaged', () => {
  const machine = makeMachine({ local: faultyText });
  machine.setValue(stateKey, 'local-policy', encodeDword(1));
  expect(() => readLocalPolicyChange(machine.connect())).toThrow(
    expect.objectContaining({ code: 'STORED_STATE_DAMAGED', entry: 'local-policy', problem: 'not-text' }),
  );
});
