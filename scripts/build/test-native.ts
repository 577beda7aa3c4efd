/** The C++ core on Linux: its tests under AddressSanitizer and UndefinedBehaviorSanitizer, and a fuzz target. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { TestCounts } from './test-windows';

const root = join(__dirname, '..', '..');
const tests = join(root, 'test', 'native');
const resolver = createRequire(__filename);
const out = join(root, 'build', 'native-test');
const sources = readdirSync(join(root, 'native'))
  .filter((name) => name.endsWith('.cc') && name !== 'addon.cc')
  .map((name) => join(root, 'native', name));

export const nativeTestTools = process.platform === 'linux' ? ['g++', 'clang++-14'] : [];

/** Ten million runs where it counts; a taste of them while somebody waits. */
const fuzzRuns = process.env['CI'] === undefined ? 200_000 : 10_000_000;

export function runNativeTests(): TestCounts {
  mkdirSync(out, { recursive: true });
  const sanitized = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
  compile('g++', 'native_test', [join(tests, 'native_test.cc'), ...sanitized]);
  const { stdout, stderr } = spawnSync(join(out, 'native_test'), { encoding: 'utf8' });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(stdout) ?? [];
  compile('clang++-14', 'fuzz_values', [join(tests, 'fuzz_values.cc'), ...sanitized, '-fsanitize=fuzzer']);
  const fuzz = spawnSync(
    join(out, 'fuzz_values'),
    [`-runs=${fuzzRuns}`, '-max_len=96', '-seed=1', `-artifact_prefix=${out}/`, '-verbosity=0'],
    {
      encoding: 'utf8',
    },
  );
  process.stdout.write(`${fuzzRuns} fuzzed values: ${fuzz.status === 0 ? 'passed' : `FAILED\n${fuzz.stderr}`}\n`);
  const others = [fuzz.status === 0, holdsAtTheEdge()];
  return {
    passed: Number(passed ?? 0) + others.filter((isPassed) => isPassed).length,
    // A run that broke off before its last line is a failure too.
    failed: Number(failed ?? 1) + others.filter((isPassed) => !isPassed).length,
  };
}

/** The whole addon on the fake, in Node; without sanitizers, since Node has none. */
function holdsAtTheEdge(): boolean {
  const addon = join(out, 'edge.node');
  compile('g++', 'edge.node', [
    ...['-shared', '-fPIC', '-Wl,-Bsymbolic', '-DNAPI_VERSION=8', '-DNODE_ADDON_API_CPP_EXCEPTIONS'],
    ...[resolver('node-addon-api'), resolver('node-api-headers')].flatMap(({ include_dir: folder }) => [
      '-isystem',
      resolve(root, folder),
    ]),
    join(root, 'native', 'addon.cc'),
  ]);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tests, 'edge.cjs'), addon], {
    encoding: 'utf8',
  });
  process.stdout.write(stdout + stderr);
  return status === 0;
}

function compile(compiler: string, name: string, options: readonly string[]): void {
  const { status, stderr } = spawnSync(
    compiler,
    [
      ...['-std=c++17', '-O1', '-g', '-Wall', '-Wextra', '-Werror', '-I', join(tests, 'shim'), ...options],
      ...['-o', join(out, name), join(tests, 'fake_windows.cc'), ...sources],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
}
