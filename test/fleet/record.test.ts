/** A machine in one line: whatever its name and its list, the line is short, ASCII, valid, and comes back as what it was. */
import { writeFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { catalog } from '../../lib/cipher-suite/cipher-suite';
import { suiteCode, suiteOfCode } from '../../lib/cipher-suite/suite-code';
import type { Configuration } from '../../lib/configuration/configuration';
import { readConfiguration } from '../../lib/configuration/read-configuration';
import { formatJson } from '../../lib/files/ascii-json';
import { longestRecord, type MachineRecord, parseRecord, recordOf } from '../../lib/fleet/record';
import { openConfiguration } from '../../lib/inputs/open-configuration';
import { encodeString } from '../../lib/registry-files/registry-value';
import { SimulatedMachine, windowsVersionIds } from '../../lib/simulation/simulated-machine';
import { run, useFolder } from '../cli/run';
import { samples } from '../inputs/samples';

const folder = useFolder();
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const options = { tool: '0.1.0' };

const machine = (windows: (typeof windowsVersionIds)[number], local?: readonly string[]) =>
  readConfiguration(new SimulatedMachine({ windows, ...(local && { local }) }).connect());
const asLine = (record: MachineRecord) => formatJson(record, 0);

describe('a record', () => {
  it.each(windowsVersionIds)('of %s holds its whole list, and comes back with it', (windows) => {
    const configuration = machine(windows);
    const record = recordOf(configuration, options);
    const { verdict, listed, dheSuites, findings } = assess(configuration);
    expect(record).toMatchObject({
      windows: { version: windows },
      verdict,
      layer: 'local',
      counts: { listed: listed?.length, dhe: dheSuites.length },
      findings: findings.map(({ id }) => id),
    });
    expect(record.list?.length).toBe(listed?.length);
    const again = assess(openConfiguration(Buffer.from(asLine(record))));
    expect([again.listed, again.version, again.dheSuites]).toEqual([listed, windows, dheSuites]);
    // Which layer sets it, the line of a machine alone does not prove.
    expect(again.verdict).toBe(verdict === 'dhe-offered' ? 'dhe-offered' : 'unknown');
  });

  it('is what its schema says, from the command line, with the verdict as exit code', async () => {
    const { stdout: schema } = await run('schema record');
    const isValid = ajv.compile(JSON.parse(schema));
    const { exitCode, stdout } = await run('status --record --check --simulate win8.1-2012r2');
    expect([exitCode, stdout.split('\n').length]).toEqual([1, 2]);
    expect(isValid(JSON.parse(stdout)), JSON.stringify(isValid.errors)).toBe(true);
    expect(parseRecord(JSON.parse(stdout), 'it')).toMatchObject({ kind: 'record', removal: 'has-costs', gpo: null });
    expect(await run('status --record --json --simulate ws2025')).toMatchObject({ exitCode: 2 });
  });

  it('names the machine as DNS does, and the layer that governs', () => {
    const model = new SimulatedMachine({ windows: 'ws2022', groupPolicy: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384' });
    const key = 'SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
    model.setValue(key, 'Hostname', encodeString('web1'));
    expect(recordOf(readConfiguration(model.connect()), options).host).toBe('web1');
    model.setValue(key, 'Domain', encodeString('corp.example'));
    expect(recordOf(readConfiguration(model.connect()), options)).toMatchObject({
      host: 'web1.corp.example',
      layer: 'groupPolicy',
      verdict: 'dhe-offered',
      removal: 'locks-out',
      restart: 'not-needed',
    });
  });

  it('asks for a restart after a change', async () => {
    const simulated = `--simulate ws2022 --state ${folder('machine.json')}`;
    await run(`disable --yes ${simulated}`);
    const { stdout } = await run(`status --record ${simulated}`);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'no-dhe-offered',
      restart: 'advised',
      removal: 'nothing-to-remove',
    });
  });

  it('names the GPO that a report of Group Policy tells of', async () => {
    const report = samples
      .find(({ name: form }) => form === 'gpresult /x')
      ?.write(['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384']);
    writeFileSync(folder('gpresult.xml'), report ?? '');
    const { stdout } = await run(`status --record --from ${folder('gpresult.xml')}`);
    expect(JSON.parse(stdout)).toMatchObject({ gpo: 'TLS servers', layer: 'groupPolicy', verdict: 'dhe-offered' });
  });
});

describe('the codes of suites', () => {
  it('stand for one name each, as the catalog has them', () => {
    for (const { name, codePoint, curve, aliasOf } of catalog) {
      expect(suiteOfCode(suiteCode(name))).toBe(name);
      if (aliasOf === undefined)
        expect(suiteCode(name)).toBe(`${codePoint.slice(2).toLowerCase()}${curve === undefined ? '' : `_${curve}`}`);
    }
  });
});

const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength }),
    fc.string({ maxLength }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((units) => String.fromCharCode(...units)),
  );
