/** Whatever an input brings along is shown: no text of it steers a terminal, forges a line, or makes one wide. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asShown, createTerminal } from '../../lib/cli/terminal';
import { writeRegFile } from '../../lib/registry-files/reg-file';
import { writeRegistryPol } from '../../lib/registry-files/registry-pol';
import { encodeMultiString } from '../../lib/registry-files/registry-value';
import { makeBackup } from '../support/gpo';
import { orderSetting } from '../support/registry-pol';
import { run, useFolder } from './run';

const folder = useFolder();
const hostile = '\u001b]0;owned\u0007\u001b[31mX\u001b[2J\r\b\u009b5m\u202eY\u2028';
const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const control = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Cf}]/u;

function writeExport(name: string, names: readonly string[]): string {
  const entries = [
    { kind: 'key', key },
    { kind: 'value', name: 'Functions', value: encodeMultiString(names) },
  ] as const;
  writeFileSync(folder(name), writeRegFile(entries));
  return folder(name);
}

describe('control characters', () => {
  const names = [`TLS_${hostile}`, `TLS_DHE_${hostile}\nNo DHE suite is offered`, 'TLS_RSA_WITH_AES_128_CBC_SHA'];

  it.each<[string, () => string[]]>([
    ['status --from', () => [writeExport('a.reg', names)]],
    ['disable --from', () => [writeExport('b.reg', names)]],
    ['suites --layer local --from', () => [writeExport('c.reg', names)]],
    ['status --simulate ws2022 --simulate-policy', () => [names.join(',')]],
    ['disable --simulate ws2022 --simulate-policy', () => [names.join(',')]],
    ['policy local --simulate ws2022 --simulate-policy', () => [names.join(',')]],
    ['policy text --diff', () => [names.join(',')]],
    ['status --from', () => [`nowhere${hostile}`]],
    ['status', () => [`--${hostile}`]],
    ['', () => [hostile]],
    ['status --exit-codes', () => [hostile]],
    ['schema', () => [hostile]],
    ['probe', () => [hostile]],
    ['probe 127.0.0.1 --starttls', () => [hostile]],
    ['restore --yes --simulate ws2022', () => [hostile]],
    [
      'policy file',
      () => {
        writeFileSync(folder('x.pol'), writeRegistryPol([orderSetting(names.join(','))]));
        return [folder('x.pol')];
      },
    ],
    [
      'policy scan',
      () => {
        // Windows itself refuses such a folder.
        const name = process.platform === 'win32' ? '{1}' : '{1}\u001b[2J\n{2}';
        makeBackup(join(folder('gpos'), name), names.join(','));
        return [folder('gpos')];
      },
    ],
    [
      'status --from',
      () => {
        writeFileSync(folder('bad.reg'), `REGEDIT4\n[HKLM\\${hostile}]\n"${hostile}"=${hostile}\n`);
        return [folder('bad.reg')];
      },
    ],
    [
      'status --from',
      () => {
        writeFileSync(folder('bad.json'), JSON.stringify({ [hostile]: hostile }));
        return [folder('bad.json')];
      },
    ],
  ])('%s, case %#', async (commandLine, prepare) => {
    const args = prepare();
    for (const language of ['en', 'ja']) {
      const plain = await run(`--language ${language} ${commandLine}`, { args });
      expect(plain.stdout + plain.stderr).not.toMatch(control);
      const coloured = await run(`--language ${language} ${commandLine}`, { args, colour: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of this program
      const without = (coloured.stdout + coloured.stderr).replace(/\u001b\[(?:1|22|31|32|33|36|39)m/g, '');
      expect(without).toBe(plain.stdout + plain.stderr);
      expect(plain.stdout).not.toMatch(/^No DHE suite is offered$/m);
    }
  });

  it('never pass, and colours of an input are shown, not obeyed', () => {
    const { clean, colours } = createTerminal(true);
    expect(clean(`${colours.red('a')}\u001b[31mb`)).toBe('\u001b[31ma\u001b[39m\\x1b[31mb');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(createTerminal(false).clean(text)).not.toMatch(control);
        expect(asShown([text])[0]).not.toMatch(/[\p{Cc}]/u);
        if (!control.test(text)) expect(clean(text)).toBe(text);
      }),
    );
  });
});

describe('a name of 964 characters', () => {
  const long = `TLS_${'X'.repeat(960)}`;

  it.each<[string, () => string[]]>([
    ['status --from', () => [writeExport('long.reg', [long, `TLS_DHE_${long}`, 'TLS_RSA_WITH_AES_128_CBC_SHA'])]],
    ['disable --from', () => [writeExport('long2.reg', [`TLS_DHE_${long}`, 'TLS_RSA_WITH_AES_128_CBC_SHA'])]],
    ['suites --layer local --from', () => [writeExport('long3.reg', [long, 'TLS_RSA_WITH_AES_128_CBC_SHA'])]],
  ])('%s makes no line wide', async (commandLine, prepare) => {
    const { stdout, stderr } = await run(commandLine, { args: prepare() });
    const widths = `${stdout}${stderr}`.split('\n').map(({ length }) => length);
    expect(Math.max(...widths)).toBeLessThan(300);
  });
});
