/** Samba's parser, written by others from the same specification, reads what is written here. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repairPolicyFile } from '../../lib/group-policy/policy-file';
import { type RegistryPolSetting, readRegistryPol, writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { decodeString, encodeDword, encodeString, RegistryType } from '../../lib/registry-files/registry-value';
import { canRun, sambaPython } from '../../scripts/build/test/test-needs';
import { useFolder } from '../cli/run';
import { faultyText } from '../support/gpo';
import { orderSetting, realFiles } from '../support/registry-pol';

const folder = useFolder();

it.runIf(canRun('Samba'))('Samba reads every file that was written as we do', () => {
  const made: RegistryPolSetting[] = [
    orderSetting('A];[B'),
    { key: 'K', valueName: '値', ...encodeDword(0x005d003b) },
    { key: 'K', valueName: '', type: RegistryType.binary, data: new Uint8Array([0x5d, 0, 0x3b]) },
    { key: 'K', valueName: '**del.x', ...encodeString(' ') },
  ];
  const files = [writeRegistryPol(made)];
  for (const [, bytes] of realFiles) {
    files.push(bytes, writeRegistryPol([...readRegistryPol(bytes, 'x'), orderSetting(faultyText)]));
  }
  const repaired = files.map((bytes) => repairPolicyFile(bytes, 'x').bytes);
  const names = repaired.map((bytes, index) => {
    writeFileSync(folder(`${index}.pol`), bytes);
    return folder(`${index}.pol`);
  });
  const script = join(__dirname, 'samba-preg.py');
  const answer = execFileSync(sambaPython() ?? '', [script, ...names], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const found: [string, string, number, number, unknown][][] = JSON.parse(answer);
  expect(found).toHaveLength(repaired.length);
  found.forEach((entries, index) => {
    const ours = [...readRegistryPol(repaired[index] as Uint8Array, 'x')];
    expect(entries.map(([key, name, type, size]) => [key, name, type, size])).toEqual(
      ours.map(({ key, valueName, type, data }) => [key, valueName, type, data.length]),
    );
    entries.forEach(([, , , , text], at) => {
      if (typeof text === 'string') expect(text).toBe(decodeString(ours[at]?.data as Uint8Array));
    });
  });
});
