/** `evidence`: IIS logs against `grep -c` over the same file, events against an XML parser that only reads them. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { peakMemoryExpression } from './bench-measure';
import { median, report } from './bench-report';

const root = join(__dirname, '..', '..', '..');
const megabyte = 1_000_000;

const browsers = [
  'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/142.0.0.0+Safari/537.36',
  'Mozilla/5.0+(Macintosh;+Intel+Mac+OS+X+10_15_7)+AppleWebKit/605.1.15+(KHTML,+like+Gecko)+Version/18.5+Safari/605.1.15',
  'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.17932;+Pro)',
  'curl/8.5.0',
];
const headings =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2026-11-24 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status sc-bytes cs-bytes time-taken crypt-protocol crypt-cipher crypt-hash crypt-keyexchange\r\n';

/** A day of a busy server with 5,000 clients, one request in 50 with DHE. */
function writeLog(file: string, size: number): void {
  const handle = openSync(file, 'w');
  writeSync(handle, headings);
  const lines = Math.ceil(size / 260);
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) % below;
  };
  for (let written = 0, line = 0; written < size; ) {
    const block: string[] = [];
    for (let count = 0; count < 10_000; count += 1, line += 1) {
      const time = new Date(Date.UTC(2026, 10, 24) + Math.floor((line * 86_400) / lines) * 1000).toISOString();
      const client = random(5_000);
      block.push(
        `${time.slice(0, 10)} ${time.slice(11, 19)} 192.0.2.10 GET /shop/item/${random(9_999)}/view.aspx id=${random(1e6)}&lang=en 443 - 198.51.${client >> 8}.${client & 255} ${browsers[client % 4]} https://www.example.com/shop/list.aspx?page=${random(99)} 200 0 0 ${random(60_000)} ${random(2_000)} ${random(400)} 400 6610 800d ${client % 50 === 0 ? 'aa02' : 'ae06'}\r\n`,
      );
    }
    written += writeSync(handle, block.join(''));
  }
  closeSync(handle);
}

/** The text as often as it takes. */
function writeEvents(file: string, text: string, times: number): void {
  const handle = openSync(file, 'w');
  for (let time = 0; time < times; time += 1) writeSync(handle, text);
  closeSync(handle);
}

function time(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The command as it is shipped, in a process of its own; with how much memory it took, in MB. */
function gather(file: string): number {
  const told = `data:text/javascript,import{readFileSync}from'node:fs';process.on('exit',()=>process.stderr.write(String(${peakMemoryExpression})))`;
  const words = ['--import', told, 'dist/cli.js', 'evidence', file, '--json'];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(String(stderr));
  return Number(stderr) / 1e6;
}

export function benchEvidence(folder: string): void {
  const [log, events] = [join(folder, 'u_ex.log'), join(folder, 'events.xml')];
  writeLog(log, 1000 * megabyte);
  let memory = 0;
  const ratios = Array.from({ length: 5 }, () => {
    // What one would count by hand, in the locale of whoever runs this.
    const grep = time(() => spawnSync('grep', ['-c', 'aa02', log]));
    return (
      time(() => {
        memory = gather(log);
      }) / grep
    );
  });
  // Half of grep's speed is what is wanted.
  report('evidence of 1 GB of IIS log, against grep -c', median(ratios), '×', 2);
  report('  memory', memory, 'MB', 250);
  const text = readFileSync(join(root, 'test', 'fixtures', 'evidence', 'schannel-events.concatenated.xml'), 'utf8');
  const all = text.split('\n').filter(Boolean);
  const times = Math.ceil(1_000_000 / all.length);
  writeEvents(events, text, times);
  const parser = new XMLParser({ ignoreAttributes: false });
  const bare = time(() => {
    for (let round = 0; round < times; round += 1) for (const event of all) parser.parse(event);
  });
  const gathered = time(() => {
    memory = gather(events);
  });
  report('evidence of 1,000,000 events, against parsing them', gathered / bare, '×', 3);
  report('  memory', memory, 'MB', 250);
}
