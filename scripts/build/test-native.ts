/**
 * The C++ core on Linux: `test-native.ts test` runs its tests under AddressSanitizer and UndefinedBehaviorSanitizer,
 * `test-native.ts fuzz` the fuzz target.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fuzzingCompiler } from './test-needs';

const root = join(__dirname, '..', '..');
const out = join(root, 'build', 'native-test');
const tests = join(root, 'test', 'native');
const sources = ['context_functions', 'contract_probe', 'machine_lock', 'registry', 'state_store', 'system_state'].map(
  (name) => join(root, 'native', `${name}.cc`),
);

/** Where GoogleTest counts what it ran. */
export const nativeReport = join(out, 'report.xml');

/** Ten million runs where it counts; a taste of them while somebody waits. */
const fuzzRuns = process.env['CI'] ? 10_000_000 : 200_000;

function run(command: string, ...words: readonly string[]): void {
  const { status, signal, error } = spawnSync(command, words, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ended with ${error?.message ?? status ?? signal}`);
}

function compile(compiler: string, name: string, sanitizers: string, ...libraries: readonly string[]): string {
  const program = join(out, name);
  const options = ['-std=c++17', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-I', join(tests, 'shim')];
  const instruments = [`-fsanitize=${sanitizers}`, '-fno-sanitize-recover=all'];
  const files = [join(tests, `${name}.cc`), join(tests, 'fake_windows.cc'), ...sources];
  run(compiler, ...options, ...instruments, '-o', program, ...files, ...libraries);
  return program;
}

function main(task: string | undefined): void {
  mkdirSync(out, { recursive: true });
  if (task === 'test') {
    run(
      compile('g++', 'native_test', 'address,undefined', '-lgtest_main', '-lgtest'),
      `--gtest_output=xml:${nativeReport}`,
    );
  } else {
    const program = compile(fuzzingCompiler() ?? 'clang++', 'fuzz_values', 'fuzzer,address,undefined');
    const quiet = ['-verbosity=0', '-print_funcs=0'];
    run(program, `-runs=${fuzzRuns}`, '-max_len=96', '-seed=1', `-artifact_prefix=${out}/`, ...quiet);
    process.stdout.write(`${fuzzRuns} fuzzed values\n`);
  }
}

if (require.main === module) main(process.argv[2]);
