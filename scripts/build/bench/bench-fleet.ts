/** `report` of 100,000 machines against 10,000, of which one knows what they are; each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { streamInputFile } from '../../../lib/files/user-file';
import { readMachines } from '../../../lib/fleet/read-machines';
import { recordOf } from '../../../lib/fleet/record';
import { FleetTally } from '../../../lib/fleet/roll-up';
import { openConfiguration } from '../../../lib/inputs/open-configuration';
import { writeFleet } from '../../../test/fleet/simulated-fleet';
import { peakMemory } from './bench-measure';
import { report } from './bench-report';

const tool = 'bench';

interface Measured {
  /** Of processor, which what else runs does not add to. */
  readonly seconds: number;
  /** The most that was resident, in MB. */
  readonly memory: number;
  readonly dheOffered: number;
}

export function benchFleet(folder: string): void {
  const [few, many] = [10_000, 100_000].map((count) => {
    const file = join(folder, `fleet-${count}.ndjson`);
    const truth = writeFleet(file, count, ({ regFile }) => recordOf(openConfiguration(regFile), { tool }));
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', __filename, file], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    const measured: Measured = JSON.parse(stdout);
    if (measured.dheOffered !== truth.dheOffered) throw new Error(`${measured.dheOffered} is not ${truth.dheOffered}`);
    return { ...measured, size: statSync(file).size / 1e6 };
  });
  if (few === undefined || many === undefined) return;
  report('report of 100,000 machines', many.seconds, 's of processor');
  report('  against 10,000', many.seconds / few.seconds, '× the time', 11);
  report(`  memory for ${many.size.toFixed(0)} MB, above that of 10,000`, many.memory - few.memory, 'MB', 100);
}

async function measure(file: string): Promise<Measured> {
  const tally = new FleetTally();
  const input = { source: file, time: new Date(), isNamed: true, open: () => streamInputFile(file) };
  const ignore = () => {};
  // What a process costs that reads nothing is not the report's.
  const start = process.cpuUsage();
  await readMachines(
    [input],
    { machine: (record, { source }) => tally.add(record, source), unread: ignore, otherFile: ignore },
    { tool },
  );
  const dheOffered = tally.count().verdicts['dhe-offered'];
  for (const _ of tally.machines());
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, memory: peakMemory() / 1e6, dheOffered };
}

const [, script, file] = process.argv;
if (script === __filename && file !== undefined) {
  void measure(file).then((measured) => process.stdout.write(JSON.stringify(measured)));
}
