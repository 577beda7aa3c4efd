import { describe, expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { readRegExport } from '../../lib/configuration/offline-configuration';
import { readRegFile, writeRegFile } from '../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../lib/registry-files/registry-value';

const key = 'HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Cryptography\\Configuration\\Local\\SSL\\00010002';
const names = ['TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
const file = writeRegFile([
  { kind: 'key', key },
  { kind: 'value', name: 'Functions', value: encodeMultiString(names) },
]);
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
const header = 'Windows Registry Editor Version 5.00\r\n\r\n';

describe('.reg files', () => {
  it.each([
    ['UTF-16LE with a byte order mark', file],
    ['UTF-8', utf8(Buffer.from(file).toString('utf16le').slice(1))],
    [
      'REGEDIT4',
      utf8(
        `REGEDIT4\r\n\r\n[${key}]\r\n"Functions"=hex(7):${[...Buffer.from(`${names.join('\0')}\0\0`)]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join(',')}\r\n`,
      ),
    ],
  ])('are read as %s', (_, bytes) => {
    expect(assess(readRegExport(bytes, 'x.reg'))).toMatchObject({ verdict: 'dhe-offered', offered: names });
  });

  it.each([
    ['binary', new Uint8Array([1, 0, 2, 3]), 'reg-encoding'],
    ['another text', utf8('hello'), 'reg-header'],
    ['cut off after a comma', file.slice(0, -60), 'reg-continuation'],
    ['cut off between two bytes', file.slice(0, -4 - 6), 'reg-complete-value'],
    ['cut off inside a character', file.slice(0, -1), 'reg-encoding'],
    ['a value without a key', utf8(`${header}"A"="B"\r\n`), 'reg-key'],
    ['a string without an end', utf8(`${header}[${key}]\r\n"A"="B\r\n`), 'reg-closing-quote'],
    ['no digits', utf8(`${header}[${key}]\r\n"A"=dword:xyz\r\n`), 'reg-dword'],
    ['no hex bytes', utf8(`${header}[${key}]\r\n"A"=hex:zz\r\n`), 'reg-hex-bytes'],
    ['other keys alone', utf8(`${header}[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]\r\n`), 'cipher-suite-keys'],
  ])('%s: one typed error', (_, bytes, expected) => {
    expect(() => readRegExport(bytes, 'x.reg')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', expected }));
  });

  it('read deletions, comments, strings over lines and continued hex', () => {
    const text = `${header}; note\r\n[-HKLM\\A]\r\n[HKLM\\B]\r\n"x"=-\r\n@="a\\"b\r\nc"\r\n"h"=hex:01,\\\r\n  02\r\n`;
    expect([...readRegFile(utf8(text), 'x')]).toEqual([
      { kind: 'delete-key', line: 4, key: 'HKEY_LOCAL_MACHINE\\A' },
      { kind: 'key', line: 5, key: 'HKEY_LOCAL_MACHINE\\B' },
      { kind: 'delete-value', line: 6, key: 'HKEY_LOCAL_MACHINE\\B', name: 'x' },
      {
        kind: 'value',
        line: 7,
        key: 'HKEY_LOCAL_MACHINE\\B',
        name: '',
        value: { type: 1, data: new Uint8Array(Buffer.from('a"b\r\nc\0', 'utf16le')) },
      },
      {
        kind: 'value',
        line: 9,
        key: 'HKEY_LOCAL_MACHINE\\B',
        name: 'h',
        value: { type: 3, data: new Uint8Array([1, 2]) },
      },
    ]);
  });
});