const name = fc.oneof(
  fc.constantFrom(...catalog.map((suite) => suite.name)),
  fc.constantFrom('c030', '009f', 'tls_dhe_rsa_with_aes_128_cbc_sha', 'c02c_P256', ''),
  text(80).map((one) => one.replaceAll('\0', '')),
);

it('is never longer than the engines carry, whatever it is of, and reads back', () => {
  const base = machine('win8.1-2012r2');
  fc.assert(
    fc.property(
      fc.option(text(600)),
      fc.array(name, { maxLength: 200 }),
      fc.option(text(600)),
      fc.option(text(1024)),
      fc.constantFrom(...windowsVersionIds, undefined),
      (host, enumerated, gpo, installationType, windows) => {
        const origin = { kind: 'gpo', name: gpo, links: [], isInForce: true, action: null, isDisabled: false } as const;
        const configuration: Configuration = {
          ...base,
          host: host?.slice(0, 512) ?? null,
          enumerated,
          windows: {
            ...base.windows,
            build: windows === undefined ? 0xffffffff : base.windows.build,
            installationType,
          },
          policyOrigins: [{ ...origin, isTargeted: false, layer: 'groupPolicy', value: null }],
        };
        const record = recordOf(configuration, { ...options, windows });
        const line = asLine(record);
        expect(line.length).toBeLessThanOrEqual(longestRecord);
        expect(line).toMatch(/^[\x20-\x7e]*$/);
        expect(parseRecord(JSON.parse(line), 'it')).toEqual(record);
        const again = assess(openConfiguration(Buffer.from(line)));
        expect(again.verdict === 'no-dhe-offered').toBe(false);
        if (record.list === null) expect([again.verdict, again.listed]).toEqual(['unknown', null]);
        else expect(again.listed).toEqual(enumerated);
      },
    ),
    { numRuns: process.env['CI'] ? 5_000 : 500 },
  );
});

describe('a record that was changed on the way', () => {
  const record = recordOf(machine('ws2022'), options);
  const bad = (change: object) => () => parseRecord({ ...record, ...change }, 'it');
  const better = { verdict: 'no-dhe-offered', counts: { ...record.counts, dhe: 0 }, findings: [] };
  const allWork = { listed: record.counts?.listed, dhe: 0, works: record.counts?.listed };
  const empty = { list: null, removal: 'nothing-to-remove' };

  it.each<[string, object]>([
    ['its list', { list: record.list?.slice(1) }],
    ['its verdict', { verdict: 'no-dhe-offered' }],
    ['its verdict, to unknown without a reason', { verdict: 'unknown' }],
    ['its counts', { counts: { listed: 20, dhe: 0, works: 20 } }],
    ['its counts, taken away', { counts: null, list: null }],
    ['its hash', { sha256: null }],
    ['its verdict, its counts and its findings, so that all of a list with DHE works', { ...better, counts: allWork }],
    [
      'its verdict, its counts, its findings and its removal, and not its list',
      { ...better, removal: 'nothing-to-remove' },
    ],
    ['its list and its counts, to one that is empty', { ...better, ...empty, counts: { listed: 0, dhe: 0, works: 0 } }],
    ['its counts, to more than there are', { ...better, ...empty, counts: { listed: 3, dhe: 0, works: 4 } }],
    ['its findings, which say that DHE is offered', { ...better, ...empty, findings: ['dhe-offered'] }],
    ['a finding that nobody knows', { findings: ['fine'] }],
    ['one member more', { more: 1 }],
    ['its time', { time: 'yesterday' }],
  ])('%s is refused', (_, change) => {
    expect(bad(change)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('anywhere is refused, or says nothing better than before', () => {
    const dhe = asLine(recordOf(machine('win8.1-2012r2'), options));
    for (let index = 0; index < dhe.length; index += 1) {
      for (const put of ['', 'x', '0', '"', ',', 'no-', '\u0000']) {
        const text = dhe.slice(0, index) + put + dhe.slice(index + 1);
        try {
          expect(parseRecord(JSON.parse(text), 'it').verdict, text).toBe('dhe-offered');
        } catch (error) {
          if (!(error instanceof SyntaxError)) expect(error).toMatchObject({ code: 'INVALID_INPUT' });
        }
      }
    }
  });

  it('is one typed error from the command line too', async () => {
    writeFileSync(folder('bad.json'), asLine({ ...record, list: ['c030'] }));
    expect(await run(`status --from ${folder('bad.json')}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('$.list: expected a record of a machine'),
    });
    writeFileSync(folder('two.json'), `${asLine(record)}\n${asLine(record)}\n`);
    expect(await run(`status --from ${folder('two.json')}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"report" takes many'),
    });
  });
});
