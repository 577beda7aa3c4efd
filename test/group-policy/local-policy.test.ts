import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type LocalPolicyChange,
  readLocalPolicyChange,
  repairLocalPolicy,
  undoLocalPolicy,
} from '../../lib/group-policy/change-local-policy';
import { announceComputerChange } from '../../lib/group-policy/gpt-ini';
import { policyHolds, readLocalPolicy, refreshComputerPolicy } from '../../lib/group-policy/local-policy';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { useFolder } from '../cli/run';
import { correctedText, faultyText } from '../support/gpo';
import { orderSetting } from '../support/registry-pol';

const folder = useFolder();
const pair = '[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]';
const history =
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Group Policy\\History\\{35378EAC-683F-11D2-A89A-00C04FBBCFA2}';

function makeLocalGpo(name: string, text?: string): string {
  mkdirSync(join(folder(name), 'Machine'), { recursive: true });
  if (text !== undefined) {
    writeFileSync(join(folder(name), 'Machine', 'Registry.pol'), writeRegistryPol([orderSetting(text)]));
  }
  return folder(name);
}

const makeMachine = (policy?: string) => {
  const machine = new SimulatedMachine({ windows: 'win10-1607-ws2016' });
  if (policy !== undefined) machine.setGroupPolicy(encodeString(policy));
  return machine;
};

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
    const machine = makeMachine(inForce);
    prepare(machine);
    const found = readLocalPolicy(machine.connect(), makeLocalGpo(`owner ${owner}`, local));
    expect(found.owner).toBe(owner);
    expect(found.domainGpos).toEqual(prepare === domain ? ['TLS servers'] : []);
  });
});

