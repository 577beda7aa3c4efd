/** A simulated fleet: every number of the report is the truth, for few machines and for many. */
import { expect, it } from 'vitest';
import { recordOf } from '../../lib/fleet/record';
import { openConfiguration } from '../../lib/inputs/open-configuration';
import { run, useFolder } from '../cli/run';
import { type KnownMachine, kinds, writeFleet } from './simulated-fleet';

const folder = useFolder();
const record = ({ regFile }: KnownMachine) => recordOf(openConfiguration(regFile), { tool: '0.1.0' });

it.each(kinds)('$version, governed by $layer, DHE: $offersDhe', (kind) => {
  expect(record(kind)).toMatchObject({
    verdict: kind.offersDhe ? 'dhe-offered' : 'no-dhe-offered',
    layer: kind.layer,
    windows: { version: kind.version },
  });
});

it.each([1_140, process.env['CI'] === undefined ? 11_400 : 100_000])(
  'every number of %d machines is the truth',
  async (count) => {
    const truth = writeFleet(folder(`${count}.ndjson`), count, record);
    const { exitCode, stdout } = await run(`report ${folder(`${count}.ndjson`)} --ndjson`);
    const documents = stdout.trimEnd().split('\n');
    const { summary } = JSON.parse(documents.at(-1) ?? '');
    expect(summary).toMatchObject({
      machines: truth.machines,
      verdicts: { 'dhe-offered': truth.dheOffered, 'no-dhe-offered': count - truth.dheOffered, unknown: 0 },
      restart: { advised: truth.restartAdvised },
      duplicates: truth.duplicates,
      unread: { count: truth.unread },
      layers: truth.layers,
      first: '2026-11-24T10:00:00.000Z',
    });
    expect(summary.versions.length).toBe(19);
    for (const { version, ...tally } of summary.versions) expect(tally).toEqual(truth.versions[version]);
    expect([documents.length, exitCode]).toEqual([count + 1, 2]);
  },
);
