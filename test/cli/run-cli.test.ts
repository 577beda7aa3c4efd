import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadNativeBinding } from '../../lib/binding/load-native-binding';
import { runCli } from '../../lib/cli/run-cli';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../lib/registry-files/registry-value';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(commandLine: string, more: { stdin?: string; args?: string[] } = {}) {
  const [out, err] = [[] as string[], [] as string[]];
  const exitCode = await runCli({
    argv: [...commandLine.split(' '), ...(more.args ?? [])],
    locale: 'en',
    colour: false,
    loadBinding: loadNativeBinding,
    write: (text) => out.push(text),
    writeError: (text) => err.push(text),
    readStdin: async () => Buffer.from(more.stdin ?? ''),
    ask: undefined,
  });
  return { exitCode, stdout: out.join(''), stderr: err.join('') };
}

const machine = '--simulate win10-1607-ws2016';
const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

function writeExport(names: readonly string[]): string {
  const file = join(folder, 'server42.reg');
  writeFileSync(
    file,
    writeRegFile([
      { kind: 'key', key },
      { kind: 'value', name: 'Functions', value: encodeMultiString(names) },
    ]),
  );
  return file;
}

describe('the command line', () => {
  it('goes from DHE offered to not offered and back, with the codes of the profile', async () => {
    const state = `--state ${join(folder, 'machine.json')}`;
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(1);
    expect((await run(`disable --dry-run ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(1);
    expect((await run(`disable --exit-codes installer ${machine} ${state}`)).exitCode).toBe(3010);
    expect((await run(`disable --exit-codes installer ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`restore ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(1);
    expect((await run(`restore 20000101T000000Z ${machine} ${state}`)).exitCode).toBe(2);
  });

  it('says what a policy should hold, and changes nothing', async () => {
    const { exitCode, stdout } = await run(`disable ${machine} --simulate-policy`, {
      args: ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA、TLS_RSA_WITH_AES_128_CBC_SHA'],
    });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('\nTLS_RSA_WITH_AES_128_CBC_SHA\n');
  });

  it('ends with 4 without administrator rights, and with 6 off Windows', async () => {
    expect((await run(`disable ${machine} --not-elevated`)).exitCode).toBe(4);
    const { exitCode, stderr } = await run('status');
    if (process.platform !== 'win32') {
      expect(exitCode).toBe(6);
      expect(stderr).toContain('simulation');
    }
  });

  it('writes the edit for the machine of an export, and reads it back clean', async () => {
    const file = writeExport(['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA']);
    const fixed = join(folder, 'fixed.reg');
    expect((await run(`status --check --from ${file}`)).exitCode).toBe(1);
    expect((await run(`disable --from ${file} --out ${fixed}`)).exitCode).toBe(0);
    expect((await run(`status --check --from ${fixed}`)).exitCode).toBe(0);
  });

  it('reads a snapshot back as the same configuration', async () => {
    const [saved, again] = [join(folder, 'a.json'), join(folder, 'b.json')];
    await run(`status ${machine} --save ${saved}`);
    await run(`status --from ${saved} --save ${again}`);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(saved, 'utf8'));
    writeFileSync(saved, readFileSync(saved, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 9'));
    const { exitCode, stderr } = await run(`status --from ${saved}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('$.schemaVersion');
  });

  it('refuses what is not an input of ours with 2, and writes nothing', async () => {
    const foreign = join(folder, 'foreign.json');
    writeFileSync(foreign, '{"a":1}');
    expect((await run(`disable ${machine} --state ${foreign}`)).exitCode).toBe(2);
    expect(readFileSync(foreign, 'utf8')).toBe('{"a":1}');
    const out = join(folder, 'out.reg');
    expect((await run(`disable --from ${foreign} --out ${out}`)).exitCode).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect((await run(`status --from ${join(folder, 'none.reg')}`)).exitCode).toBe(2);
    expect((await run('status --exit-codes installer --nonsense')).exitCode).toBe(87);
  });

  it('prints the corrected policy text alone, from an argument or stdin', async () => {
    const { stdout, stderr } = await run('policy text -', {
      stdin: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA、TLS_RSA_WITH_AES_128_CBC_SHA\r\n',
    });
    expect(stdout).toBe('TLS_RSA_WITH_AES_128_CBC_SHA\n');
    expect(stderr).toContain('position 32');
    expect((await run('policy text TLS_DHE_RSA_WITH_AES_128_CBC_SHA')).exitCode).toBe(8);
  });

  it('prints JSON in ASCII alone, in either language', async () => {
    const { stdout } = await run(`status --json --language ja ${machine}`);
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, kind: 'status', verdict: 'dhe-offered' });
  });
});
