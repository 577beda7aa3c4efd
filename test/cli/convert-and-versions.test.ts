/** A list as another version spells it, and a text for several versions. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { encodeMultiString } from '../../lib/registry-files/registry-value';
import { registryPlaces } from '../../lib/windows/registry-places';
import { windowsDefaults } from '../../lib/windows/versions';
import { orderSetting } from '../support/registry-pol';
import { run, useFolder } from './run';

const folder = useFolder();
const gcm = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';

describe('suites --convert', () => {
  it('takes the curves away and puts them on, in the order of the list', async () => {
    const stdin = `${rsa},${gcm}_P384、${gcm}_P521\n`;
    const { stdout, stderr } = await run('suites --convert ws2022', { stdin });
    expect(stdout).toBe(`${rsa}\n${gcm}\n`);
    expect(stderr).toContain(`${gcm}_P384 -> ${gcm}`);
    const back = await run('suites --convert win8.1-2012r2', { stdin: stdout });
    expect(back.stdout.split('\n')[0]).toBe(rsa);
    expect(back.stdout).toContain(`${gcm}_P384\n`);
    for (const name of back.stdout.trim().split('\n')) {
      const { enabledByDefault, supportedButOff } = windowsDefaults['win8.1-2012r2'];
      expect([...enabledByDefault, ...supportedButOff]).toContain(name);
    }
  });

  it('takes the list of a layer', async () => {
    const words = 'suites --convert ws2022 --layer enumerated --simulate win8.1-2012r2';
    const { list } = JSON.parse((await run(`${words} --json`)).stdout);
    expect(list.filter((name: string) => /_P\d+$/.test(name))).toEqual([]);
    expect((await run(words)).stdout).toBe(`${list.join('\n')}\n`);
    const from = 'test/fixtures/field/4-curve-suffix-on-windows-10/ws2016-local.reg';
    expect((await run(`suites --convert ws2025 --layer local --from ${from}`)).stdout).not.toMatch(/_P\d/);
  });

  it('shows a control character of a name, and obeys none', async () => {
    const { key, valueName } = registryPlaces.local;
    const value = encodeMultiString([`${rsa}\u001b[2J\nTLS_X`, rsa]);
    const file = folder('controls.reg');
    writeFileSync(
      file,
      writeRegFile([
        { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${key}` },
        { kind: 'value', name: valueName, value },
      ]),
    );
    const { stdout } = await run(`suites --convert ws2022 --layer local --from ${file}`);
    expect(stdout).toBe(`${rsa}\\x1b[2J\\x0aTLS_X\n${rsa}\n`);
  });

  it('refuses what it would ignore, and a text without a name', async () => {
    expect((await run('suites --convert ws2022 --dhe', { stdin: rsa })).exitCode).toBe(2);
    expect((await run('suites --convert ws2022 --simulate ws2022', { stdin: rsa })).exitCode).toBe(2);
    const minutes = 'We talked about DHE. Someone said TLS_RSA_X is old, and nobody knew more about it.';
    expect(await run('suites --convert ws2022', { stdin: minutes })).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await run('suites --convert ws2022', { stdin: ' , ' })).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('--windows of a policy, several times', () => {
  const tls13 = 'TLS_AES_256_GCM_SHA384';
  const both = '--windows win8.1-2012r2 --windows ws2022';

  it('judges the text for each of them', async () => {
    const args = [`${tls13},TLS_DHE_RSA_WITH_AES_256_GCM_SHA384`];
    expect((await run('policy text --windows ws2022', { args })).exitCode).toBe(0);
    expect(await run(`policy text ${both}`, { args })).toMatchObject({ exitCode: 8, stdout: '' });
    const { refusals } = JSON.parse((await run(`policy text --json ${both}`, { args })).stdout);
    expect(refusals).toMatchObject([{ id: 'leaves-nothing-for-rsa', windows: 'win8.1-2012r2' }]);
    const file = folder('order.pol');
    writeFileSync(file, writeRegistryPol([orderSetting(args[0] as string)]));
    expect((await run(`policy file ${file} --windows ws2022 --repair --out ${folder('a.pol')}`)).exitCode).toBe(0);
    expect((await run(`policy file ${file} ${both} --repair --out ${folder('b.pol')}`)).exitCode).toBe(8);
  });

  it('drops first what does nothing on any of them', async () => {
    const text = windowsDefaults['win8.1-2012r2'].enabledByDefault.filter((name) => !name.includes('_DHE_')).join(',');
    const reasons = async (words: string) => {
      const { length } = JSON.parse((await run(`policy text --json ${words}`, { args: [`${text},${tls13}`] })).stdout);
      return length.expendable.map(({ name, reason }: { name: string; reason: string }) => `${name} ${reason}`);
    };
    expect(await reasons('--windows win8.1-2012r2')).toContain(`${tls13} no-effect`);
    expect(await reasons(both)).not.toContain(`${tls13} no-effect`);
    expect((await reasons('--windows ws2022')).some((one: string) => one.endsWith('curve-variant'))).toBe(false);
    expect((await reasons(both)).some((one: string) => one.endsWith('curve-variant'))).toBe(false);
  });

  it('writes the names as these versions spell them, in their order, and says so', async () => {
    const [suffixed, plain] = ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256', 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'];
    const later = await run('policy text --windows ws2022 --windows win10-20h2', { args: [`${rsa},${suffixed}`] });
    expect([later.exitCode, later.stdout]).toEqual([0, `${rsa},${plain}\n`]);
    expect(later.stderr).toContain(`${suffixed} -> ${plain}`);
    const older = await run('policy text --windows win8.1-2012r2', { args: [`${plain},${rsa}`] });
    expect(older.stdout).toBe(`${suffixed},${suffixed.replace('P256', 'P384')},${rsa}\n`);
    expect((await run('policy text --windows ws2022', { args: [suffixed] })).stdout).toBe(`${plain}\n`);
    // They have no spelling in common.
    expect((await run(`policy text ${both}`, { args: [`${rsa},${plain}`] })).stdout).toBe(`${rsa},${plain}\n`);
  });

  it('refuses a version that nobody knows, and says so in the help', async () => {
    expect((await run('policy text --windows ws2022 --windows xp', { args: [rsa] })).exitCode).toBe(2);
    expect((await run('status --simulate ws2022 --simulate ws2025')).exitCode).toBe(2);
    expect((await run('policy text --help')).stdout).toMatch(/--windows <choice> +.*several times\s+\(vista-2008,/);
    expect((await run('completion powershell')).stdout).toMatch(/"name":"--windows".{0,200}"values":\["vista-2008"/);
  });
});

const tls13 = 'TLS_AES_256_GCM_SHA384';

it('suites --convert says what it could not read, and what that Windows has in no spelling', async () => {
  const { exitCode, stdout, stderr } = await run('suites --convert win8.1-2012r2', {
    stdin: `${rsa},${tls13},foo=bar`,
  });
  expect([exitCode, stdout]).toEqual([0, `${rsa}\n${tls13}\n`]);
  expect(stderr).toContain('"foo=bar"');
  expect(stderr).toContain(`in no spelling: ${tls13}`);
});

it('policy text offers the translation of a name also where it prints the text', async () => {
  const { exitCode, stderr } = await run('policy text', { args: [`ECDHE-RSA-AES256-GCM-SHA384:${rsa}`] });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('Schannel calls it TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384');
});
