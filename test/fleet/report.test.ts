/** The roll-up: every form of machine, every form of output, and names that want to be more than names. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { formatJson } from '../../lib/files/ascii-json';
import { type MachineRecord, recordOf } from '../../lib/fleet/record';
import { FleetTally } from '../../lib/fleet/roll-up';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine } from '../../lib/simulation/simulated-machine';
import { run, useFolder } from '../cli/run';
import { rawLines } from '../support/machine-lines';

const folder = useFolder();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';

const record = (host: string | null, change: Partial<MachineRecord> = {}, local = [ecdhe]): MachineRecord => ({
  ...recordOf(readConfiguration(new SimulatedMachine({ windows: 'ws2022', local }).connect()), { tool: '0.1.0' }),
  host,
  time: '2026-11-24T10:00:00.000Z',
  ...change,
});
const withDhe = (host: string | null, change: Partial<MachineRecord> = {}) => record(host, change, [dhe, ecdhe]);
const lines = (...records: readonly object[]) => `${records.map((one) => formatJson(one, 0)).join('\n')}\n`;
const localReg = (names: readonly string[]) =>
  writeRegFile([
    { kind: 'key', key: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft' },
    { kind: 'key', key: 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography' },
    {
      kind: 'key',
      key: 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002',
    },
    { kind: 'value', name: 'Functions', value: encodeMultiString(names) },
  ]);

async function report(files: Readonly<Record<string, string | Uint8Array>>, words = '') {
  const name = folder(`fleet-${Math.random()}`);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(`${name}/${file}`), { recursive: true });
    writeFileSync(`${name}/${file}`, content);
  }
  const { exitCode, stdout } = await run(`report ${name} --json ${words}`);
  return { exitCode, ...JSON.parse(stdout), folder: name };
}

describe('report', () => {
  it('takes every form, one machine each or many', async () => {
    await run(`status --simulate win8.1-2012r2 --save ${folder('snapshot.json')}`);
    const { readFileSync } = await import('node:fs');
    const snapshot = readFileSync(folder('snapshot.json'));
    const raw = rawLines(localReg([dhe]), { host: 'RAW1', longestPiece: 90 });
    const { exitCode, summary, machines } = await report({
      'many.ndjson': lines(withDhe('a'), record('b')),
      'utf16.txt': Buffer.from(`\ufeff${lines(record('c')).replaceAll('\n', '\r\n')}`, 'utf16le'),
      'laid-out.json': JSON.stringify([withDhe('d'), record('e')], null, 2),
      'snapshot.json': snapshot,
      'snapshots.ndjson': `${JSON.stringify(JSON.parse(snapshot.toString()))}\n`,
      'deep/one.reg': localReg([dhe, ecdhe]),
      'deep/two.reg': localReg([ecdhe]),
      'raw-b.txt': [...raw.slice(1), ''].join('\r\n'),
      'raw-a.txt': `some banner\n${raw[0]}\n`,
      'README.md': '# collected on Tuesday\n',
    });
    expect(
      Object.fromEntries(machines.map(({ host, verdict }: MachineRecord) => [host?.split(/[\\/]/).at(-1), verdict])),
    ).toEqual({
      a: 'dhe-offered',
      b: 'no-dhe-offered',
      c: 'no-dhe-offered',
      d: 'dhe-offered',
      e: 'no-dhe-offered',
      'snapshot.json': 'dhe-offered',
      'snapshots.ndjson:1': 'dhe-offered',
      'one.reg': 'dhe-offered',
      'two.reg': 'no-dhe-offered',
      RAW1: 'dhe-offered',
    });
    expect(summary).toMatchObject({
      machines: 10,
      verdicts: { 'dhe-offered': 6, 'no-dhe-offered': 4, unknown: 0 },
      otherFiles: 1,
      unread: { count: 1, first: [{ line: 1, code: 'INVALID_INPUT' }] },
    });
    expect(exitCode).toBe(2);
  });

  it('counts the newest of a machine, whatever the case of its name, and says how many were older', async () => {
    const at = (time: string) => ({ time });
    const { summary, machines } = await report({
      'a.ndjson': lines(
        withDhe('WEB1.example', at('2026-11-24T10:00:00.500Z')),
        record('web1.example', at('2026-11-24T10:00:01Z')),
        withDhe('web1.example', at('2026-11-24T10:00:00Z')),
        withDhe('web2.example'),
      ),
    });
    expect(summary).toMatchObject({ machines: 2, duplicates: 2, verdicts: { 'dhe-offered': 1, 'no-dhe-offered': 1 } });
    expect(machines.map(({ host, verdict }: MachineRecord) => [host, verdict])).toEqual([
      ['web2.example', 'dhe-offered'],
      ['web1.example', 'no-dhe-offered'],
    ]);
    // The same name in two domains are two machines, and two files of one name are.
    const two = await report({
      'x/a.reg': localReg([dhe]),
      'y/a.reg': localReg([ecdhe]),
      'z.json': lines(record('web1.other')),
    });
    expect(two.summary).toMatchObject({ machines: 3, duplicates: 0 });
  });

  it('takes the worse of two that were made at one moment, in whichever order they come', () => {
    for (const records of [
      [withDhe('a'), record('a')],
      [record('a'), withDhe('a')],
    ]) {
      const tally = new FleetTally();
      for (const one of records) tally.add(one, 'it');
      expect(tally.count()).toMatchObject({ machines: 1, duplicates: 1, verdicts: { 'dhe-offered': 1 } });
    }
  });

  it('takes files that were put together with their byte order marks, and an array of a machine a line', async () => {
    const marked = `\ufeff${lines(record('a'))}\ufeff${lines(withDhe('b'))}`;
    const array = `[\n${[record('e'), withDhe('f')].map((one) => JSON.stringify(one)).join(',\n')}\n]\n`;
    const utf16 = Buffer.from(marked.replace('"a"', '"c"').replace('"b"', '"d"'), 'utf16le');
    const { exitCode, summary } = await report({ '8.txt': marked, '16.txt': utf16, 'array.json': array });
    expect([exitCode, summary.machines, summary.unread.count]).toEqual([0, 6, 0]);
  });

  it('takes no name for a file of that name', () => {
    const tally = new FleetTally();
    tally.add(withDhe(null), 'x/one.reg');
    for (const host of ['x/one.reg', '\0x/one.reg', 'file x/one.reg']) tally.add(record(host), 'b.ndjson:1');
    tally.add(record(''), 'b.ndjson:2');
    expect(tally.count()).toMatchObject({ machines: 5, duplicates: 0, verdicts: { 'dhe-offered': 1 } });
  });

  it('counts and names what could not be read, and calls nothing good for it', async () => {
    const good = formatJson(record('a'), 0);
    const [raw = ''] = rawLines(localReg([ecdhe]), { host: 'R' });
    const { exitCode, summary } = await report({
      'bad.ndjson': [
        good,
        good.slice(0, 200),
        good.replace('"c030"', '"009f"'),
        good.replace('no-dhe-offered', 'unknown'),
        raw.replace(/("data":".{20})../, '$1AA'),
        rawLines(localReg([ecdhe]), { host: 'S', longestPiece: 50 })[0],
        raw.replace(/"data":"[^"]*","error":null/, '"data":null,"error":"Requested registry access is not allowed."'),
        '{"schemaVersion":1,"kind":"error","outcome":"unexpected"}',
        'x'.repeat(2_000_000),
        good.replace('"a"', '"b"'),
      ].join('\n'),
    });
    expect(summary).toMatchObject({ machines: 2, unread: { count: 8 } });
    expect(summary.unread.first.map(({ line }: { line: number }) => line).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(JSON.stringify(summary.unread)).toContain('Requested registry access is not allowed.');
    expect(exitCode).toBe(2);
    const lost = await report({
      'a.ndjson': good,
      'empty.txt': '',
      'zeros.txt': Buffer.alloc(900),
      'note.md': 'Collected on Tuesday.',
    });
    expect(lost).toMatchObject({ exitCode: 2, summary: { machines: 1, otherFiles: 1, unread: { count: 2 } } });
    const late = await report({ 'a.txt': `${'banner\n'.repeat(50)}${good}\n` });
    expect(late.summary).toMatchObject({ machines: 1, unread: { count: 50 } });
    const many = await report({ 'bad.ndjson': `${good}\n${'{\n'.repeat(500)}` });
    expect([many.summary.unread.count, many.summary.unread.first.length]).toEqual([500, 20]);
  });

  it('says what changed since an older collection', async () => {
    const listChanged = recordOf(
      readConfiguration(
        new SimulatedMachine({ windows: 'ws2022', local: [ecdhe, 'TLS_AES_256_GCM_SHA384'] }).connect(),
      ),
      { tool: '0.1.0' },
    );
    const older = await report({
      'a.ndjson': lines(
        record('now'),
        withDhe('gone'),
        withDhe('mended'),
        record('other'),
        record('same'),
        record('unseen'),
      ),
    });
    const unseen = { verdict: 'unknown', doubt: 'not-in-export', counts: null, sha256: null, list: null } as const;
    const { summary, machines } = await report(
      {
        'a.ndjson': lines(
          ...[withDhe('now'), record('mended'), { ...listChanged, host: 'other' }, record('same'), withDhe('fresh')],
          record('unseen', unseen),
        ),
      },
      `--since ${older.folder}`,
    );
    expect(
      Object.fromEntries(machines.map(({ host, drift }: { host: string; drift: string }) => [host, drift])),
    ).toEqual({
      now: 'now-offers',
      mended: 'no-longer-offers',
      other: 'list-changed',
      same: 'same',
      fresh: 'new',
      unseen: 'now-unknown',
    });
    expect(summary.drift).toMatchObject({
      machines: { 'now-offers': 1, same: 1 },
      missing: { count: 1, hosts: ['gone'] },
    });
  });

  it('calls nothing mended where the older collection is the newer one', async () => {
    const today = await report({ 'a.ndjson': lines(withDhe('a', { time: '2026-11-25T10:00:00Z' })) });
    const { summary } = await report({ 'a.ndjson': lines(record('a')) }, `--since ${today.folder}`);
    expect(summary.drift.machines).toMatchObject({ unknown: 1, 'no-longer-offers': 0 });
  });

  it('reads stdin, with the exit codes of every check', async () => {
    const exitCode = async (text: string, words = '--check') =>
      (await run(`report - ${words}`, { stdin: text })).exitCode;
    const unknown = { verdict: 'unknown', doubt: 'empty' } as const;
    expect(await exitCode(lines(withDhe('a'), record('b')))).toBe(1);
    expect(await exitCode(lines(withDhe('a'), record('b')), '')).toBe(0);
    expect(await exitCode(lines(record('a'), record('b')))).toBe(0);
    expect(await exitCode(lines(record('a', unknown), record('b')))).toBe(10);
    expect(await exitCode(`${lines(record('a'))}{\n`)).toBe(2);
    expect(await exitCode(`${lines(withDhe('a'))}{\n`)).toBe(1);
    expect(await exitCode('nothing of the kind')).toBe(2);
    expect(await exitCode(lines(withDhe('a')), '--check --exit-codes intune')).toBe(1);
    expect((await run('report nowhere.json')).exitCode).toBe(2);
    const nothing = folder('nothing.txt');
    writeFileSync(nothing, 'Nothing of the kind.');
    expect((await run(`report ${nothing}`)).stderr).toContain('a record or the lines of the collector');
    expect((await run('report - --since -', { stdin: lines(record('a')) })).exitCode).toBe(2);
    expect((await run('report - --csv --prometheus', { stdin: lines(record('a')) })).exitCode).toBe(2);
  });
});

describe('its outputs', () => {
  const hostile = [
    "=cmd|'/c calc'!A1",
    '@SUM(1)',
    '-1+1',
    '</script><img src=x onerror=alert(1)>',
    'a\u001b[31m\u202e\r\n"b",c',
    '名前',
  ];
  const text = lines(...hostile.map((host) => withDhe(host)), record('ok', { gpo: '=1+1' }));

  it.each(['report', 'reported-machine', 'report-summary', 'raw'])('%s is what its schema says', async (kind) => {
    const isValid = ajv.compile(JSON.parse((await run(`schema ${kind}`)).stdout));
    const { stdout } = await run(`report - ${kind === 'report' ? '--json' : '--ndjson'}`, { stdin: text });
    const documents = kind === 'report' ? [stdout] : kind === 'raw' ? rawLines('x') : stdout.trim().split('\n');
    const wanted = documents.map((one) => JSON.parse(one)).filter((one) => one.kind === kind);
    expect(wanted.length).toBe({ report: 1, 'reported-machine': 7, 'report-summary': 1, raw: 1 }[kind]);
    for (const one of wanted) expect(isValid(one), JSON.stringify(isValid.errors)).toBe(true);
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('CSV holds no formula, and a row a machine', async () => {
    const { stdout } = await run('report - --csv', { stdin: text });
    const rows = stdout.trimEnd().split('\n');
    expect(rows.length).toBe(8);
    for (const cell of rows.flatMap((row) => row.split(','))) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(rows[0]?.split(',').length).toBe(19);
  });

  it.each(['en', 'ja'])('what CSV has no room for, stderr says (%s)', async (language) => {
    const { exitCode, stdout, stderr } = await run(`report - --csv --language ${language}`, { stdin: `${text}{\n` });
    expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([2, 8]);
    expect(stderr).toContain('stdin:8');
    expect((await run('report - --csv', { stdin: text })).stderr).toBe('');
  });

  it.each(['en', 'ja'])('text fits 80 columns and obeys no name (%s)', async (language) => {
    const long = withDhe(`${'a'.repeat(60)}.corp.example`, { restart: 'advised', certain: true });
    writeFileSync(folder('since.json'), lines(record('gone')));
    const { stdout } = await run(`report - --language ${language} --since ${folder('since.json')}`, {
      stdin: text + lines(long, ...Array.from({ length: 30 }, (_, index) => withDhe(`h${index}`))),
    });
    for (const line of stdout.split('\n'))
      if (/ {2}/.test(line)) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(stdout).toContain('a…');
  });

  it('Prometheus reads its metrics', async () => {
    const { stdout } = await run('report - --prometheus', { stdin: text });
    const samples = parseMetrics(stdout);
    expect(samples.get('schannel_dhe_fleet_machines{verdict="dhe-offered",layer="local",version="ws2022"}')).toBe(6);
    expect(samples.get('schannel_dhe_fleet_record_timestamp_seconds{record="newest"}')).toBe(1795514400);
    expect(samples.get('schannel_dhe_fleet_unread')).toBe(0);
  });
});

/** By the grammar of the text format 0.0.4, written here from its description; one that breaks it throws. */
function parseMetrics(text: string): Map<string, number> {
  const [samples, types] = [new Map<string, number>(), new Set<string>()];
  expect(text.endsWith('\n')).toBe(true);
  let helped = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-z_:][a-z0-9_:]*) [^\n]+$/i.exec(line)?.[1];
    const type = /^# TYPE ([a-z_:][a-z0-9_:]*) gauge$/i.exec(line)?.[1];
    const sample =
      /^([a-z_:][a-z0-9_:]*)(\{[a-z_]\w*="[^"\\\n]*"(?:,[a-z_]\w*="[^"\\\n]*")*\})? (-?\d+(?:\.\d+)?)$/i.exec(line);
    if (help !== undefined) helped = help;
    else if (type !== undefined) {
      if (types.has(type) || type !== helped) throw new Error(line);
      types.add(type);
    } else {
      const [, name = '', labels = '', value] = sample ?? [];
      const key = name + labels;
      // All of one name stand together, and none twice.
      if (name !== helped || samples.has(key)) throw new Error(line);
      samples.set(key, Number(value));
    }
  }
  return samples;
}
