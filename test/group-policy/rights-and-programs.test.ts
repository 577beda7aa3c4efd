/** What needs a Unix: a folder without rights, and a stand-in for gpupdate that is a script. */
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLocalPolicyFiles } from '../../lib/binding/local-policy-files';
import { refreshComputerPolicy } from '../../lib/binding/refresh-computer-policy';
import { scanPolicies } from '../../lib/group-policy/scan';
import { useFolder } from '../cli/run';
import { faultyText, makeBackup, makeSysvolGpo } from '../support/gpo';

const folder = useFolder();

/** Root may read everything: for one synchronous call this process is nobody. */
function asNobody<T>(act: () => T): T {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65_534);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
  }
}

it('a GPO without the right to read it is named and skipped, and the scan goes on', () => {
  const root = folder('rights');
  makeBackup(join(root, '{1}'), faultyText);
  makeSysvolGpo(join(root, '{2}'), faultyText);
  makeBackup(join(root, '{3}'), faultyText);
  chmodSync(folder(''), 0o755);
  chmodSync(join(root, '{2}', 'MACHINE'), 0o000);
  try {
    const found = asNobody(() => [...scanPolicies(root)]);
    expect(found.map(({ folder: name, judgement, error }) => [name, judgement?.verdict, error?.code])).toEqual([
      ['{1}', 'needs-repair', undefined],
      ['{2}', undefined, 'FILE_ACCESS'],
      ['{3}', 'needs-repair', undefined],
    ]);
  } finally {
    chmodSync(join(root, '{2}', 'MACHINE'), 0o755);
  }
});

it.each([
  [0, true],
  [1, false],
])('gpupdate that ends with %i', (exitCode, isDone) => {
  const system = folder(`system ${exitCode}`);
  mkdirSync(system);
  const program = join(system, 'gpupdate.exe');
  writeFileSync(program, `#!/bin/sh\necho "$@" > "${join(system, 'said')}"\nexit ${exitCode}\n`);
  chmodSync(program, 0o755);
  expect(refreshComputerPolicy(system)).toBe(isDone);
  expect(readFileSync(join(system, 'said'), 'utf8')).toBe('/target:computer /force\n');
});

it('starts no gpupdate that is not there', () => {
  expect(() => refreshComputerPolicy(folder('nowhere'))).toThrow(expect.objectContaining({ code: 'FILE_ACCESS' }));
});

it("reads and replaces the local GPO's files below the system folder", () => {
  const files = createLocalPolicyFiles(folder('gpo'));
  expect(files.read('Registry.pol')).toBeUndefined();
  files.replace('Registry.pol', new Uint8Array([1, 2]));
  files.replace('Registry.pol', new Uint8Array([3]));
  files.replace('gpt.ini', new Uint8Array([4]));
  expect(files.read('Registry.pol')).toEqual(Buffer.from([3]));
  expect(readdirSync(join(folder('gpo'), 'GroupPolicy')).sort()).toEqual(['Machine', 'gpt.ini']);
  expect(readdirSync(join(folder('gpo'), 'GroupPolicy', 'Machine'))).toEqual(['Registry.pol']);
});

it('keeps the rights of a file of the local GPO, and follows no link that stands in its place', () => {
  const files = createLocalPolicyFiles(folder('kept'));
  files.replace('Registry.pol', new Uint8Array([1]));
  const pol = join(folder('kept'), 'GroupPolicy', 'Machine', 'Registry.pol');
  chmodSync(pol, 0o640);
  files.replace('Registry.pol', new Uint8Array([2]));
  expect([statSync(pol).mode & 0o777, readFileSync(pol)]).toEqual([0o640, Buffer.from([2])]);
  const other = join(folder('kept'), 'other');
  renameSync(pol, other);
  symlinkSync(other, pol);
  expect(() => files.replace('Registry.pol', new Uint8Array([3]))).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT' }),
  );
  expect(readFileSync(other)).toEqual(Buffer.from([2]));
});