describe('repair of the local GPO', () => {
  const versionOf = (gpo: string) => Number(/Version=(\d+)/.exec(readFileSync(join(gpo, 'gpt.ini'), 'latin1'))?.[1]);

  it('corrects Registry.pol, raises the version, and can be undone, byte for byte', () => {
    const machine = makeMachine(faultyText);
    const gpo = makeLocalGpo('repair', faultyText);
    const file = join(gpo, 'Machine', 'Registry.pol');
    const before = readFileSync(file);
    writeFileSync(join(gpo, 'gpt.ini'), '[General]\r\nVersion=131077\r\n');
    const { kind, judgement } = repairLocalPolicy(machine.connect(), gpo);
    expect([kind, judgement.order?.corrected.text]).toEqual(['changed', correctedText]);
    expect(readFileSync(join(gpo, 'gpt.ini'), 'latin1')).toBe(
      `[General]\r\ngPCMachineExtensionNames=${pair}\r\nVersion=131078\r\n`,
    );
    expect(readdirSync(dirname(file))).toEqual(['Registry.pol']);
    expect(readLocalPolicy(machine.connect(), gpo).judgement.verdict).toBe('in-order');
    expect(repairLocalPolicy(machine.connect(), gpo).kind).toBe('nothing-to-do');
    // Until Group Policy runs, the old value is in force; afterwards a domain's may be.
    expect(policyHolds(machine.connect(), gpo)).toBe(false);
    machine.setGroupPolicy(encodeString(correctedText));
    expect(policyHolds(machine.connect(), gpo)).toBe(true);

    expect(undoLocalPolicy(machine.connect(), gpo).kind).toBe('changed');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(versionOf(gpo)).toBe(131079);
    expect(undoLocalPolicy(machine.connect(), gpo).kind).toBe('nothing-to-do');
    expect(repairLocalPolicy(machine.connect(), gpo).kind).toBe('changed');
  });

  it('undoes nothing that somebody else changed since, unless forced', () => {
    const machine = makeMachine();
    expect(() => undoLocalPolicy(machine.connect(), makeLocalGpo('never', faultyText))).toThrow(
      expect.objectContaining({ code: 'BACKUP_NOT_FOUND' }),
    );
    const gpo = makeLocalGpo('drift', faultyText);
    const file = join(gpo, 'Machine', 'Registry.pol');
    const before = readFileSync(file);
    repairLocalPolicy(machine.connect(), gpo);
    const theirs = writeRegistryPol([orderSetting('TLS_RSA_WITH_AES_128_CBC_SHA')]);
    writeFileSync(file, theirs);
    expect(undoLocalPolicy(machine.connect(), gpo).kind).toBe('refused');
    expect(readFileSync(file).equals(theirs)).toBe(true);
    expect(undoLocalPolicy(machine.connect(), gpo, { force: true }).kind).toBe('changed');
    expect(readFileSync(file).equals(before)).toBe(true);
    repairLocalPolicy(machine.connect(), gpo);
    writeFileSync(file, writeRegistryPol([]));
    expect(undoLocalPolicy(machine.connect(), gpo, { force: true }).kind).toBe('refused');
  });

  describe.each(['repair', 'undo'] as const)('interrupted, %s', (operation) => {
    const states = ['nothing written', 'Registry.pol written', 'both written'] as const;
    it.each(states)('%s: the next repair or undo brings it to an end', (state) => {
      for (const next of ['repair', 'undo'] as const) {
        const machine = makeMachine();
        const gpo = makeLocalGpo(`${operation} ${state} ${next}`, faultyText);
        const file = join(gpo, 'Machine', 'Registry.pol');
        const [old, ini] = [readFileSync(file), join(gpo, 'gpt.ini')];
        repairLocalPolicy(machine.connect(), gpo);
        const corrected = readFileSync(file);
        if (operation === 'undo') undoLocalPolicy(machine.connect(), gpo);
        const change = readLocalPolicyChange(machine.connect()) as LocalPolicyChange;
        machine.connect().stateStore.write('local-policy', JSON.stringify({ ...change, state: 'in-progress' }));
        const [from, to] = operation === 'repair' ? [old, corrected] : [corrected, old];
        writeFileSync(file, state === 'nothing written' ? from : to);
        const version = operation === 'repair' ? 1 : 2;
        writeFileSync(ini, `[General]\r\nVersion=${state === 'both written' ? version : version - 1}\r\n`);
        const before = versionOf(gpo);

        if (next === 'repair') repairLocalPolicy(machine.connect(), gpo);
        else undoLocalPolicy(machine.connect(), gpo);
        expect(readFileSync(file).equals(next === 'repair' ? corrected : old)).toBe(true);
        expect(versionOf(gpo)).toBe(before + 1);
        expect(readLocalPolicyChange(machine.connect())?.state).toBe('complete');
      }
    });
  });

  it('changes nothing without the right to write', () => {
    const gpo = makeLocalGpo('no right', faultyText);
    const file = join(gpo, 'Machine', 'Registry.pol');
    const before = readFileSync(file);
    expect(() => repairLocalPolicy(makeMachine().connect({ elevated: false }), gpo)).toThrow(
      expect.objectContaining({ code: 'NOT_ELEVATED' }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('puts the old Registry.pol back where gpt.ini cannot be written', () => {
    const gpo = makeLocalGpo('no ini', faultyText);
    mkdirSync(join(gpo, 'gpt.ini'));
    const file = join(gpo, 'Machine', 'Registry.pol');
    const before = readFileSync(file);
    expect(() => repairLocalPolicy(makeMachine().connect(), gpo)).toThrow(
      expect.objectContaining({ code: 'FILE_ACCESS' }),
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(['Registry.pol']);
  });

  it('adds nothing where the local GPO does not set the order', () => {
    const gpo = makeLocalGpo('empty');
    expect(repairLocalPolicy(makeMachine(faultyText).connect(), gpo)).toEqual({
      kind: 'nothing-to-do',
      judgement: { verdict: 'not-set', order: null },
    });
    expect(existsSync(join(gpo, 'gpt.ini'))).toBe(false);
  });

  it('waits for no other change for ever, and starts no program that is not there', () => {
    const machine = makeMachine();
    const lock = machine.connect().acquireMachineLock(0);
    expect(() => repairLocalPolicy(machine.connect(), makeLocalGpo('busy', faultyText))).toThrow(
      expect.objectContaining({ code: 'MACHINE_LOCK_BUSY' }),
    );
    lock.release();
    expect(() => refreshComputerPolicy(folder('nowhere'))).toThrow(expect.objectContaining({ code: 'FILE_ACCESS' }));
  });
});

describe('gpt.ini', () => {
  const other = '[{827D319E-6EAC-11D2-A4EA-00C04F79F83A}{803E14A0-B4FB-11D0-A0D0-00A0C90F574B}]';
  it.each([
    ['nothing', undefined, `[General]\r\nVersion=1\r\ngPCMachineExtensionNames=${pair}\r\n`],
    [
      'a user half',
      `[General]\nVersion=65536\ngPCMachineExtensionNames=${pair}\n`,
      `[General]\nVersion=65537\ngPCMachineExtensionNames=${pair}\n`,
    ],
    [
      'the last version',
      `[general]\r\nversion=131071\r\ngPCMachineExtensionNames=${pair}`,
      `[general]\r\nversion=65536\r\ngPCMachineExtensionNames=${pair}`,
    ],
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
