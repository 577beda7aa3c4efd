/** `npm test`: type check, lint, builds and every test, side by side. The last line counts them all. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { installDebianPackages } from './install-debian-packages';
import { nativeReport } from './test-native';
import { canRun, describeMissing, type Group, groups, missing } from './test-needs';
import { powerShellReport } from './test-powershell';
import { readTestReport, type TestReport } from './test-report';
import { windowsReport } from './test-windows';

interface Job {
  readonly name: string;
  /** What it needs of the system; nothing if left out. */
  readonly group?: Group;
  /** What has to succeed before. */
  readonly after?: readonly Job[];
  /** What has to have ended before, however it did. */
  readonly behind?: Job;
  /** For Node. */
  readonly commandLine: readonly string[];
  /** Where its runner counts its tests. A job without one is one test, by its exit code. */
  readonly report?: string;
}

const root = join(__dirname, '..', '..', '..');
process.chdir(root);
const folder = join('build', 'test');
// Until the counts say otherwise, also where this ends before its last line.
process.exitCode = 1;

/** The script of an installed package, so that no shell and no PATH takes part. */
function script(packageName: string, path: string): string {
  return join(dirname(createRequire(__filename).resolve(`${packageName}/package.json`)), path);
}

const own = (name: string, ...words: readonly string[]) => ['--import', 'tsx', `scripts/build/${name}.ts`, ...words];

function vitest(name: string, ...words: readonly string[]): Pick<Job, 'commandLine' | 'report'> {
  const report = join(folder, `${name}.xml`);
  const reporters = ['--reporter=default', '--reporter=junit', `--outputFile.junit=${report}`];
  const start = [script('vitest', 'vitest.mjs'), 'run', '--config=test/vitest.config.mts'];
  return { commandLine: [...start, ...reporters, ...words], report };
}

const build: Job = { name: 'build', commandLine: own('make/build') };
const addons: Job = { name: 'addons', group: 'the Windows binaries', commandLine: own('make/build-windows') };
const executable: Job = {
  name: 'single executable',
  group: 'the Windows binaries',
  after: [build, addons],
  commandLine: own('make/build-exe'),
};
const builds = [build, addons, executable];

const powerShell: Job = {
  name: 'PowerShell on Linux',
  group: 'PowerShell on Linux',
  after: builds,
  commandLine: own('test/test-powershell', 'linux'),
  report: powerShellReport('linux'),
};

/** Those that can begin do so in this order: the longest first, and before them what others wait for. */
const jobs: readonly Job[] = [
  { name: 'tests', ...vitest('tests', '--exclude=test/package/**') },
  ...builds,
  powerShell,
  {
    name: 'PowerShell for Windows under Wine',
    group: 'PowerShell for Windows under Wine',
    after: builds,
    // Both pack the module.
    behind: powerShell,
    commandLine: own('test/test-powershell', 'wine'),
    report: powerShellReport('wine'),
  },
  {
    name: 'Windows binaries',
    group: 'the Windows binaries under Wine',
    after: builds,
    commandLine: own('test/test-windows'),
    report: windowsReport,
  },
  { name: 'type check', commandLine: [script('typescript', 'bin/tsc'), '--noEmit'] },
  { name: 'lint', commandLine: [script('@biomejs/biome', 'bin/biome'), 'ci', '--error-on-warnings'] },
  { name: 'C++ core, fuzzed', group: 'the C++ core, fuzzed', commandLine: own('test/test-native', 'fuzz') },
  {
    name: 'C++ core',
    group: 'the C++ core under sanitizers',
    commandLine: own('test/test-native', 'test'),
    report: nativeReport,
  },
  { name: 'C++ core in Node', group: 'the C++ core under sanitizers', commandLine: own('test/test-native', 'edge') },
  { name: 'packages', group: 'the packages', after: builds, ...vitest('packages', 'test/package/') },
];

interface Outcome extends TestReport {
  readonly job: Job;
  readonly seconds: number;
}

