/** What a start costs: `status --from` against a Node that does nothing, in CPU time, for each Node that the build knows. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDistByteCode } from '../make/byte-code';
import { localNodes } from '../make/local-nodes';
import { installNodeVersions } from '../make/node-versions';
import { median, report } from './bench-report';

const root = join(__dirname, '..', '..', '..');
/** Bash counts milliseconds: ten starts together tell tenths. */
const [rounds, startsARound] = [15, 10];

export function benchStart(folder: string, exported: string): void {
  installNodeVersions();
  makeDistByteCode(join(root, 'dist'));
  for (const node of localNodes()) compareStartUp(node, folder, exported);
}

/** In turns, so that a busy machine slows both. */
function compareStartUp(node: string, folder: string, exported: string): void {
  const bare: number[] = [];
  const status: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(processorTime(folder, [node, '-e', '0']));
    status.push(processorTime(folder, [node, join(root, 'dist', 'cli.js'), 'status', '--from', exported]));
  }
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  report(`node -e 0, ${version}`, median(bare), 'ms of CPU');
  report('status --from, export of 40 suites', median(status), 'ms of CPU');
  report('  ratio', median(status) / median(bare), '×', 1.35);
}

/**
 * User and system time of one start in milliseconds, as bash counts it for several. Without NODE_EXTRA_CA_CERTS, which Node
 * reads at every start.
 */
function processorTime(folder: string, commandLine: readonly string[]): number {
  const script = `TIMEFORMAT='%U %S'; out=$1; shift; time for ((i = 0; i < ${startsARound}; i++)); do "$@" > "$out" || exit 1; done`;
  const environment = { ...process.env };
  delete environment['NODE_EXTRA_CA_CERTS'];
  const output = join(folder, 'output.txt');
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', output, ...commandLine], {
    encoding: 'utf8',
    env: environment,
  });
  if (status !== 0) throw new Error(`${commandLine.join(' ')} failed: ${stderr}${readFileSync(output, 'utf8')}`);
  const [user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  return ((user + system) * 1000) / startsARound;
}
