/** Any bytes end in what they hold, or in one typed error; what speaks of DHE is never called clean. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { openConfiguration, policyTextOf } from '../../lib/inputs/open-configuration';
import { readInput, readInputText } from '../../lib/inputs/read-input';
import { judgePolicyText } from '../../lib/policy/judge-policy-text';

const field = join(__dirname, '..', 'fixtures', 'field');
it.each([
  ['a.reg', 'reg-file'],
  ['b.bat', 'script'],
  ['c-get-tlsciphersuite.txt', 'table'],
  ['d-reg-query.txt', 'reg-query'],
  ['e-lgpo.txt', 'lgpo'],
  ['f-hardeningkitty.csv', 'source'],
  ['g.PolicyRules', 'markup'],
  ['h-gpttmpl.inf', 'security-template'],
])('knows %s by its structure', (file, form) => {
  const bytes = readFileSync(join(field, '6-policy-text-takes-anything', file));
  expect(readInput(bytes, 'input').form).toBe(form);
});

const known = 'TLS_RSA_WITH_AES_128_CBC_SHA';

describe('a pasted text', () => {
  it.each([`${known}`, `${known},junk`, `${known};暗号①`, `- "${known}"\n- "TLS_X"`])(
    '%s is a list, faults and all',
    (text) => {
      expect(readInputText(text, 'text').form).toBe('list');
    },
  );

  it.each([`Use ${known}`, `${known} is old, and should go`, `We talk, and ${known} goes`, 'junk', `${known},a,b`])(
    '%s is none',
    (text) => {
      expect(() => readInputText(text, 'text')).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT', expected: 'input-form', found: 'other-text' }),
      );
    },
  );
});

const place = 'SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';

const reg = (...data: readonly string[]) =>
  data.map((one) => `reg add "HKLM\\${place}" /v Functions /d "${one}" /f`).join('\r\n');
const regFiles = (...data: readonly string[]) =>
  data
    .map(
      (one) => `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\${place}]\r\n"Functions"="${one}"\r\n`,
    )
    .join('\r\n');
const psPath = `HKLM:\\${place}`;
const xmlPolicy = (value: string, more = '') =>
  `<PolicyRules><ComputerConfig><Key>${place}</Key><Value>Functions</Value><RegType>REG_SZ</RegType><RegData>${value}</RegData></ComputerConfig>${more}</PolicyRules>`;

it.each([
  ['a line that a mail broke', `Computer\n${place}\nFunctions\nSZ:${known}\n,${dhe}\n`],
  [
    'a console that broke the line',
    `HKEY_LOCAL_MACHINE\\${place}\n    Functions    REG_SZ    ${known},TLS_D\nHE_RSA_WITH_AES_128_CBC_SHA\n`,
  ],
  ['a name that holds a control character', `"HKLM:\\${place}","Functions","${known},TLS_\u0001DHE_RSA_X"\n`],
  ['a sign of comments inside of a value', `x\n[HKEY_LOCAL_MACHINE\\${place}]\n"Functions"="${known},#TLS_X,${dhe}"\n`],
  ['a comment behind a name', `${known},\nTLS_RSA_WITH_AES_256_CBC_SHA # ${dhe}\n`],
  ['the export of another machine', regFiles(dhe, known)],
  ['another branch of a script', reg(dhe, known)],
  ['another branch of a script, first', reg(known, dhe)],
  ['a cmdlet with a computed value', `${reg(known)}\nSet-ItemProperty '${psPath}' Functions (Get-Content list.txt)\n`],
  ['a cmdlet with a computed name', `${reg(known)}\nSet-ItemProperty -Path '${psPath}' -Name $name -Value $value\n`],
  ['.NET with a computed value', `${reg(known)}\n$key.SetValue('Functions', $list)\n`],
  [
    'a list that grows',
    `$x = @('${known}')\n$x.Add('TLS_X')\nSet-ItemProperty -Path '${psPath}' -Name Functions -Value ($x -join ',')\n`,
  ],
  ['an uninstaller', `${reg(known)}\nreg delete "HKLM\\${place}" /v Functions /f\n`],
  ['a cmdlet that lets DHE back in', `${reg(known)}\nEnable-TlsCipherSuite -Name ${dhe}\n`],
  ['a reference to a character', xmlPolicy(known, `<X>TLS&#95;DHE&#x5f;RSA&#95;WITH_AES_128_CBC_SHA</X>`)],
  [
    'an escape of JSON',
    JSON.stringify({ a: [known], b: 'x' }).replace('"x"', '"TLS_\\u0044HE_RSA_WITH_AES_128_CBC_SHA"'),
  ],
  [
    'half of a list of ours',
    JSON.stringify({ kind: 'suite-list', layer: 'local', suites: [{ name: known, position: 1 }] }),
  ],
])('%s does not hide DHE', (_, text) => {
  let verdict: string;
  try {
    verdict = assess(openConfiguration(Buffer.from(text))).verdict;
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_INPUT' });
    return;
  }
  expect(verdict).not.toBe('no-dhe-offered');
});

it('text that cmd appended to UTF-16 is refused, and both parts are asked for', () => {
  const query = (key: string, name: string) => `HKEY_LOCAL_MACHINE\\${key}\r\n    Functions    REG_SZ    ${name}\r\n`;
  const wide = Buffer.from(`\ufeff${query(place, known)}`, 'utf16le');
  expect(assess(openConfiguration(wide)).verdict).toBe('no-dhe-offered');
  for (const more of [query(place, dhe), ` ${query(place, dhe)}`]) {
    expect(() => openConfiguration(Buffer.concat([wide, Buffer.from(more)]))).toThrow(
      expect.objectContaining({ expected: 'input-form', found: 'two-encodings' }),
    );
  }
});

it.each([
  ['a program', `const name = 'x';\nconst suites = ['${known}'];\nuse(suites, 'TLS_X', name);\n`],
  ['a page about the key', `The key is HKLM\\${place}. It may hold ${known}, or TLS_RSA_WITH_AES_256_CBC_SHA.`],
  [
    'the configuration of another server',
    `<Server><Connector ciphers="${known},TLS_RSA_WITH_AES_256_CBC_SHA"/></Server>`,
  ],
  [
    'the template of the setting',
    `<policyDefinitions><policy name="SSLCipherSuiteOrder" key="${place}"><elements><text id="Pol_CipherSuiteOrder" valueName="Functions"/></elements></policy></policyDefinitions>`,
  ],
  [
    'a value of which PowerShell wrote the type alone',
    `"Functions","PSPath"\n"System.String[]","Registry::HKEY_LOCAL_MACHINE\\${place}"\n`,
  ],
  ['a scan of ports', `443/tcp open https\n| ssl-enum-ciphers:\n|   TLSv1.2:\n|       ${known} (rsa 2048) - A\n`],
  ['a mail with quotes in it', `Hi,\nhere is what we have set:\n> ${known}\n> ${dhe}\nRegards\n`],
  ['commands that take suites away', `Disable-TlsCipherSuite -Name ${dhe}\nDisable-TlsCipherSuite -Name ${known}\n`],
  ['a prompt with DHE in it', `PS C:\\> Enable-TlsCipherSuite ${dhe}\n${known}\n`],
  ['minutes with a name', `We met, and ${known} should go.`],
])('%s is no list', (_, text) => {
  expect(() => policyTextOf(readInputText(text, 'text'), ',', 'text')).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT' }),
  );
});

it('no file of this repository but a fixture is taken for a list', () => {
  const listed = spawnSync('git', ['ls-files'], { encoding: 'utf8' }).stdout.trim().split('\n');
  const files = listed.filter((file) => existsSync(file) && !file.startsWith('test/fixtures/'));
  expect(files.length).toBeGreaterThan(300);
  const taken = files.filter((file) => {
    try {
      return judgePolicyText(policyTextOf(readInput(readFileSync(file), file), ',', file), ',').refusals.length === 0;
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_INPUT' });
      return false;
    }
  });
  expect(taken).toEqual([]);
});

it('a comment may name what was taken out', () => {
  const script = `# ${dhe} is gone\nreg add "HKLM\\${place}" /v Functions /d "${known}"\n`;
  expect(assess(openConfiguration(Buffer.from(script))).verdict).toBe('no-dhe-offered');
});
