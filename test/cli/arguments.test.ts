/** What a command line may say, and how it is told what it may not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import stringWidth from 'fast-string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../lib/cli/run-cli';
import { languages } from '../../lib/messages/languages';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { registryPlaces } from '../../lib/windows/registry-places';
import { windowsVersionIds } from '../../lib/windows/versions';
import { makeBackup } from '../support/gpo';
import { orderSetting } from '../support/registry-pol';
import { run, useFolder } from './run';

const folder = useFolder();
const dheName = 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA';
const machine = '--simulate ws2022';

describe('a command line that cannot be followed', () => {
  it.each([
    ['', 'A command is missing'],
    ['policy', 'A command is missing'],
    ['nonsense', 'no command "nonsense"'],
    ['policy nonsense', 'no command "policy nonsense"'],
    ['status --chek', '"status" has no option --chek'],
    ['status -x', '"status" has no option -x'],
    ['status --from', '--from needs a value'],
    ['status --from --check', '--from needs a value'],
    ['status --check=yes', '--check takes no value'],
    ['status extra', 'one argument too many: "extra"'],
    ['status --exit-codes nagios', 'expected default, installer, msi, intune, found "nagios"'],
    ['suites --layer here', 'expected enumerated'],
    ['probe --listen 0', 'from 1 to 65535, found "0"'],
    ['probe x --timeout 0x10', 'seconds from 0.1 to 600'],
    ['probe', '<target> is missing'],
    ['policy file', '<file> is missing'],
    ['completion bash', 'expected powershell'],
    ['schema nothing', 'no schema "nothing"'],
    // What would be ignored.
    ['status --state x', '--state means nothing without --simulate'],
    ['status --not-elevated', '--not-elevated means nothing without --simulate'],
    [`status --from a.reg ${machine}`, '--simulate and --from exclude each other'],
    ['status --save a --save b', '--save is given more than once'],
    [`policy text A ${machine}`, '"policy text" uses no machine'],
    [`suites ${machine}`, '--simulate means nothing without --layer'],
    ['suites --from a.reg', '--from means nothing without --layer'],
    ['suites --layer local --windows ws2022', '--windows and --layer exclude each other'],
    ['disable --out b.reg', '--out means nothing without --from'],
    ['disable --from a.reg --out b.reg --dry-run', '--out and --dry-run exclude each other'],
    ['restore x --list', '--list and <backup> exclude each other'],
    ['restore --list --force', '--list and --force exclude each other'],
    ['policy text A --file b', '--file and <text> exclude each other'],
    ['policy text A --diff --json', undefined],
    ['policy file x --repair', '--repair means nothing without --out or --in-place'],
    ['policy file x --in-place', '--in-place means nothing without --repair'],
    ['policy scan x --out y', '--out means nothing without --repair'],
    ['policy local --repair --undo', '--repair and --undo exclude each other'],
    ['policy local --gpupdate', '--gpupdate means nothing without --repair or --undo'],
    ['policy local --undo --shorten', '--shorten and --undo exclude each other'],
    ['probe a --hosts b', '--hosts and <target> exclude each other'],
    ['probe a --measure 1 --hunt 1', '--hunt and --measure exclude each other'],
    ['probe a --address 0.0.0.0', '--address means nothing without --listen'],
    ['probe a --group-bits 2048', '--group-bits means nothing without --listen'],
    ['probe a --connections 3', '--connections means nothing without --listen'],
    ['probe a --key b', '--key means nothing without --cert'],
    ['probe a --passphrase-file b', '--passphrase-file means nothing without --cert'],
    ['probe a --unordered', '--unordered means nothing without --hosts'],
    ['probe a --resume b', '--resume means nothing without --hosts'],
    ['probe a --measure 1 --cert b', '--cert and --measure exclude each other'],
    ['probe a --measure 1 --tls 1.2', '--tls and --measure exclude each other'],
    ['probe --listen 1 --tls 1.2', '--listen and --tls exclude each other'],
    ['probe --listen 1 --server-name b', '--listen and --server-name exclude each other'],
    ['probe --hosts a --quiet', '--hosts and --quiet exclude each other'],
    ['probe a --tds --rdp', '--tds and --rdp exclude each other'],
    ['evidence', '<source> is missing'],
    ['evidence a --windows ws2022', '--windows means nothing without --from'],
    ['evidence a --tshark-command', '--tshark-command and <source> exclude each other'],
    ['evidence a --csv --json', undefined],
    ['evidence --before a', '--before means nothing without --after'],
    ['evidence c --before a --after b', '--before and <source> exclude each other'],
    ['evidence a b --nonsense', '"evidence" has no option --nonsense'],
    ['status --json --quiet', undefined],
  ])('%s', async (commandLine, sentence) => {
    const told = await run(commandLine);
    expect(told.exitCode).toBe(2);
    if (sentence !== undefined) {
      expect(told.stderr).toContain(sentence);
      expect(told.stdout).toBe('');
    }
    const { exitCode, stdout } = await run(`${commandLine} --json --exit-codes installer`);
    if (!commandLine.includes('--exit-codes')) expect(exitCode).toBe(87);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'error', outcome: 'bad-input', code: 'COMMAND_LINE' });
    if (sentence !== undefined) expect((await run(`${commandLine} --language ja`)).stderr).toMatch(/[ぁ-ん]/);
  });
});

it('takes options before and after the command, with a blank or an equals sign, and anything after --', async () => {
  const { stdout } = await run(`--json status ${machine}`);
  expect((await run(`status --simulate=ws2022 --json`)).stdout.replace(/"\d{4}-[^"]*"/g, '')).toBe(
    stdout.replace(/"\d{4}-[^"]*"/g, ''),
  );
  // An operand, and none that could be a suite: refused as a policy, not as an option.
  expect((await run('policy text -- --TLS_RSA_WITH_AES_128_CBC_SHA')).exitCode).toBe(2);
});

describe('help', () => {
  const commandLines = ['', 'policy', 'status', 'disable', 'restore', 'policy text', 'probe', 'evidence', 'completion'];

  it.each(commandLines)('%s --help, in every language, loads no run', async (command) => {
    for (const language of Object.keys(languages)) {
      const { exitCode, stdout, stderr } = await run(`${command} --help --language ${language}`);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toContain(`schannel-dhe ${command}`.trim());
      if (language === 'ja') expect(stdout).toMatch(/[ぁ-ん]/);
      else expect(stdout).toMatch(/^[\x20-\x7e\n]+$/);
    }
  });

  it.each([...commandLines, 'suites', 'policy file', 'policy local', 'policy scan', 'selfcheck', 'schema', 'explain'])(
    '%s --help has no line of more than 100 columns, and every value of every choice',
    async (command) => {
      for (const language of Object.keys(languages)) {
        const { stdout } = await run(`${command} --help --language ${language}`);
        expect(stdout.split('\n').filter((line) => stringWidth(line) > 100)).toEqual([]);
        if (stdout.includes('--simulate <')) for (const version of windowsVersionIds) expect(stdout).toContain(version);
      }
    },
  );

  it('names every outcome with its codes', async () => {
    expect((await run('--help')).stdout).toMatch(/ {2}undecided +10 +1603 +1603 +1\n/);
  });
});

describe('the examples in the help', () => {
  const here = process.cwd();
  const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';
  const files = {
    'server42.reg': `REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\${registryPlaces.local.key}]\n"Functions"=hex(7):${[rsa, dheName]
      .map(
        (name) =>
          `${Buffer.from(`${name}\0`)
            .toString('hex')
            .replace(/..(?!$)/g, '$&,')},`,
      )
      .join('')}00\n`,
    'order.txt': `${rsa},${dheName}`,
    'Registry.pol': writeRegistryPol([orderSetting(`${rsa},${dheName}`)]),
    'targets.txt': '127.0.0.1:9\n',
    'logs/ssl.log': zeekLog('200'),
    'old-logs/ssl.log': zeekLog('100'),
    'new-logs/ssl.log': zeekLog('300'),
    'Policies/{1}/Machine/Registry.pol': writeRegistryPol([orderSetting(`${rsa},${dheName}`)]),
  };

  beforeAll(async () => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(folder(name)), { recursive: true });
      writeFileSync(folder(name), content);
    }
    for (const name of ['old-records', 'records']) {
      mkdirSync(folder(name));
      writeFileSync(folder(`${name}/server42.json`), (await run('status --record --simulate ws2022')).stdout);
    }
    makeBackup(folder('gpos/{2}'), `${rsa},${dheName}`);
    process.chdir(folder(''));
    // What restore puts back.
    await run('disable --yes --simulate ws2022 --state machine.json');
  });
  afterAll(() => process.chdir(here));

  const all = commands.flatMap(({ name, machine: uses, examples }) => examples.map((line) => ({ name, uses, line })));

  it.each(all)('$line', async ({ name, uses, line }) => {
    expect((await run(`${name} --help`)).stdout).toContain(`\n  ${line}\n`);
    // What shells do before and behind it is theirs.
    const words = /schannel-dhe ([^|>]*[^|> ])/.exec(line)?.[1] ?? '';
    const argv = [...words.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    expect(argv.join(' ')).toMatch(new RegExp(`^${name}\\b`));
    const simulated = uses !== 'none' && !/--(from|windows|before)|evidence/.test(line);
    const { exitCode, stderr } = await run(simulated ? '--simulate ws2022 --state machine.json' : '', {
      args: argv,
      stdin: /^'(\{.*\})' \|/.exec(line)?.[1] ?? files['order.txt'],
      answer: 'y',
    });
    expect([0, 1, 10], stderr).toContain(exitCode);
  });
});

/** An ordinary connection. */
function zeekLog(second: string): string {
  const [fields, values] = [
    ['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p', 'version', 'cipher', 'established'],
    [`${second}.0`, 'C1', '192.0.2.1', '50000', '192.0.2.2', '443', 'TLSv12', dheName, 'T'],
  ].map((row) => row.join('\t'));
  return `#separator \\x09\n#path\tssl\n#fields\t${fields}\n${values}\n`;
}

it('says its version', async () => {
  const { version } = (await import('../../package.json')).default;
  expect(await run('--version')).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
  expect(JSON.parse((await run('--version --json')).stdout)).toMatchObject({ kind: 'version', version });
});

describe('--quiet', () => {
  it.each([
    [`status ${machine}`, 0, ''],
    [`status --check ${machine}`, 1, ''],
    [`disable --yes ${machine}`, 0, ''],
    ['policy text TLS_RSA_WITH_AES_128_CBC_SHA、TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 0, 'TLS_RSA_WITH_AES_128_CBC_SHA\n'],
  ])('%s says nothing that nobody needs', async (commandLine, exitCode, stdout) => {
    expect(await run(`${commandLine} --quiet`)).toEqual({ exitCode, stdout, stderr: '' });
  });

  it('keeps what went wrong', async () => {
    const { exitCode, stdout, stderr } = await run('status --quiet --from nowhere.reg');
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('nowhere.reg');
    const refused = await run('disable --quiet --yes --strict --simulate win8.1-2012r2');
    expect(refused.stderr).toContain('Refused');
  });
});
