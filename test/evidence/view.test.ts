/** What a person is shown: in both languages, within 80 columns, and nothing that a spreadsheet or a terminal would obey. */
import { mkdirSync, writeFileSync } from 'node:fs';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { run, useFolder } from '../cli/run';

const folder = useFolder();
const fixtures = 'test/fixtures/evidence';
const formula = '=HYPERLINK("http://a")';

const row = (name: string, address: string) =>
  JSON.stringify({
    ts: 1_795_511_104,
    'id.orig_h': address,
    'id.resp_h': '2001:db8:1111:2222:3333:4444:5555:6666',
    'id.resp_p': 65_535,
    server_name: name,
    version: 'TLSv12',
    cipher: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
    established: true,
  });

describe.each(['en', 'ja'])('in %s', (language) => {
  it('tables fit 80 columns', async () => {
    writeFileSync(
      folder('ssl.log'),
      Array(5_000).fill(row('a-very-long-name.of-some-service.example', '192.0.2.1')).join('\n'),
    );
    for (const words of [`${fixtures} ${folder('ssl.log')}`, `--before ${fixtures} --after ${folder('ssl.log')}`]) {
      const { stdout } = await run(`evidence ${words} --language ${language} --simulate ws2022`);
      // A table has two blanks somewhere; sentences are as long as they are.
      const wide = stdout.split('\n').filter((line) => / {2}/.test(line) && stringWidth(line) > 80);
      expect(wide).toEqual([]);
      expect(stdout.length).toBeGreaterThan(500);
    }
  });

  it('names a few of the files that are none, a line each, and shows no table of nothing', async () => {
    mkdirSync(folder('none'), { recursive: true });
    for (let index = 0; index < 9; index += 1) writeFileSync(folder(`none/note${index}.txt`), 'Nothing of the kind.');
    const { stdout } = await run(`evidence ${folder('none')} --language ${language}`);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(-6, -5)).toEqual([expect.stringContaining('9')]);
    expect(lines.slice(-5).every((line) => line.endsWith('.txt (other-text)'))).toBe(true);
    expect(lines.length).toBe(8);
  });

  it('says which addresses are whose, and what follows', async () => {
    const { stdout } = await run(`evidence ${folder('ssl.log')} --local 192.0.2.1 --language ${language}`);
    expect(stdout).toContain(language === 'en' ? 'server' : 'サーバー');
    expect(stdout).toContain('…ome-service.example');
  });
});

it('a name is no formula and no escape sequence', async () => {
  writeFileSync(
    folder('names.log'),
    [
      row(formula, '192.0.2.1'),
      row('a\u001b[31m\u202eb,"c"', '192.0.2.1'),
      row('a;=1;b', '192.0.2.1'),
      row('＝1+1', '192.0.2.1'),
    ].join('\n'),
  );
  const { stdout } = await run(`evidence ${folder('names.log')} --csv`);
  const lines = stdout.trim().split('\n');
  expect(lines[0]).toMatch(/^role,client,server,port,name,seen,DHE,ECDHE,RSA,TLS 1\.3,/);
  expect(stdout).toContain(`"'=HYPERLINK(""http://a"")"`);
  expect(stdout).toContain(",a;'=1;b,");
  expect(stdout).toContain(",'＝1+1,");
  expect(stdout).toContain('"a\\x1b[31m\\u202eb,""c"""');
  const shown = await run(`evidence ${folder('names.log')} --local 192.0.2.1`);
  expect(shown.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});

it.each([
  ['192.0.2.1', 0, '198'],
  ['2001:DB8:0:0::1', 0, ''],
  ['web1', 2, '"web1"'],
  ['300.1.1.1', 2, '192.0.2.10'],
])('%s as an address of this machine ends with %i', async (address, code, text) => {
  writeFileSync(folder('one.log'), row('a.example', address.includes(':') ? '2001:db8::1' : '192.0.2.1'));
  const { exitCode, stdout, stderr } = await run(`evidence ${folder('one.log')} --local ${address} --json`);
  expect(exitCode).toBe(code);
  if (code === 0) expect(JSON.parse(stdout).peers).toMatchObject([{ role: 'client' }]);
  else expect(`${stdout}${stderr}`.replaceAll('\\', '')).toContain(text);
});

it('a file that is meant twice counts once', async () => {
  mkdirSync(folder('twice'), { recursive: true });
  writeFileSync(folder('twice/a.log'), row('a.example', '192.0.2.1'));
  const names = [folder('twice'), folder('twice/a.log'), folder('twice/../twice/*.log')];
  const { stdout } = await run('evidence --json', { args: names });
  expect(JSON.parse(stdout)).toMatchObject({ totals: { seen: 1 }, sources: [{ source: folder('twice/a.log') }] });
});

it('what it printed itself is told to be another document', async () => {
  const { stdout } = await run(`evidence ${fixtures} --json`);
  writeFileSync(folder('own.json'), stdout);
  expect((await run(`evidence ${folder('own.json')}`)).stderr).toContain('found another document');
});

it('ends as was asked', async () => {
  expect((await run(`evidence ${fixtures} --check --quiet`)).exitCode).toBe(1);
  writeFileSync(
    folder('none.log'),
    '#Fields: date time c-ip crypt-keyexchange\n2026-11-24 00:00:04 198.51.100.7 ae06\n',
  );
  expect((await run(`evidence ${folder('none.log')} --check`)).exitCode).toBe(0);
  writeFileSync(folder('plain.log'), '#Fields: date time c-ip\n2026-11-24 00:00:04 198.51.100.7\n');
  expect((await run(`evidence ${folder('plain.log')} --check`)).exitCode).toBe(10);
  expect((await run(`evidence ${folder('*.log')} --check`)).exitCode).toBe(1);
  expect((await run(`evidence ${folder('*.nothing')}`)).exitCode).toBe(2);
  expect((await run('evidence -', { stdin: '#Fields: date time c-ip crypt-keyexchange\n' })).exitCode).toBe(0);
});
