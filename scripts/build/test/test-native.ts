/**
 * The C++ core on Linux: `test-native.ts test` runs its tests under AddressSanitizer and UndefinedBehaviorSanitizer,
 * `fuzz` the fuzz target, `edge` the whole addon in Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fuzzingCompiler } from './test-needs';

const root = join(__dirname, '..', '..', '..');
const tests = join(root, 'test', 'native');
const resolver = createRequire(__filename);
const out = join(root, 'build', 'native-test');
const sources = readdirSync(join(root, 'native'))
  .filter((name) => name.endsWith('.cc') && name !== 'addon.cc')
  .map((name) => join(root, 'native', name));

/** Where GoogleTest counts what it ran. */
export const nativeReport = join(out, 'report.xml');

/** Ten million runs where it counts; a taste of them while somebody waits. */
const fuzzRuns = process.env['CI'] ? 10_000_000 : 200_000;

function run(command: string, ...words: readonly string[]): void {
  const { status, signal, error } = spawnSync(command, words, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ended with ${error?.message ?? status ?? signal}`);
}

function compile(compiler: string, name: string, sanitizers: string, ...more: readonly string[]): string {
  const program = join(out, name);
  const options = ['-std=c++17', '-O2', '-g', '-Wall', '-Wextra', '-Werror', '-I', join(tests, 'shim')];
  const instruments = [`-fsanitize=${sanitizers}`, '-fno-sanitize-recover=all'];
  const files = [join(tests, `${name}.cc`), join(tests, 'fake_windows.cc'), ...sources];
  run(compiler, ...options, ...instruments, '-o', program, ...files, ...more);
  return program;
}

/** The whole addon on the fake, in Node; without sanitizers, since Node has none. */
function holdAtTheEdge(): void {
  const addon = join(out, 'edge.node');
  const headers = [resolver('node-addon-api'), resolver('node-api-headers')].flatMap(({ include_dir: folder }) => [
    '-isystem',
    resolve(root, folder),
  ]);
  const options = ['-std=c++17', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-I', join(tests, 'shim'), ...headers];
  const shared = ['-shared', '-fPIC', '-Wl,-Bsymbolic', '-DNAPI_VERSION=8', '-DNODE_ADDON_API_CPP_EXCEPTIONS'];
  const files = [join(tests, 'fake_windows.cc'), join(root, 'native', 'addon.cc'), ...sources];
  run('g++', ...options, ...shared, '-o', addon, ...files);
  run(process.execPath, join(tests, 'edge.cjs'), addon);
}

/** Two at once, from different seeds: where it is the last of the tests, a processor would idle. */
async function fuzz(): Promise<void> {
  const ignore = `-fsanitize-coverage-ignorelist=${join(tests, 'fuzz_ignore.txt')}`;
  const program = compile(fuzzingCompiler() ?? 'clang++', 'fuzz_values', 'fuzzer,address,undefined', ignore);
  // Otherwise most of the time goes into what AddressSanitizer keeps about every block. One run frees some kilobytes.
  const keep = 'quarantine_size_mb=1:thread_local_quarantine_size_kb=256:max_malloc_fill_size=0:malloc_context_size=4';
  const env = { ...process.env, ASAN_OPTIONS: keep };
  const words = [`-runs=${fuzzRuns / 2}`, '-max_len=96', `-artifact_prefix=${out}/`, '-verbosity=0', '-print_funcs=0'];
  await Promise.all(
    [1, 2].map(async (seed) => {
      const child = spawn(program, [...words, `-seed=${seed}`], { env, stdio: 'inherit' });
      const [status, signal] = await once(child, 'exit');
      if (status !== 0) throw new Error(`${program} -seed=${seed} ended with ${status ?? signal}`);
    }),
  );
  process.stdout.write(`${fuzzRuns} fuzzed values\n`);
}

async function main(task: string | undefined): Promise<void> {
  mkdirSync(out, { recursive: true });
  if (task === 'test') {
    run(
      compile('g++', 'native_test', 'address,undefined', '-lgtest_main', '-lgtest'),
      `--gtest_output=xml:${nativeReport}`,
    );
  } else if (task === 'edge') holdAtTheEdge();
  else await fuzz();
}

if (require.main === module) void main(process.argv[2]);
