/** Inputs of every form with mutations: what they hold, or one typed error; what speaks of DHE is never called clean. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assess } from '../../lib/assessment/assess';
import { openConfiguration } from '../../lib/inputs/open-configuration';
import { readInput } from '../../lib/inputs/read-input';
import { useFolder } from '../cli/run';
import { samples } from './samples';

const folder = useFolder();
const isCi = process.env['CI'] !== undefined;

const pieces = ['\r\n', '"', '\\0', ',', '[', '=', '<', '>', '#', '^', '$x', '@(', 'reg add ', 'reg delete ', ' ', "'"]
  .concat(';', '-', '{', ':', '&', '/*', '    ', '`', '%', '|', '--', '\u0000', '\\')
  .map((text) => Buffer.from(text));

/** Numbers below a bound, the same for the same seed (G. Marsaglia, "Xorshift RNGs"). */
function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** A few places at which something goes, comes in, or is repeated from elsewhere. */
function mutate(sample: Buffer, next: (bound: number) => number): Buffer {
  let bytes = sample;
  for (let left = 1 + next(3); left > 0; left -= 1) {
    const at = next(bytes.length + 1);
    const end = at + (next(4) === 0 ? next(40) : next(3));
    const from = next(bytes.length + 1);
    const put = [
      () => Buffer.alloc(0),
      () => Buffer.from([next(256)]),
      () => bytes.subarray(from, from + next(200)),
      () => pieces[next(pieces.length)] as Buffer,
    ][next(4)] as () => Buffer;
    bytes = Buffer.concat([bytes.subarray(0, at), put(), bytes.subarray(end)]);
  }
  return bytes;
}

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

it('takes at most 10 times the input in memory', () => {
  const module = join(__dirname, '..', '..', 'lib', 'inputs', 'open-configuration');
  writeFileSync(
    folder('measure.ts'),
    `import { openConfiguration } from ${JSON.stringify(module)};
    const start = 'Windows Registry Editor Version 5.00\\n\\n[HKEY_LOCAL_MACHINE\\\\SOFTWARE\\\\Policies\\\\Microsoft]\\n';
    const file = Buffer.concat([Buffer.from(start), Buffer.alloc(32_000_000, '[HKEY_LOCAL_MACHINE\\\\A]\\n"B"="C"\\n')]);
    const end = file.lastIndexOf('[');
    const before = process.resourceUsage().maxRSS;
    const { layers } = openConfiguration(file.subarray(0, end));
    console.log(JSON.stringify([layers.groupPolicy.status, ((process.resourceUsage().maxRSS - before) * 1024) / file.length]));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', folder('measure.ts')], {
    cwd: join(__dirname, '..', '..'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const [status, times] = JSON.parse(stdout);
  expect(status).toBe('absent');
  expect(times).toBeLessThanOrEqual(10);
});
