/** One piece of work on one input: prints its time in ms and how far memory rose above where it stood before. */
import { readFileSync } from 'node:fs';
import { catalog } from '../../../lib/cipher-suite/cipher-suite';
import { SchannelDheError } from '../../../lib/errors';
import { openConfiguration } from '../../../lib/inputs/open-configuration';
import { repairPolicyText } from '../../../lib/policy/policy-text';
import { readRegFile } from '../../../lib/registry-files/reg-file';
import { peakMemory } from './bench-measure';

const [work, size, file] = [process.argv[2] ?? '', Number(process.argv[3]), process.argv[4] ?? ''];

/** As many bytes as asked for, all names different, so that nothing is a duplicate. */
function makeText(separator: string): string {
  const parts: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const name = `${catalog[index % catalog.length]?.name}_${index}`;
    parts.push(name);
    length += name.length + separator.length;
  }
  return parts.join(separator);
}

function makeRegFile(): Uint8Array {
  const bytes: string[] = [];
  const line = `${'54,00,'.repeat(12)}\\\r\n  `;
  for (let length = 0; length < size; length += line.length) bytes.push(line);
  return Buffer.from(
    `Windows Registry Editor Version 5.00\r\n\r\n[HKLM\\A]\r\n"B"=hex(7):${bytes.join('')}00,00,00,00\r\n`,
  );
}

const jobs: Record<string, () => () => unknown> = {
  repair: () => {
    const text = makeText(',');
    return () => repairPolicyText(text);
  },
  faulty: () => {
    const text = makeText('、 ').toLowerCase();
    return () => repairPolicyText(text);
  },
  reg: () => {
    const bytes = makeRegFile();
    return () => [...readRegFile(bytes, 'bench')];
  },
  // From files, so that what making them takes does not count as taken before; what the code itself takes does, by the small one.
  input: () => {
    tryToOpen(readFileSync(`${file}.small`));
    const bytes = readFileSync(file);
    return () => tryToOpen(bytes);
  },
};

/** An error takes memory too. */
function tryToOpen(bytes: Uint8Array): void {
  try {
    openConfiguration(bytes);
  } catch (error) {
    if (!(error instanceof SchannelDheError)) throw error;
  }
}

const job = jobs[work]?.();
if (job === undefined) throw new Error(`unknown work ${work}`);
const before = Math.max(process.memoryUsage().rss, peakMemory());
const start = process.hrtime.bigint();
job();
const time = Number(process.hrtime.bigint() - start) / 1e6;
process.stdout.write(JSON.stringify({ time, memory: peakMemory() - before }));