async function run(job: Job, failedJobs: readonly Job[]): Promise<Outcome> {
  const failure = { job, passed: 0, failed: 1, ran: [], skipped: [], suites: [], seconds: 0 };
  const broken = job.after?.find((one) => failedJobs.includes(one));
  if (broken !== undefined) return { ...failure, remark: `not begun, since this failed: ${broken.name}` };
  if (job.report !== undefined) rmSync(job.report, { force: true });
  const start = Date.now();
  // Into a file: what Wine leaves running would keep a pipe open for ever.
  const output = openSync(outputFile(job), 'w');
  const end = await new Promise<number | string | null>((resolve) => {
    const child = spawn(process.execPath, job.commandLine, { stdio: ['ignore', output, output] });
    child.once('error', ({ message }) => resolve(message)).once('exit', (code, signal) => resolve(code ?? signal));
  });
  closeSync(output);
  const seconds = (Date.now() - start) / 1000;
  if (job.report !== undefined) return { job, ...readTestReport(job.report, end), seconds };
  const suites = [{ name: job.name, seconds }];
  if (end === 0) return { ...failure, passed: 1, failed: 0, suites, seconds };
  return { ...failure, suites, seconds, remark: `ended with ${end}` };
}

const outputFile = (job: Job) => join(folder, `${job.name}.txt`);

function tell({ job, passed, failed, skipped, seconds, remark }: Outcome): void {
  const output = existsSync(outputFile(job)) ? readFileSync(outputFile(job), 'utf8').trim() : '';
  const counts = [
    `${passed} passed`,
    `${failed} failed`,
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
  ].join(', ');
  const why = remark === undefined ? '' : ` (${remark})`;
  process.stdout.write(`\n${output}\n${job.name}: ${counts} in ${seconds.toFixed(0)} s${why}\n`);
}

/** As many at once as there are processors. */
async function runAll(jobs: readonly Job[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...jobs];
  const running = new Map<Job, Promise<Outcome>>();
  const hasEnded = (one: Job) => outcomes.some(({ job }) => job === one);
  while (waiting.length + running.size > 0) {
    const next = waiting.find(
      ({ after = [], behind }) => after.every(hasEnded) && (behind === undefined || hasEnded(behind)),
    );
    if (next !== undefined && running.size < availableParallelism()) {
      waiting.splice(waiting.indexOf(next), 1);
      const failedJobs = outcomes.filter(({ failed }) => failed > 0).map(({ job }) => job);
      running.set(next, run(next, failedJobs));
    } else {
      const outcome = await Promise.race(running.values());
      running.delete(outcome.job);
      outcomes.push(outcome);
      tell(outcome);
    }
  }
  return outcomes;
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const all = Object.keys(groups) as Group[];
  installDebianPackages(all.flatMap(missing));
  const notRun = all.filter((group) => !canRun(group));
  const outcomes = await runAll(jobs.filter(({ group }) => group === undefined || !notRun.includes(group)));

  const slowest = outcomes.flatMap(({ job, suites }) => suites.map((suite) => ({ job, ...suite })));
  slowest.sort((one, other) => other.seconds - one.seconds);
  process.stdout.write('\nThe slowest:\n');
  for (const { job, name, seconds } of slowest.slice(0, 10)) {
    process.stdout.write(`${seconds.toFixed(1).padStart(7)} s  ${job.name}${name === job.name ? '' : `: ${name}`}\n`);
  }
  process.stdout.write('\n');
  for (const group of notRun) process.stdout.write(describeMissing(group));

  const sum = (count: 'passed' | 'failed') => outcomes.reduce((total, one) => total + one[count], 0);
  let failed = sum('failed');
  // Where it counts, what did not run has failed; what one engine passes over may have run in another.
  if (process.env['CI']) {
    const ran = new Set(outcomes.flatMap((one) => one.ran));
    const passedOver = outcomes.flatMap(({ skipped }) => skipped).filter((name) => !ran.has(name));
    for (const name of passedOver) process.stdout.write(`NOT RUN: ${name}\n`);
    failed += notRun.length + passedOver.length;
  }
  process.stdout.write(`${sum('passed')} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main();
