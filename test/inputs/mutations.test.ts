/** Inputs of every form with mutations: what they hold, or one typed error; what speaks of DHE is never called clean. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { openConfiguration } from '../../lib/inputs/open-configuration';
import { readInput } from '../../lib/inputs/read-input';
import { memoryOf } from '../../scripts/build/bench/bench-inputs';
import { useFolder } from '../cli/run';
import { mutate, numbers } from '../support/mutate';
import { samples } from './samples';

const folder = useFolder();
const isCi = process.env['CI'] !== undefined;

/**
 * An OpenSSL name counts as well; not a name that was cut to CDHE or that a table broke there, nor what a line of comment says
 * or a key that has no effect holds.
 */
function speaksOfDhe(bytes: Buffer): boolean {
  const text = bytes
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^[ \t]*(?:#|;|\/\/|::|REM[ \t])[^\r\n]*/gim, '')
    .replace(/EC\s+(?=DHE)/gi, 'EC')
    .replace(/\[HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node[^[]*/gi, '');
  return /(?<![a-z0-9])DHE[_-](?:RSA|DSS)/i.test(text);
}

function run(inputs: readonly Buffer[], count: number, seed: number, judge: (bytes: Buffer) => void): void {
  const next = numbers(seed);
  const { stackTraceLimit } = Error;
  // Most of the time would go into stacks that nobody reads.
  Error.stackTraceLimit = 0;
  try {
    for (let number = 0; number < count; number += 1) {
      const bytes = mutate(inputs[next(inputs.length)] as Buffer, next);
      try {
        judge(bytes);
      } catch (error) {
        if ((error as { code?: unknown }).code === 'INVALID_INPUT') continue;
        throw new Error(`seed ${seed}, input ${number}: ${bytes.toString('base64')}`, { cause: error });
      }
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const field = join(__dirname, '..', 'fixtures', 'field');
const fieldFiles = readdirSync(field, { recursive: true, encoding: 'utf8' })
  .map((name) => join(field, name))
  .filter((file) => statSync(file).isFile())
  .map((file) => readFileSync(file));
const short = samples.map(({ write }) =>
  Buffer.from(write(['TLS_AES_128_GCM_SHA256', 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'])),
);
/** A document of XML takes ten times as long as a line of text: of a million, some thirty thousand are such. */
const weighted = short.flatMap((bytes) =>
  Array.from({ length: /^\ufeff?[<{[]/.test(bytes.toString()) ? 1 : 15 }, () => bytes),
);

it.each([1, 2])('half a million of all forms are read, or refused by one typed error (%i)', (seed) => {
  run(weighted, isCi ? 500_000 : 4_000, seed, (bytes) => {
    const { content } = readInput(bytes, 'input');
    // The entries of a .reg file are read as they are asked for.
    if (content.kind === 'entries') for (const { key } of content.entries) if (key === '') throw new Error('no key');
  });
});

it('is never called clean while it speaks of DHE', () => {
  run([...fieldFiles, ...short], isCi ? 20_000 : 2_000, 3, (bytes) => {
    const { verdict } = assess(openConfiguration(bytes));
    if (verdict === 'no-dhe-offered' && speaksOfDhe(bytes)) throw new Error('called clean');
  });
});

it('a text of 100 MB is refused before it is read', () => {
  expect(() => readInput(Buffer.alloc(100_000_000, 'TLS_X,'), 'input')).toThrow(
    expect.objectContaining({ code: 'INPUT_TOO_LARGE' }),
  );
});

it.each(
  samples.filter(({ name }) =>
    /^(?:lines|\.reg in UTF-8|Set-ItemProperty|reg query of the local list, in UTF-16|Get-TlsCipherSuite as (?:JSON|CLIXML)|Get-GPOReport.*|gpresult \/h|a preference item)$/.test(
      name,
    ),
  ),
)('a large input takes at most 10 times its size in memory: $name', (sample) => {
  const times = memoryOf(sample, folder('.'));
  process.stdout.write(`${sample.name}: ${times.toFixed(1)} × the input\n`);
  expect(times).toBeLessThanOrEqual(10);
});
