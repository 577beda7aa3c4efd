import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRegistryPolValue, readRegistryPol, writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { decodeString, encodeMultiString, RegistryType } from '../../lib/registry-files/registry-value';
import { windowsDefaults } from '../../lib/windows/versions';
import { orderSetting, realFiles } from '../support/registry-pol';
import { run, useFolder } from './run';

const folder = useFolder();
const { key, valueName } = orderSetting('');
const text = 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA、TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const corrected = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
const others = [...readRegistryPol(realFiles.find(([name]) => name.startsWith('windows'))?.[1] as Uint8Array, 'x')];

function writePol(name: string, ...settings: Parameters<typeof writeRegistryPol>[0]): string {
  writeFileSync(folder(name), writeRegistryPol([...others, ...settings]));
  return folder(name);
}

const orderIn = (file: string) => {
  const found = findRegistryPolValue(readRegistryPol(readFileSync(file), file), key, valueName);
  return found === undefined ? undefined : { type: found.entry.type, text: decodeString(found.entry.data) };
};

describe('policy file', () => {
  it('shows what a policy sets, and where the corrected text goes', async () => {
    const file = writePol('a.pol', orderSetting(text));
    const { exitCode, stdout } = await run(`policy file ${file}`);
    expect(exitCode).toBe(0);
    for (const part of [
      'REG_SZ, 70 characters',
      ' *TLS_DHE_RSA',
      'wrong separator',
      `\n${corrected}\n`,
      'gpmc.msc',
      '120',
    ]) {
      expect(stdout).toContain(part);
    }
    expect((await run(`policy file ${file} --language ja`)).stdout).toContain('SSL 暗号の順位');
  });

  it.each([
    ['needs repair', text, 1],
    ['cannot be repaired without locking machines out', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 1],
    ['is as it should be', corrected, 0],
  ])('--check tells by the exit code that it %s', async (_, order, exitCode) => {
    const file = writePol('check.pol', orderSetting(order));
    expect((await run(`policy file ${file} --check`)).exitCode).toBe(exitCode);
    expect((await run(`policy file ${file}`)).exitCode).toBe(0);
    expect((await run(`policy file ${file} --check --repair --in-place`)).exitCode).toBe(2);
  });

  it('--check says nothing against a policy that does not set the order', async () => {
    expect((await run(`policy file ${writePol('other.pol')} --check`)).exitCode).toBe(0);
  });

  it('writes the corrected file, and touches nothing else', async () => {
    const file = writePol('b.pol', orderSetting(text), orderSetting('NistP256', { valueName: 'EccCurves' }));
    const before = readFileSync(file);
    expect((await run(`policy file ${file} --repair --out ${folder('c.pol')}`)).exitCode).toBe(0);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(orderIn(folder('c.pol'))).toEqual({ type: RegistryType.string, text: corrected });
    expect((await run(`policy file ${file} --repair --in-place`)).exitCode).toBe(0);
    expect(readFileSync(file).equals(readFileSync(folder('c.pol')))).toBe(true);
    expect(readFileSync(`${file}.old`).equals(before)).toBe(true);
    // Again: nothing to do, and nothing more beside it.
    const names = readdirSync(dirname(file));
    expect((await run(`policy file ${file} --repair --in-place`)).stdout).toContain('as it should be');
    expect(readdirSync(dirname(file))).toEqual(names);
  });

  it.each([
    ['a list of strings', { ...encodeMultiString(text.split('、')) }],
    ['an expandable string', { type: RegistryType.expandString }],
  ])('makes REG_SZ of %s', async (_, value) => {
    const file = writePol('d.pol', orderSetting(text, value));
    await run(`policy file ${file} --repair --in-place`);
    expect(orderIn(file)).toEqual({ type: RegistryType.string, text: corrected });
  });

  it.each([
    ['does not set it', [], 0, 'does not set'],
    ['takes it away', [orderSetting(' ', { valueName: '**del.Functions' })], 0, 'takes'],
    ['would be left empty', [orderSetting('TLS_DHE_RSA_WITH_AES_128_CBC_SHA')], 8, 'no usable suite'],
    ['is binary', [orderSetting('', { type: 3 })], 8, 'no usable suite'],
    [
      'is too long without DHE as well',
      [orderSetting(windowsDefaults['win8.1-2012r2'].enabledByDefault.join(','))],
      8,
      '--shorten',
    ],
  ])('adds nothing where the policy %s', async (_, settings, code, sentence) => {
    const file = writePol('e.pol', ...settings);
    const before = readFileSync(file);
    const { exitCode, stdout } = await run(`policy file ${file} --repair --in-place`);
    expect({ exitCode, same: readFileSync(file).equals(before) }).toEqual({ exitCode: code, same: true });
    expect(stdout).toContain(sentence);
  });

  it('shortens where it is told to', async () => {
    const file = writePol('f.pol', orderSetting(windowsDefaults['win8.1-2012r2'].enabledByDefault.join(',')));
    expect((await run(`policy file ${file} --repair --in-place --shorten`)).exitCode).toBe(0);
    expect(orderIn(file)?.text.length).toBeLessThanOrEqual(1023);
  });

  it('repairs the default text of the Japanese template: 31 suites with ideographic commas', async () => {
    const list = windowsDefaults['win10-1607-ws2016'].enabledByDefault.slice(0, 31);
    expect(list).toHaveLength(31);
    const file = writePol('g.pol', orderSetting(list.join('、')));
    expect((await run(`policy file ${file} --repair --in-place`)).exitCode).toBe(0);
    expect(orderIn(file)?.text).toBe(list.filter((name) => !name.startsWith('TLS_DHE_')).join(','));
  });

  it('in place tells of hard links', async () => {
    const file = writePol('links.pol', orderSetting(text));
    const before = readFileSync(file);
    linkSync(file, folder('other-name.pol'));
    expect((await run(`policy file ${file} --repair --in-place`)).stdout).toContain('another name (a hard link)');
    expect(readFileSync(folder('other-name.pol')).equals(before)).toBe(true);
  });

  // Wine makes no links that Windows knows.
  it.skipIf(process.platform === 'win32')('in place follows no link', async () => {
    const file = writePol('linked.pol', orderSetting(text));
    const before = readFileSync(file);
    symlinkSync(file, folder('link.pol'));
    const { exitCode, stderr } = await run(`policy file ${folder('link.pol')} --repair --in-place`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${folder('link.pol')} -> ${file}`)]);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each([
    ['GroupPolicy', 'raised', 'Version=8'],
    ['{6AC1786C-016F-11D2-945F-00C04FB984F9}', 'in-directory', 'Version=7'],
  ])('in place inside the GPO %s: the version is %s', async (gpo, version, expected) => {
    mkdirSync(folder(`${gpo}/Machine`), { recursive: true });
    const file = writePol(`${gpo}/Machine/Registry.pol`, orderSetting(text));
    const ini = folder(`${gpo}/gpt.ini`);
    writeFileSync(ini, '[General]\r\nVersion=7\r\n');
    const { exitCode, stdout } = await run(`policy file ${file} --repair --in-place --json`);
    expect([exitCode, JSON.parse(stdout).written]).toEqual([0, { file, kept: `${file}.old`, otherNames: 0, version }]);
    expect(readFileSync(ini, 'latin1')).toContain(`${expected}\r\n`);
    expect(readdirSync(folder(gpo)).sort()).toEqual(['Machine', 'gpt.ini']);
    // Again there is nothing to repair, and nothing to tell anybody.
    await run(`policy file ${file} --repair --in-place`);
    expect(readFileSync(ini, 'latin1')).toContain(`${expected}\r\n`);
  });

  it('in place leaves all as it was where the version cannot be raised', async () => {
    mkdirSync(folder('closed/Machine'), { recursive: true });
    mkdirSync(folder('closed/gpt.ini'));
    const file = writePol('closed/Machine/Registry.pol', orderSetting(text));
    const before = readFileSync(file);
    const { exitCode, stderr } = await run(`policy file ${file} --repair --in-place`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('gpt.ini')]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(['Registry.pol']);
  });

  it('refuses what it cannot do or read, with 2, and writes nothing', async () => {
    const file = writePol('h.pol', orderSetting(text));
    const names = readdirSync(dirname(file));
    writeFileSync(folder('h.pol'), readFileSync(file).subarray(0, -3));
    const damaged = await run(`policy file ${file} --repair --in-place`);
    expect(damaged.exitCode).toBe(2);
    expect(damaged.stderr).toContain('offset');
    for (const words of ['--repair', '--in-place', `--repair --in-place --out ${folder('i.pol')}`]) {
      expect((await run(`policy file ${file} ${words}`)).exitCode).toBe(2);
    }
    expect((await run(`policy file ${folder('nothing.pol')}`)).exitCode).toBe(2);
    expect(readdirSync(dirname(file))).toEqual(names);
  });
});
