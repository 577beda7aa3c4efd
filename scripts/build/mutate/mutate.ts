/**
 * `npm run mutate`: how much of the rooms that decide can be changed without a test noticing. `-- <room>` mutates one room
 * alone. Ends with 1 where a room is below its bound. What no test can notice stands in `mutation/equivalent.json` with its
 * reason; it counts as not noticed all the same.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../pack/packed-package';

const root = join(__dirname, '..', '..', '..');
const source = join(__dirname, 'mutation');
const folder = join(root, 'build', 'mutation');

/** The least share of mutants, in percent, that the tests of a room must notice. */
const bounds: Readonly<Record<string, number>> = {
  change: 95,
  assessment: 90,
  configuration: 90,
  policy: 90,
  windows: 90,
  'cipher-suite': 90,
};

interface Mutant {
  readonly status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'Ignored' | string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** A mutant that does what the program does: `code` is the line it is in, `becomes` what it has in place of a part. */
interface Equivalent {
  readonly file: string;
  readonly code: string;
  readonly becomes: string;
  readonly reason: string;
}

const equivalents = JSON.parse(readFileSync(join(source, 'equivalent.json'), 'utf8')) as readonly Equivalent[];
const rooms = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(bounds);
prepare();
const patterns = rooms.map((room) => `lib/${room}/**/*.ts,!lib/${room}/**/*-schema.ts`).join(',');
const { status } = spawnSync(
  process.execPath,
  ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', '-m', patterns],
  {
    cwd: folder,
    stdio: 'inherit',
  },
);
if (status !== 0) throw new Error(`the mutation run ended with ${status}`);
process.exitCode = printReport(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report) ? 0 : 1;

function prepare(): void {
  mkdirSync(folder, { recursive: true });
  // Tests also ask which programs there are: a test that cannot be loaded notices nothing, and Stryker does not say so.
  for (const name of ['lib', 'test', 'scripts', 'tsconfig.json']) {
    rmSync(join(folder, name), { recursive: true, force: true });
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  cpSync(source, folder, { recursive: true });
  npm(folder, 'ci', '--no-audit', '--no-fund', '--ignore-scripts');
}

function printReport({ files }: Report): boolean {
  let isGood = true;
  for (const room of rooms) {
    const mutants = Object.entries(files)
      .filter(([file]) => file.startsWith(`lib/${room}/`))
      .flatMap(([file, { source: text, mutants: all }]) => all.map((mutant) => ({ file, text, ...mutant })))
      .filter((mutant) => mutant.status !== 'Ignored');
    const noticed = mutants.filter((mutant) => mutant.status === 'Killed' || mutant.status === 'Timeout').length;
    for (const { file, text, status: state, mutatorName, replacement, location } of mutants) {
      if (state === 'Killed' || state === 'Timeout') continue;
      const code = text.split('\n')[location.start.line - 1]?.trim() ?? '';
      const becomes = replacement?.replace(/\s+/g, ' ') ?? '';
      const known = equivalents.find((one) => one.file === file && one.code === code && one.becomes === becomes);
      process.stdout.write(
        `${file}:${location.start.line}:${location.start.column} ${known === undefined ? state : 'Equivalent'} ${mutatorName}: ${code} -> ${becomes}\n${known === undefined ? '' : `  ${known.reason}\n`}`,
      );
    }
    const share = (100 * noticed) / mutants.length;
    const bound = bounds[room] ?? 90;
    isGood &&= share >= bound;
    process.stdout.write(
      `${room}: ${noticed} of ${mutants.length} mutants noticed, ${share.toFixed(1)} % (at least ${bound} %)\n`,
    );
  }
  return isGood;
}
