/** V8's byte code of the command line's files, made by the very Node that will run it: half of a start is compiling them. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { writeRegFile } from '../../../lib/registry-files/reg-file';
import { encodeMultiString } from '../../../lib/registry-files/registry-value';
import { registryPlaces } from '../../../lib/windows/registry-places';
import { windowsDefaults } from '../../../lib/windows/versions';
import { localNodes } from './local-nodes';

/** Runs Node with this command line; an executable of Windows needs more than its name. */
export type RunNode = (words: readonly string[], input: string) => Pick<SpawnSyncReturns<string>, 'status' | 'stderr'>;

const runByPath =
  (node: string): RunNode =>
  (words, input) =>
    spawnSync(node, words, { input, encoding: 'utf8', stdio: ['pipe', 'ignore', 'pipe'] });

/** What is compiled is what ran: a run a line, its requests answered by one process. The first run makes that of `core.js`. */
const runs = (exported: string): readonly (readonly string[])[] => [
  [`status --from ${exported}`, `status --from ${exported} --json`],
  [`status --from ${exported} --language ja`],
  ['status --simulate ws2022', 'disable --simulate ws2022 --yes', 'restore --list --simulate ws2022'],
  ['policy text TLS_RSA_WITH_AES_128_CBC_SHA,TLS_DHE_RSA_WITH_AES_128_CBC_SHA', 'suites --dhe', '--help'],
];

/** For every Node that this machine runs, in the folder that `lib/cli/start.ts` looks in. */
export function makeDistByteCode(dist: string): void {
  for (const node of localNodes()) {
    const { stdout } = spawnSync(node, ['-p', "[process.version, process.platform, process.arch].join('-')"], {
      encoding: 'utf8',
    });
    makeByteCode(runByPath(node), join(dist, 'cli'), join(dist, 'cli', stdout.trim()));
  }
}

/** @param folder of the files; @param target is emptied */
export function makeByteCode(run: RunNode, folder: string, target: string): void {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  try {
    const maker = join(work, 'byte-code-maker.cjs');
    buildSync({
      entryPoints: [join(__dirname, 'byte-code-maker.ts')],
      outfile: maker,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
    });
    const exported = join(work, 'export.reg');
    writeFileSync(exported, exportOfManySuites());
    const all = readdirSync(folder).filter((name) => name.endsWith('.js'));
    const requests = [
      ...runs(exported).map((lines) => ({ lines, others: [] as string[] })),
      { lines: [], others: all },
    ];
    for (const { lines, others } of requests) {
      const input = JSON.stringify({ requests: lines.map((line) => ({ arguments: line.split(' ') })) });
      const { status, stderr } = run(['--hash-seed=1', maker, resolve(folder), resolve(target), ...others], input);
      if (status !== 0) throw new Error(`making byte code ended with ${status}: ${stderr}`);
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The local list of a machine with 40 suites. */
export function exportOfManySuites(): Uint8Array {
  const { key, valueName } = registryPlaces.local;
  const names = new Set([
    ...windowsDefaults['win10-1607-ws2016'].enabledByDefault,
    ...windowsDefaults['win8.1-2012r2'].enabledByDefault,
  ]);
  return writeRegFile([
    { kind: 'key', key: `HKEY_LOCAL_MACHINE\\${key}` },
    { kind: 'value', name: valueName, value: encodeMultiString([...names].slice(0, 40)) },
  ]);
}
