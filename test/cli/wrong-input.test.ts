/** What is no list: one sentence on what it is and what to give instead, and never a list made of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { samples } from '../inputs/samples';
import { run, useFolder } from './run';

const folder = useFolder();
const evidence = (name: string) => readFileSync(`test/fixtures/evidence/${name}`);
const zip = (first: string) => `PK\x03\x04\x14\0\x06\0\x08\0${'\0'.repeat(20)}${first}\0\0`;
const iisLog = evidence('u_ex261124_x.log');

const logs: readonly (readonly [string, Uint8Array])[] = [
  ['an IIS log', iisLog],
  ['an IIS log in UTF-16', Buffer.from(`\ufeff${iisLog}`, 'utf16le')],
  ['events as XML', evidence('schannel-events.concatenated.xml')],
  ['events below a root', evidence('schannel-events.rooted.xml')],
  ['events in UTF-16', evidence('schannel-events.utf16le-bom.xml')],
];

const others: readonly (readonly [string, string, string, string])[] = [
  ['a capture', '\xd4\xc3\xb2\xa1\x02\0\x04\0', '"evidence" takes one', '"evidence" で指定'],
  ['a capture of another byte order', '\xa1\xb2\xc3\xd4\0\x02\0\x04', '"evidence" takes one', '"evidence" で指定'],
  ['a capture with nanoseconds', '\x4d\x3c\xb2\xa1\x02\0\x04\0', '"evidence" takes one', '"evidence" で指定'],
  ['a pcapng', '\x0a\x0d\x0d\x0a\x1c\0\0\0', '"evidence" takes one', '"evidence" で指定'],
  ['an event log', 'ElfFile\0\0\0\0\0', 'wevtutil qe', 'wevtutil qe'],
  ['a trace', `${'\0'.repeat(72)}\x02\0\x02\xc0\x20\x01\0\0`, 'pktmon etl2pcap', 'pktmon etl2pcap'],
  ['a zip file', zip('TLS/order.reg'), 'unpack it', '展開して'],
  ['a document of Word', zip('[Content_Types].xml'), 'copy the text', '文字列をコピー'],
  ['a workbook of Excel', zip('_rels/.rels'), 'copy the text', '文字列をコピー'],
  ['a mail of Outlook', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'copy the text', '文字列をコピー'],
  ['rich text', '{\\rtf1\\ansi TLS_DHE_RSA_WITH_AES_128_CBC_SHA\\par }', 'copy the text', '文字列をコピー'],
  ['a screenshot', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'copy the text that it shows', '画像の文字をコピー'],
  ['a photograph', '\xff\xd8\xff\xe0\0\x10JFIF', 'copy the text that it shows', '画像の文字をコピー'],
  ['a PDF', '%PDF-1.7\n%\xe2\xe3', 'copy the text in it', '中の文字列をコピー'],
  ['a program', 'MZ\x90\0\x03', 'a Windows program', 'Windows のプログラム'],
  ['a virtual disk', 'vhdxfile', 'config\\SYSTEM', 'config\\SYSTEM'],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB', '"probe --cert" takes one', '"probe --cert" で指定'],
  ['zeros', '\0'.repeat(100), 'binary data', 'バイナリ データ'],
];

const all = [
  ...logs.map(([name, bytes]) => [name, bytes, '"evidence" takes one', '"evidence" で指定'] as const),
  ...others.map(([name, text, ...says]) => [name, Buffer.from(text, 'latin1'), ...says] as const),
];

describe.each(['status --from', 'disable --from', 'suites --layer local --from', 'policy text --file', 'policy file'])(
  '%s',
  (command) => {
    it.each(all)('%s', async (_, bytes, english, japanese) => {
      writeFileSync(folder('input'), bytes);
      for (const [language, says] of [
        ['en', english],
        ['ja', japanese],
      ] as const) {
        const { exitCode, stdout, stderr } = await run(`--language ${language} ${command} ${folder('input')}`);
        expect([exitCode, stdout]).toEqual([2, '']);
        expect(stderr).toContain(says);
        expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
      }
    });
  },
);

it.each(samples)('evidence says of $name which command takes it', async ({ write }) => {
  writeFileSync(folder('input'), write(['TLS_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA']));
  const english = await run(`evidence ${folder('input')}`);
  expect([english.exitCode, english.stdout]).toEqual([2, '']);
  expect(english.stderr).toContain('"status --from" takes it');
  const japanese = await run(`--language ja evidence ${folder('input')}`);
  expect(japanese.stderr).toContain('"status --from" で指定');
});
