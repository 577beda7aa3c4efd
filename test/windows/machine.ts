/** The Windows that a test runs on: its registry, set and read with Windows' own tools. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RegFileContent, readRegFile, writeRegFile } from '../../lib/registry-files/reg-file';
import {
  decodeMultiString,
  encodeDword,
  encodeMultiString,
  encodeString,
} from '../../lib/registry-files/registry-value';
import { registryPlaces } from '../../lib/windows/registry-places';
import { startProgram } from './start-program';

const folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
const tools = join(__dirname, '..', '..', '..');
const root = 'HKEY_LOCAL_MACHINE\\';
export const stateKey = 'SOFTWARE\\SchannelDhe';

/** Every node.exe that the tests were given, by major version. */
export const nodes = readdirSync(join(tools, 'node')).map((name) => ({
  name,
  path: join(tools, 'node', name, 'node.exe'),
}));

export interface MachineOptions {
  readonly local: readonly string[];
  readonly groupPolicy?: string;
  readonly mdm?: string;
  readonly fips?: boolean;
  /** DWORDs that decide what nobody documented; see bcrypt-stand-in.c. */
  readonly unknown?: readonly ('EmptyPolicyCounts' | 'MultiStringPolicyCounts' | 'CaseMatters')[];
  /** Which of the coming writes fail: the lowest bit is the next one. */
  readonly failingWrites?: number;
}

/** A machine without policies, backups or state, and with what the options say. */
export function resetMachine({
  local,
  groupPolicy,
  mdm,
  fips = false,
  unknown = [],
  failingWrites,
}: MachineOptions): void {
  allowWriting();
  const deleted = ['SOFTWARE\\Policies\\Microsoft\\Cryptography', stateKey, 'SOFTWARE\\SchannelDheStandIn']
    .concat(registryPlaces.mdm.key, registryPlaces.local.key)
    .map((key) => `[-${root}${key}]\r\n`);
  const value = (key: string, name: string, content: ReturnType<typeof encodeString>): RegFileContent[] => [
    { kind: 'key', key: root + key },
    { kind: 'value', name, value: content },
  ];
  const written = writeRegFile([
    ...value(registryPlaces.local.key, 'Functions', encodeMultiString(local)),
    ...(groupPolicy === undefined ? [] : value(registryPlaces.groupPolicy.key, 'Functions', encodeString(groupPolicy))),
    ...(mdm === undefined ? [] : value(registryPlaces.mdm.key, 'CipherSuites', encodeString(mdm))),
    ...value('SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy', 'Enabled', encodeDword(fips ? 1 : 0)),
    ...unknown.flatMap((name) => value('SOFTWARE\\SchannelDheStandIn', name, encodeDword(1))),
    ...(failingWrites === undefined
      ? []
      : value('SOFTWARE\\SchannelDheStandIn', 'FailingWrites', encodeDword(failingWrites))),
  ]);
  const text = Buffer.from(written).toString('utf16le');
  const header = text.slice(0, text.indexOf('\r\n') + 2);
  importRegFile(Buffer.from(header + deleted.join('') + text.slice(header.length), 'utf16le'));
}

/** Changes the local list behind everybody's back. */
export function setLocalList(list: readonly string[]): void {
  importRegFile(
    writeRegFile([
      { kind: 'key', key: root + registryPlaces.local.key },
      { kind: 'value', name: 'Functions', value: encodeMultiString(list) },
    ]),
  );
}

function runRegistryTool(...words: readonly string[]): void {
  const { status, error } = startProgram('reg.exe', words, { stdio: 'ignore' });
  if (status !== 0) throw error ?? new Error(`reg.exe ${words[0]} ended with ${status}`);
}

function importRegFile(content: Uint8Array): void {
  const file = join(folder, 'machine.reg');
  writeFileSync(file, content);
  runRegistryTool('import', file);
}

/** The local list as reg.exe exports it. */
export function readLocalList(): string[] {
  const file = join(folder, 'local.reg');
  runRegistryTool('export', `HKLM\\${registryPlaces.local.key}`, file, '/y');
  for (const entry of readRegFile(readFileSync(file), file)) {
    if (entry.kind === 'value' && entry.name === 'Functions') return decodeMultiString(entry.value.data);
  }
  return [];
}

/** From now on administrators may only read the keys that a change writes. */
export function denyWriting(): void {
  runRegistryTool('add', `HKLM\\${stateKey}`, '/f');
  for (const key of [registryPlaces.local.key, stateKey]) setKeyRights(key, 'D:(A;;KR;;;BA)(A;;KA;;;SY)');
}

function allowWriting(): void {
  for (const key of [registryPlaces.local.key, stateKey]) setKeyRights(key, 'D:(A;;KA;;;BA)(A;;KA;;;SY)');
}

function setKeyRights(key: string, rights: string): void {
  startProgram(join(tools, 'set-key-rights.exe'), [key, rights]);
}
