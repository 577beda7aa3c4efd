/** `evidence`: IIS logs against `grep -c` over the same file, events against an XML parser that only reads them. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { gatherEvidence } from '../../../lib/evidence/gather-evidence';
import { streamInputFile } from '../../../lib/files/user-file';
import { median, report } from './bench-report';

const root = join(__dirname, '..', '..', '..');
const megabyte = 1_000_000;

/** The text as often as it takes. */
function write(file: string, head: string, text: string, size: number): void {
  const handle = openSync(file, 'w');
  writeSync(handle, head);
  const block = text.repeat(Math.ceil(megabyte / text.length));
  for (let written = 0; written < size; written += block.length) writeSync(handle, block);
  closeSync(handle);
}

async function time(work: () => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function gather(file: string): Promise<unknown> {
  const openCapture = () => {
    throw new Error('no capture');
  };
  const input = { source: file, isNamed: true, open: () => streamInputFile(file), openCapture };
  return gatherEvidence([input], { remaining: null });
}

export async function benchEvidence(folder: string): Promise<void> {
  const fixture = (name: string) => readFileSync(join(root, 'test', 'fixtures', 'evidence', name), 'utf8');
  const [log, events] = [join(folder, 'u_ex.log'), join(folder, 'events.xml')];
  const [head = '', lines = ''] = fixture('u_ex261124_x.log').split(/(?<=crypt-keyexchange\r?\n)(?=2026)/);
  write(log, head, lines.slice(0, lines.indexOf('#Fields')), 200 * megabyte);
  const ratios: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const grep = await time(() => spawnSync('grep', ['-c', 'aa02', log]));
    ratios.push((await time(() => gather(log))) / grep);
  }
  report('evidence of 200 MB of IIS log, against grep -c', median(ratios), '×');
  const text = fixture('schannel-events.concatenated.xml');
  write(events, '', text, 20 * megabyte);
  const all = readFileSync(events, 'utf8').split('\n').filter(Boolean);
  const parser = new XMLParser({ ignoreAttributes: false });
  const parsed: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const bare = await time(() => {
      for (const event of all) parser.parse(event);
    });
    parsed.push((await time(() => gather(events))) / bare);
  }
  report('evidence of 20 MB of events, against parsing them', median(parsed), '×', 3);
  report('memory, highest so far', process.resourceUsage().maxRSS / 1000, 'MB');
}
