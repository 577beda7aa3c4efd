/** Public cases in which cipher suite lists went wrong; `test/fixtures/field` names the source of each. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configuredList } from '../../lib/configuration/configuration';
import { readRegExport } from '../../lib/configuration/offline-configuration';
import { RegistryType } from '../../lib/registry-files/registry-value';
import { run, useFolder } from './run';

const folder = useFolder();
const field = 'test/fixtures/field';
const text = (file: string) => readFileSync(`${field}/${file}`, 'utf8').trim();
const catalog = new Set<string>(
  JSON.parse(readFileSync('test/fixtures/cipher-catalog.json', 'utf8')).suites.map(
    ({ name }: { name: string }) => name,
  ),
);

async function status(words: string, args: readonly string[] = []) {
  const { exitCode, stdout } = await run(`status --check ${words}`, { args });
  const document = JSON.parse((await run(`status --json ${words}`, { args })).stdout);
  const findings = document.findings as { id: string; severity: string; message: string }[];
  return { exitCode, stdout, document, findings, ids: findings.map(({ id }) => id) };
}

const find = (findings: Awaited<ReturnType<typeof status>>['findings'], id: string) =>
  findings.find((finding) => finding.id === id);

describe('1: a local list as REG_SZ', () => {
  const here = `${field}/1-local-list-as-reg-sz`;

  it.each([
    ['local-with-dhe.reg', 1, 'dhe-offered', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
    ['local-no-dhe.reg', 10, 'unknown', 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
  ])('%s is an error, shows its names, and gets a REG_MULTI_SZ edit', async (file, exitCode, verdict, name) => {
    const shown = await status(`--from ${here}/${file}`);
    expect(shown).toMatchObject({ exitCode, document: { verdict } });
    expect(find(shown.findings, 'local-wrong-type')).toMatchObject({ severity: 'error' });
    expect((await run(`status --all --from ${here}/${file}`)).stdout).toContain(name);
    expect(shown.stdout).toContain('--out fixed.reg');

    const fixed = folder(`fixed-${file}`);
    expect(await run(`disable --from ${here}/${file}`)).toMatchObject({ exitCode: 0 });
    expect((await run(`disable --from ${here}/${file} --out ${fixed}`)).exitCode).toBe(0);
    const configuration = readRegExport(readFileSync(fixed), fixed);
    expect(configuration.layers.local.value?.type).toBe(RegistryType.multiString);
    const before: string[] = shown.document.listed;
    const after = before.filter((one) => !one.startsWith('TLS_DHE_'));
    expect(configuredList(configuration, 'local')).toEqual(after);
  });
});

describe('3: the guard on Windows 8.1 with names of later versions', () => {
  const here = `${field}/3-guard-counts-unsupported-names`;
  const machine = '--simulate win8.1-2012r2';

  it('refuses a live change, and leaves the machine as it was', async () => {
    const state = folder('machine.json');
    copyFileSync(`${here}/machine.json`, state);
    const before = (await status(`${machine} --state ${state}`)).document.listed;
    const { exitCode, stderr } = await run(`disable ${machine} --state ${state} --strict --yes`);
    expect([exitCode, stderr]).toEqual([8, expect.stringContaining('No suite would be left that works there')]);
    expect((await run(`disable ${machine} --state ${state} --yes`)).exitCode).toBe(8);
    const after = await status(`${machine} --state ${state}`);
    expect(after.document.listed).toEqual(before);
    expect(after.ids).toContain('unsupported-suites');
  });

  it.each(['', ' --strict'])('writes no edit for such a machine%s', async (strict) => {
    const out = folder('refused.reg');
    const from = `${here}/2012r2-with-2016-names.reg`;
    expect((await run(`disable --from ${from}${strict} --out ${out}`)).exitCode).toBe(8);
    expect(existsSync(out)).toBe(false);
  });

  it('prints no policy that leaves nothing', async () => {
    const args = [text('3-guard-counts-unsupported-names/policy-leaves-nothing.txt')];
    const { exitCode, stdout } = await run(`disable ${machine} --simulate-policy`, { args });
    expect([exitCode, stdout]).toEqual([8, '']);
    const { stdout: printed, exitCode: code } = await run('policy text --windows win8.1-2012r2', { args });
    expect([code, printed]).toEqual([8, '']);
  });

  it('tells what a policy costs that leaves RSA alone', async () => {
    const args = [text('3-guard-counts-unsupported-names/policy-leaves-only-rsa.txt')];
    const { exitCode, stdout } = await run(`disable ${machine} --simulate-policy`, { args });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('No ECDHE suite would be left');
    expect(stdout).toContain('last forward-secret GCM suites');
  });
});

describe('4: names with a curve on Windows 10', () => {
  it('says that none works for sure, and what to write', async () => {
    const { stdout, findings, document } = await status('--simulate win10-20h2 --simulate-policy', [
      text('4-curve-suffix-on-windows-10/policy.txt'),
    ]);
    expect(stdout.split('\n')[0]).toContain('6 listed, none works on Windows 10 21H2, 6 may work');
    expect(find(findings, 'curve-suffixes')).toMatchObject({
      severity: 'error',
      message: expect.stringContaining('TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P384 -> TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'),
    });
    for (const { name, message } of document.effects) expect(message).toBe(`may work: write ${name.slice(0, -5)}`);
  });

  it('counts what works of a list in which some names have one', async () => {
    const { stdout, findings } = await status(`--from ${field}/4-curve-suffix-on-windows-10/ws2016-local.reg`);
    expect(stdout.split('\n')[0]).toMatch(/10 listed, 4 work on .*Server 2016, 6 may work/);
    expect(find(findings, 'curve-suffixes')).toMatchObject({ severity: 'warning' });
  });

  it('knows nothing of them where the version is not known, and does once it is named', async () => {
    const from = `--from ${field}/4-curve-suffix-on-windows-10/skype-policy.reg`;
    expect((await status(from)).ids).not.toContain('curve-suffixes');
    expect((await status(`${from} --windows ws2022`)).ids).toContain('curve-suffixes');
    expect((await status(`${from} --windows win8.1-2012r2`)).ids).not.toContain('curve-suffixes');
  });
});

describe('6: other files than a list', () => {
  const files = readdirSync(join(field, '6-policy-text-takes-anything')).filter((file) => file !== 'README');

  it.each(files)('%s gives its list or nothing', async (file) => {
    const { exitCode, stdout } = await run(`policy text --file ${field}/6-policy-text-takes-anything/${file}`);
    if (exitCode !== 0) {
      expect(stdout).toBe('');
      return;
    }
    const names = stdout.trimEnd().split(',');
    for (const name of names) expect(catalog).toContain(name);
    // Format-Table breaks a long value where the column ends, also inside a name.
    const wanted = text(`6-policy-text-takes-anything/${file}`).replace(/\n {20,}/g, '');
    const inside = [...catalog].filter((name) => new RegExp(`(?<![A-Z0-9_])${name}(?![A-Z0-9_])`).test(wanted));
    expect(names).toEqual(expect.arrayContaining(inside.filter((name) => !name.startsWith('TLS_DHE_'))));
  });
});

describe('7: blanks after the commas', () => {
  it.each([
    ['--simulate win10-1809-ws2019 --simulate-policy', 'variant-with-dhe.txt'],
    ['--simulate win11-22h2 --simulate-mdm', 'mdm-with-commas.txt'],
  ])('are no good news: %s %s', async (words, file) => {
    const shown = await status(words, [text(`7-blank-after-comma/${file}`)]);
    expect(shown).toMatchObject({ exitCode: 10, document: { verdict: 'unknown', doubt: 'malformed' } });
    expect(find(shown.findings, 'policy-text-malformed')).toMatchObject({ severity: 'error' });
  });

  it('are repaired', async () => {
    const { exitCode, stdout } = await run(`policy text --file ${field}/7-blank-after-comma/azure-stack-edge.txt`);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`${text('7-blank-after-comma/azure-stack-edge.txt').replaceAll(/[\s"]/g, '')}\n`);
  });
});

describe('9: names as OpenSSL has them', () => {
  it.each([
    ['policy.txt', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    ['colons.txt', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  ])('%s is refused with the translation offered, and translated on request', async (file, translated) => {
    const words = `policy text --file ${field}/9-openssl-names/${file}`;
    const { exitCode, stdout, stderr } = await run(words);
    expect([exitCode, stdout]).toEqual([8, '']);
    expect(stderr).toContain('Schannel knows none of the names');
    for (const name of translated.split(',')) expect(stderr).toContain(`Schannel calls it ${name}`);
    expect(await run(`${words} --translate`)).toMatchObject({ exitCode: 0, stdout: `${translated}\n` });
  });

  it('as a policy in force are unknown', async () => {
    const shown = await status('--simulate ws2022 --simulate-policy', [text('9-openssl-names/policy.txt')]);
    expect(shown).toMatchObject({ exitCode: 10, document: { doubt: 'no-known-name' } });
    expect(shown.ids).toContain('nothing-works-here');
  });
});

it('10: the \\0 that reg query prints is a separator', async () => {
  expect(await run(`policy text --file ${field}/10-reg-query-zero/text.txt`)).toMatchObject({
    exitCode: 0,
    stdout: 'TLS_AES_256_GCM_SHA384,TLS_AES_128_GCM_SHA256\n',
  });
});

it('13: DHE that is switched off by its key gets one answer', async () => {
  const { exitCode, stdout, findings, ids } = await status(`--from ${field}/13-diffie-hellman-off/dh0.reg`);
  expect(exitCode).toBe(0);
  expect(ids).not.toContain('dhe-offered');
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(find(findings, 'diffie-hellman-disabled')?.message).toMatch(/configured, and switched off.*Enabled = 0/);
  expect(stdout.split('\n')[0]).toContain('No DHE suite is offered');
  const dheLines = stdout.split('\n').filter((line) => /^\d+ +TLS_DHE_/.test(line));
  expect(dheLines.length).toBeGreaterThan(0);
  for (const line of dheLines) expect(line).toMatch(/no effect: Diffie-Hellman Enabled=0$/);
});

describe('5: a policy without the local list', () => {
  it.each(['lithnet.reg', 'scom.reg'])('%s gets its corrected policy', async (file) => {
    const from = `--from ${field}/5-policy-only-reg-and-disable/${file}`;
    expect((await status(from)).stdout).toContain('prints the corrected policy text');
    const { exitCode, stdout } = await run(`disable ${from}`);
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,/m);
    expect(stdout).not.toContain('TLS_DHE_');
  });
});

it('5: the place of a policy for 32-bit programs is named as without effect', async () => {
  const { findings, document } = await status(`--from ${field}/5-policy-only-reg-and-disable/lithnet.reg`);
  expect(find(findings, 'policy-without-effect')?.message).toMatch(/WOW6432Node.*has no effect.*3 DHE suites/);
  expect(document.governance.layer).toBe('groupPolicy');
});

describe('11: two exports joined', () => {
  it.each(['copy-b.reg', 'more-plus-1.reg'])('%s is one machine', async (file) => {
    const { document, ids } = await status(`--from ${field}/11-two-exports-joined/${file}`);
    expect(document.governance).toMatchObject({ layer: 'groupPolicy', certain: true });
    expect(document.dheSuites).toHaveLength(9);
    expect(ids).toContain('dhe-in-overridden-list');
  });
});

describe('other forms than a .reg file', () => {
  const here = `${field}/6-policy-text-takes-anything`;

  it.each(['b.bat', 'd-reg-query.txt', 'e-lgpo.txt', 'g.PolicyRules', 'h-gpttmpl.inf', 'c-get-tlsciphersuite.txt'])(
    '%s offers DHE, from a file and from stdin',
    async (file) => {
      expect(await status(`--from ${here}/${file}`)).toMatchObject({
        exitCode: 1,
        document: { verdict: 'dhe-offered' },
      });
      const stdin = readFileSync(`${here}/${file}`);
      expect((await run('status --check --from -', { stdin })).exitCode).toBe(1);
    },
  );

  it.each([
    ['minutes of a meeting', 'We met on Monday. Bob says TLS_RSA_WITH_AES_128_CBC_SHA is old and should go.'],
    ['a package', '{"name": "x", "version": "1.0.0"}'],
    [
      'a computed value',
      'reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002" /v Functions /d "%LIST%"',
    ],
    ['a cut list', 'Functions : {TLS_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_WITH_AES_256_CBC_SHA...}'],
    ['an archive', 'PK\u0003\u0004'],
  ])('%s is refused everywhere', async (_, stdin) => {
    for (const words of ['policy text', 'status --from -', 'disable --from -']) {
      expect(await run(words, { stdin })).toMatchObject({ exitCode: 2, stdout: '' });
    }
  });

  it('takes several files of one machine, and names what two of them contradict', async () => {
    const two = `--from ${here}/d-reg-query.txt --from ${here}/b.bat`;
    expect((await status(two)).document.governance.layer).toBe('groupPolicy');
    const { exitCode, stderr } = await run(`status ${two} --from ${here}/e-lgpo.txt`);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/e-lgpo\.txt.*other files of that machine.*Policies/);
  });

  it('joins the files that the advised commands make', async () => {
    const write = (name: string, ...lines: readonly string[]) => {
      writeFileSync(folder(name), `${lines.join('\r\n')}\r\n`);
      return `--from ${folder(name)}`;
    };
    const control = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control';
    const reg = 'Windows Registry Editor Version 5.00';
    const files = [
      write(
        'a.reg',
        reg,
        `[${control}\\Cryptography]`,
        `[${control}\\Cryptography\\Configuration\\Local\\SSL\\00010002]`,
        `"Functions"=hex(7):${hexOf(['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_GCM_SHA256'])}`,
      ),
      write('b.reg', reg, '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft]'),
      write(
        'c.reg',
        reg,
        `[${control}\\SecurityProviders\\SCHANNEL]`,
        `[${control}\\SecurityProviders\\SCHANNEL\\Hashes\\MD5]`,
        '"Enabled"=dword:00000000',
      ),
      write(
        'd.txt',
        'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
        '    CurrentBuildNumber    REG_SZ    20348',
        '    UBR    REG_DWORD    0x1',
      ),
    ];
    const { document, ids } = await status(files.join(' '));
    expect(document).toMatchObject({
      verdict: 'dhe-offered',
      version: 'ws2022',
      governance: { certain: true, layer: 'local' },
    });
    expect(ids).not.toContain('layer-not-in-export');
    // Nothing tells of a layer, and a file that contradicts another is named.
    expect((await run(`status ${files.slice(2).join(' ')}`)).exitCode).toBe(2);
    const other = write(
      'e.reg',
      reg,
      `[${control}\\SecurityProviders\\SCHANNEL\\Hashes\\MD5]`,
      '"Enabled"=dword:ffffffff',
    );
    expect((await run(`status ${files.join(' ')} ${other}`)).stderr).toMatch(/e\.reg.*another value in .*MD5/);
  });
});

function hexOf(names: readonly string[]): string {
  const bytes = Buffer.from(`${names.join('\0')}\0\0`, 'utf16le');
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(',');
}
