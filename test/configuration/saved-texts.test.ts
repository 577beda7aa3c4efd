/** Snapshots and stored entries: what is read back, and what is said of those that are damaged. */
import { describe, expect, it } from 'vitest';
import type { ChangeRecord } from '../../lib/configuration/configuration';
import { readEntry, readJournal, rewriteJournal, writeJournal } from '../../lib/configuration/journal';
import { parseConfiguration } from '../../lib/configuration/parse';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { backupEntry } from '../../lib/configuration/stored-backups';
import { InputTooLargeError } from '../../lib/errors';
import { encodeDword, encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { fipsKey, hostNameKey, registryPlaces, stateKey, windowsVersionKey } from '../../lib/windows/registry-places';
import { readMachine, saved } from '../support/configurations';

const machine = readMachine({ local: ['TLS_AES_256_GCM_SHA384'] });
const text = JSON.stringify(machine);

describe('a snapshot', () => {
  it('is read as it was saved', () => {
    expect(parseConfiguration(text, 'file')).toEqual(machine);
  });

  it('of an old version lacks what was not read then', () => {
    const { schannel, policyOrigins, isFromDirtyHive, stateProblems, ...old } = machine;
    expect(parseConfiguration(JSON.stringify(old), 'file')).toEqual({
      ...old,
      schannel: { seen: 'nothing', protocols: { client: {}, server: {} }, ciphers: {}, hashes: {}, keyExchanges: {} },
      policyOrigins: [],
      isFromDirtyHive: false,
      stateProblems: [],
    });
  });

  it.each([
    ['no JSON', `{${'x'.repeat(60)}`, undefined, 'json', { text: `{${'x'.repeat(39)}` }],
    ['an unknown member', text.replace('{', '{"more":1,'), { path: '$' }, 'snapshot', { unknownMember: 'more' }],
    ['another type', text.replace('"fips":false', '"fips":"no"'), { path: '$.fips' }, 'snapshot', { json: '"no"' }],
    ['a missing member', text.replace('"fips":false,', ''), { path: '$.fips' }, 'snapshot', 'nothing'],
    [
      'another type within',
      text.replace('"TLS_AES_256_GCM_SHA384"', `["${'x'.repeat(80)}"]`),
      { path: '$.enumerated[0]' },
      'snapshot',
      { json: `["${'x'.repeat(58)}` },
    ],
    [
      'an unknown member within',
      text.replace('"windows":{', '"windows":{"more":1,'),
      { path: '$.windows' },
      'snapshot',
      { unknownMember: 'more' },
    ],
    ['no object', '1', { path: '$' }, 'snapshot', { json: '1' }],
  ])('with %s is refused with the place', (_, damaged, place, expected, found) => {
    expect(() => parseConfiguration(damaged, 'file')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', source: 'file', place, expected, found }),
    );
  });

  it('may have 16 MiB', () => {
    const limit = 16 * 1024 * 1024;
    expect(parseConfiguration(text.padEnd(limit), 'file')).toEqual(machine);
    const tooLarge = () => parseConfiguration(text.padEnd(limit + 1), 'file');
    expect(tooLarge).toThrow(InputTooLargeError);
    expect(tooLarge).toThrow(expect.objectContaining({ source: 'file', limit, found: limit + 1 }));
  });
});

describe('the journal', () => {
  const record: ChangeRecord = {
    schemaVersion: 1,
    kind: 'change',
    operation: 'disable',
    backupId: null,
    state: 'complete',
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    before: [],
    after: [],
    removed: [],
    trial: null,
    evidence: null,
  };
  const boot = () => new SimulatedMachine({ windows: 'ws2022' });

  it('is read as it was written, and put back as it was', () => {
    const { stateStore } = boot().connect();
    expect(readJournal(stateStore)).toEqual({ record: null, problem: null });
    writeJournal(stateStore, record);
    expect(stateStore.list()).toEqual(['journal']);
    expect(readJournal(stateStore)).toEqual({ record, problem: null });
    rewriteJournal(stateStore, { ...record, state: 'undone' });
    expect(readJournal(stateStore).record?.state).toBe('undone');
    rewriteJournal(stateStore, null);
    expect(stateStore.list()).toEqual([]);
  });

  it.each([
    ['no JSON', '{', 'not-json', null],
    ['another document', '{"schemaVersion":2}', 'other-member', '$.schemaVersion'],
    [
      'a damaged member',
      JSON.stringify({ ...record, removed: [{ name: 1, position: 0 }] }),
      'other-member',
      '$.removed[0].name',
    ],
    ['a member of a later version', JSON.stringify({ ...record, more: 1 }), 'other-member', '$'],
  ])('with %s says so', (_, damaged, problem, path) => {
    const { stateStore } = boot().connect();
    stateStore.write('journal', damaged);
    expect(readJournal(stateStore)).toEqual({ record: null, problem: { entry: 'journal', problem, path } });
  });

  it('that is no text says so, and one that cannot be read at all fails', () => {
    const damaged = boot();
    damaged.setValue(stateKey, 'journal', encodeDword(1));
    const process = damaged.connect();
    expect(readJournal(process.stateStore)).toEqual({
      record: null,
      problem: { entry: 'journal', problem: 'not-text', path: null },
    });
    expect(() => readEntry(process.stateStore, 'journal')).toThrow(
      expect.objectContaining({ code: 'STORED_STATE_DAMAGED', entry: 'journal', problem: 'not-text', path: null }),
    );
    const failing = damaged.connect();
    failing.injectFault({ operation: 'stateStore.read', call: 1, effect: 'fails', status: 5 });
    expect(() => readJournal(failing.stateStore)).toThrow(expect.objectContaining({ code: 'WIN32', win32Code: 5 }));
  });

  it('passes on what is no answer of Windows', () => {
    const { stateStore } = boot().connect();
    const broken = {
      ...stateStore,
      read: () => {
        throw Object.assign(new Error('broken'), { win32Code: 13 });
      },
    };
    expect(() => readJournal(broken)).toThrow('broken');
  });
});

it('a machine is read whole', () => {
  const simulated = new SimulatedMachine({
    windows: 'win8.1-2012r2',
    local: ['TLS_RSA_WITH_AES_128_CBC_SHA'],
    groupPolicy: 'TLS_RSA_WITH_AES_256_CBC_SHA',
    revision: 17415,
  });
  simulated.setValue(windowsVersionKey, 'ProductName', encodeString('Windows Server 2012 R2 Standard'));
  simulated.setValue(hostNameKey, 'Hostname', encodeString('web1'));
  simulated.setValue(hostNameKey, 'Domain', encodeString('corp.example'));
  simulated.setFips(true);
  simulated.connect().stateStore.write(backupEntry('20260101T000000Z'), '{');
  simulated.connect().stateStore.write('journal', '[');
  const process = simulated.connect();
  const timeOf = (key: string) => process.registryKeyWriteTime(key)?.toISOString() ?? null;
  const now = Date.now();
  const configuration = readConfiguration(process);
  expect(configuration).toEqual({
    schemaVersion: 1,
    kind: 'configuration',
    source: 'machine',
    takenAt: expect.any(String),
    host: 'web1.corp.example',
    eventLogging: null,
    windows: {
      build: 9600,
      revision: 17415,
      productName: 'Windows Server 2012 R2 Standard',
      installationType: 'Server',
    },
    bootTime: process.bootTime().toISOString(),
    layers: {
      groupPolicy: {
        ...registryPlaces.groupPolicy,
        status: 'set',
        value: saved(encodeString('TLS_RSA_WITH_AES_256_CBC_SHA')),
        keyWriteTime: timeOf(registryPlaces.groupPolicy.key),
      },
      mdm: { ...registryPlaces.mdm, status: 'absent', value: null, keyWriteTime: null },
      local: {
        ...registryPlaces.local,
        status: 'set',
        value: expect.objectContaining({ type: 7 }),
        keyWriteTime: timeOf(registryPlaces.local.key),
      },
    },
    enumerated: ['TLS_RSA_WITH_AES_256_CBC_SHA'],
    fips: true,
    schannel: { seen: 'all', protocols: { client: {}, server: {} }, ciphers: {}, hashes: {}, keyExchanges: {} },
    diffieHellman: { enabled: null, clientMinKeyBitLength: null, serverMinKeyBitLength: null },
    change: null,
    policyOrigins: [],
    isFromDirtyHive: false,
    stateProblems: [
      { entry: 'journal', problem: 'not-json', path: null },
      { entry: 'backup-20260101T000000Z', problem: 'not-json', path: null },
    ],
  });
  expect(timeOf(registryPlaces.local.key)).toMatch(/^2021-/);
  expect(Math.abs(Date.parse(configuration.takenAt) - now)).toBeLessThan(60_000);
  simulated.setValue(fipsKey, 'Enabled', encodeDword(0));
  expect(readConfiguration(process).fips).toBe(false);
});
