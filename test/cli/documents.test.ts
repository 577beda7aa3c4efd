/** What `--json` prints is what `schema` says. */

import { writeFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDocuments } from '../../lib/cli/document';
import { commands } from '../../lib/cli/run-cli';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { orderSetting } from '../support/registry-pol';
import { run, useFolder } from './run';

const folder = useFolder();
const machine = '--simulate win8.1-2012r2';
const ajv = new Ajv2020({ strict: false, validateFormats: false });

const commandLines: [string, string, string?][] = [
  ['status', `status ${machine}`],
  ['status', `status ${machine} --simulate-fips --simulate-policy`, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA、x y'],
  ['status', `status ${machine} --simulate-mdm`, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA;TLS_RSA_WITH_AES_128_CBC_SHA'],
  ['disable', `disable ${machine} --dry-run`],
  ['disable', `disable ${machine} --strict`],
  ['disable', `disable ${machine} --state STATE`],
  ['status', `status ${machine} --state STATE`],
  ['disable', `disable ${machine} --state STATE --simulate-policy`, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA,A'],
  ['disable', `disable ${machine} --simulate-policy`, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA,TLS_RSA_WITH_AES_128_CBC_SHA'],
  ['backups', `restore --list ${machine} --state STATE`],
  ['restore', `restore ${machine} --state STATE`],
  ['error', `restore nonsense ${machine} --state STATE`],
  ['selfcheck', `selfcheck ${machine} --deep --state STATE`],
  ['suites', 'suites'],
  ['suite-list', `suites --layer enumerated ${machine}`],
  ['suite-list', `suites --layer groupPolicy ${machine} --simulate-policy`, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA,x'],
  ['suite-list', `suites --layer windowsDefault --dhe ${machine}`],
  ['suites', 'suites --windows ws2025 --protocol', 'TLS 1.3'],
  ['policy-text', 'policy text', 'TLS_RSA_WITH_NULL_SHA、 tls_x'],
  ['policy-text', 'policy text --windows win8.1-2012r2 --windows ws2025', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  ['converted-list', `suites --convert ws2022 --layer enumerated ${machine}`],
  ['explanation', 'explain', 'Event 36888, then 0x80090331'],
  ['error', 'explain', 'nothing of the kind'],
  ['policy-file', 'policy file test/fixtures/registry-pol/windows-machine.pol'],
  ['policy-local', `policy local ${machine} --simulate-policy`, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA,A'],
  ['policy-file', 'policy file POL'],
  ['policy-scan', 'policy scan test/fixtures'],
  ['policy-scan', 'policy backup POL-FOLDER'],
  ['evidence', `evidence test/fixtures/evidence ${machine}`],
  ['evidence', 'evidence test/fixtures/evidence/*.log'],
  ['evidence-comparison', 'evidence --before test/fixtures/evidence/u_ex261124_x.log --after test/fixtures/evidence'],
  ['tshark-command', 'evidence --tshark-command'],
  ['error', 'evidence package.json'],
  ['policy-text', 'policy text --separator ;', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'],
];

beforeAll(() => {
  writeFileSync(folder('order.pol'), writeRegistryPol([orderSetting('TLS_DHE_RSA_WITH_AES_128_CBC_SHA、A')]));
});

describe('JSON documents', () => {
  it.each(commandLines)('%s: %s %s', async (kind, commandLine, argument) => {
    const { stdout: schema } = await run(`schema ${kind}`);
    const words = commandLine
      .replace('STATE', folder('machine.json'))
      .replace('POL-FOLDER', folder(''))
      .replace('POL', folder('order.pol'));
    const { stdout } = await run(`--json ${words}`, { args: argument === undefined ? [] : [argument] });
    const isValid = ajv.compile(JSON.parse(schema));
    expect(isValid(JSON.parse(stdout)), JSON.stringify(isValid.errors)).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({ kind, schemaVersion: 1 });
  });

  it('a saved snapshot is a configuration', async () => {
    const { readFileSync } = await import('node:fs');
    await run(`status ${machine} --save ${folder('snapshot.json')}`);
    const { stdout } = await run('schema configuration');
    expect(ajv.validate(JSON.parse(stdout), JSON.parse(readFileSync(folder('snapshot.json'), 'utf8')))).toBe(true);
  });

  it('schema lists the names, and refuses another', async () => {
    expect((await run('schema')).stdout.trim().split('\n')).toEqual(Object.keys(await loadDocuments(commands)));
    expect(await run('schema nothing')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
