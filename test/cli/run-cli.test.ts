import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ja } from '../../lib/messages/ja';
import { readRegFile, writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../lib/registry-files/registry-value';
import { registryPlaces } from '../../lib/windows/registry-places';
import { run, useFolder } from './run';

const file = useFolder();
const machine = '--simulate win10-1607-ws2016';
const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';

function writeExport(names: readonly string[]): string {
  const path = file('server42.reg');
  writeFileSync(
    path,
    writeRegFile([
      { kind: 'key', key },
      { kind: 'value', name: 'Functions', value: encodeMultiString(names) },
    ]),
  );
  return path;
}

describe('the command line', () => {
  it('goes from DHE offered to not offered and back, with the codes of the profile', async () => {
    const state = `--state ${file('machine.json')}`;
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(1);
    expect((await run(`disable --dry-run ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(1);
    expect((await run(`disable --yes --exit-codes installer ${machine} ${state}`)).exitCode).toBe(3010);
    expect((await run(`disable --yes --exit-codes installer ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(0);
    const dry = await run(`restore --dry-run --not-elevated ${machine} ${state}`);
    expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Dry run: .*\nTLS_DHE_/) });
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`restore --yes ${machine} ${state}`)).exitCode).toBe(0);
    expect((await run(`status --check ${machine} ${state}`)).exitCode).toBe(1);
    expect((await run(`restore 20000101T000000Z --yes ${machine} ${state}`)).exitCode).toBe(2);
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
      expect(stderr).toContain('--simulate');
    }
  });

  it('writes the edit for the machine of an export, and reads it back clean', async () => {
    const path = writeExport(['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA']);
    const fixed = file('fixed.reg');
    expect((await run(`status --check --from ${path}`)).exitCode).toBe(1);
    expect((await run(`disable --from ${path} --out ${fixed}`)).exitCode).toBe(0);
    // The edit alone does not tell whether a policy stands before the list that it writes.
    expect(JSON.parse((await run(`status --json --from ${fixed}`)).stdout)).toMatchObject({
      verdict: 'unknown',
      doubt: 'governing-layer-uncertain',
      dheSuites: [],
    });
    const whole = file('whole.reg');
    const policies = [registryPlaces.groupPolicy, registryPlaces.mdm].map(
      (place) => ({ kind: 'key', key: `HKEY_LOCAL_MACHINE\\${place.key}` }) as const,
    );
    writeFileSync(
      whole,
      writeRegFile([
        ...policies,
        { kind: 'key', key },
        ...[...readRegFile(readFileSync(fixed), fixed)].flatMap((entry) => (entry.kind === 'value' ? [entry] : [])),
      ]),
    );
    expect((await run(`status --check --from ${whole}`)).exitCode).toBe(0);
  });

  it('reads a snapshot back as the same configuration', async () => {
    const [saved, again] = [file('a.json'), file('b.json')];
    await run(`status ${machine} --save ${saved}`);
    await run(`status --from ${saved} --save ${again}`);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(saved, 'utf8'));
    writeFileSync(saved, readFileSync(saved, 'utf8').replace('"schemaVersion": 1', '"schemaVersion": 9'));
    const { exitCode, stderr } = await run(`status --from ${saved}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('$.schemaVersion');
  });

  it('reads a snapshot of the first version, which knows of one SCHANNEL key', async () => {
    const saved = file('first.json');
    await run(`status ${machine} --save ${saved}`);
    const { schannel, stateProblems, ...first } = JSON.parse(readFileSync(saved, 'utf8'));
    expect([schannel.seen, stateProblems]).toEqual(['all', []]);
    const write = (enabled: number | null) =>
      writeFileSync(saved, JSON.stringify({ ...first, diffieHellman: { ...first.diffieHellman, enabled } }));
    write(null);
    expect((await run(`status --check --from ${saved}`)).exitCode).toBe(1);
    write(0);
    expect(await run(`status --check --from ${saved}`)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('no effect: Diffie-Hellman Enabled=0'),
    });
  });

  it('refuses what is not an input of ours with 2, and writes nothing', async () => {
    const foreign = file('foreign.json');
    writeFileSync(foreign, '{"a":1}');
    expect((await run(`disable ${machine} --state ${foreign}`)).exitCode).toBe(2);
    expect(readFileSync(foreign, 'utf8')).toBe('{"a":1}');
    const out = file('out.reg');
    expect((await run(`disable --from ${foreign} --out ${out}`)).exitCode).toBe(2);
    expect(existsSync(out)).toBe(false);
    expect((await run(`status --from ${file('none.reg')}`)).exitCode).toBe(2);
    expect((await run('status --exit-codes installer --nonsense')).exitCode).toBe(87);
  });

  it('prints the corrected policy text alone, from an argument or stdin', async () => {
    const { stdout, stderr } = await run('policy text -', {
      stdin: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA、TLS_RSA_WITH_AES_128_CBC_SHA\r\n',
    });
    expect(stdout).toBe('TLS_RSA_WITH_AES_128_CBC_SHA\n');
    expect(stderr).toMatch(/^1 +32 +"、" +wrong separator, replaced$/m);
    expect((await run('policy text TLS_DHE_RSA_WITH_AES_128_CBC_SHA')).exitCode).toBe(8);
  });

  it('prints JSON in ASCII alone, in either language', async () => {
    const { stdout } = await run(`status --json --language ja ${machine}`);
    expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, kind: 'status', verdict: 'dhe-offered' });
  });

  it('never replaces its own input, and leaves no draft behind', async () => {
    const path = writeExport(['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA']);
    const before = readFileSync(path);
    const { exitCode, stderr } = await run(`disable --from ${path} --out ${path}`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('the same file')]);
    expect(readFileSync(path)).toEqual(before);
    expect(await run(`disable --from ${path} --out ${dirname(path)}/none/out.reg`)).toMatchObject({ exitCode: 2 });
    await run(`disable --from ${path} --out ${file('drafts.reg')}`);
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('cleans the local list under a policy when asked to, and still says that the policy offers DHE', async () => {
    const words = `--simulate ws2022 --state ${file('policy.json')} --simulate-policy`;
    const policy = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_CBC_SHA'];
    expect((await run(`disable --local-list --yes ${words}`, { args: policy })).exitCode).toBe(3);
    const { stdout } = await run(`status --json ${words}`, { args: policy });
    const ids = (JSON.parse(stdout).findings as { id: string }[]).map(({ id }) => id);
    expect(ids).toContain('governed-by-group-policy');
    expect(ids).not.toContain('dhe-in-overridden-list');
  });

  it('refuses with --strict what it would only warn of', async () => {
    const words = `--simulate win8.1-2012r2 --state ${file('strict.json')}`;
    expect((await run(`disable --strict ${words}`)).exitCode).toBe(8);
    expect((await run(`status --check ${words}`)).exitCode).toBe(1);
    expect((await run(`disable --yes ${words}`)).exitCode).toBe(0);
  });

  it('asks at a terminal, and takes anything but yes as no', async () => {
    const words = `--simulate ws2022 --state ${file('ask.json')}`;
    expect((await run(`disable ${words}`, { answer: 'n' })).stdout).toContain('Nothing was changed');
    expect((await run(`status --check ${words}`)).exitCode).toBe(1);
    expect((await run(`disable ${words}`, { answer: 'y' })).exitCode).toBe(0);
    expect((await run(`status --check ${words}`)).exitCode).toBe(0);
  });

  it('refuses a file of 100 MB and names with a NUL with one sentence', async () => {
    writeFileSync(file('huge.reg'), '');
    truncateSync(file('huge.reg'), 100 * 1024 * 1024);
    const { exitCode, stderr } = await run(`status --from ${file('huge.reg')}`);
    expect([exitCode, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain('104857600');
    expect((await run('status --from a\0b')).exitCode).toBe(2);
    expect((await run(`restore a\0b --yes ${machine}`)).exitCode).toBe(2);
    expect(await run('policy text TLS_A\0B')).toMatchObject({ exitCode: 2, stdout: '' });
    const [one, other] = ['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA'];
    expect((await run(`policy text ${one}\0${other}\0`)).stdout).toBe(`${one},${other}\n`);
  });

  it('has colour on a terminal alone', async () => {
    const introducer = '\u001b[';
    expect((await run(`status ${machine}`, { colour: true })).stdout).toContain(introducer);
    expect((await run(`status --no-color ${machine}`, { colour: true })).stdout).not.toContain(introducer);
    expect((await run(`status ${machine}`)).stdout).not.toContain(introducer);
  });

  it('speaks Japanese, with wrong input too, and columns line up', async () => {
    const { stdout } = await run(`status --language ja ${machine}`);
    const counts = { listed: 32, works: 30, mayWork: 2, dhe: 9 };
    expect(stdout).toContain(ja.verdict['dhe-offered'](counts, 'Windows Server 2016'));
    expect(stdout).toContain('順位  暗号スイート');
    const { stderr } = await run(
      `status --language ja --from ${writeText('bad.reg', 'REGEDIT4\n[HKLM\\A]\n"x"=zzz\n')}`,
    );
    expect(stderr).toContain('bad.reg の 3 行目');
    expect((await run(`disable --language ja --not-elevated ${machine}`)).stderr).toContain('管理者');
  });

  it('counts the faults of a long text in one line, and tells each kind in a row of a table', async () => {
    const { stderr, stdout } = await run('policy text -', { stdin: 'TLS_RSA_WITH_AES_128_CBC_SHA、'.repeat(500) });
    const [summary, , ...rows] = stderr.split('\n\n')[0]?.trim().split('\n') ?? [];
    expect(summary).toBe('1000 faults in the text (--json lists each):');
    expect(rows.flatMap((row) => /^\d+/.exec(row)?.[0] ?? [])).toEqual(['500', '499', '1']);
    for (const line of stderr.split('\n\n')[0]?.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toBe('TLS_RSA_WITH_AES_128_CBC_SHA\n');
  });
});

function writeText(name: string, text: string): string {
  writeFileSync(file(name), text);
  return file(name);
}
