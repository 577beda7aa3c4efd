/** The C++ core on Linux: its tests under AddressSanitizer and UndefinedBehaviorSanitizer, and a fuzz target. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCounts } from './test-windows';

const root = join(__dirname, '..', '..');
const out = join(root, 'build', 'native-test');
const sources = ['context_functions', 'contract_probe', 'machine_lock', 'registry', 'state_store', 'system_state'].map(
  (name) => join(root, 'native', `${name}.cc`),
);

export const nativeTestTools = process.platform === 'linux' ? ['g++', 'clang++-14'] : [];

/** Ten million runs where it counts; a taste of them while somebody waits. */
const fuzzRuns = process.env['CI'] === undefined ? 200_000 : 10_000_000;

export function runNativeTests(): TestCounts {
  mkdirSync(out, { recursive: true });
  compile('g++', 'native_test', ['-fsanitize=address,undefined', '-fno-sanitize-recover=all']);
  const { stdout, stderr } = spawnSync(join(out, 'native_test'), { encoding: 'utf8' });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(stdout) ?? [];
  compile('clang++-14', 'fuzz_values', ['-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all']);
  const fuzz = spawnSync(
    join(out, 'fuzz_values'),
    [`-runs=${fuzzRuns}`, '-max_len=96', '-seed=1', `-artifact_prefix=${out}/`, '-verbosity=0'],
    {
      encoding: 'utf8',
    },
  );
  process.stdout.write(`${fuzzRuns} fuzzed values: ${fuzz.status === 0 ? 'passed' : `FAILED\n${fuzz.stderr}`}\n`);
  return {
    passed: Number(passed ?? 0) + (fuzz.status === 0 ? 1 : 0),
    // A run that broke off before its last line is a failure too.
    failed: Number(failed ?? 1) + (fuzz.status === 0 ? 0 : 1),
  };
}

function compile(compiler: string, name: string, options: readonly string[]): void {
  const tests = join(root, 'test', 'native');
  const { status, stderr } = spawnSync(
    compiler,
    [
      ...['-std=c++17', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-I', join(tests, 'shim'), ...options],
      ...['-o', join(out, name), join(tests, `${name}.cc`), join(tests, 'fake_windows.cc'), ...sources],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
}
