import { availableParallelism } from 'node:os';
import { expect, it } from 'vitest';
import { canRun } from '../../scripts/build/test/test-needs';
import { probeUnderLoad } from './load';

it.runIf(canRun('OpenSSL'))(
  'accuses no healthy server and clears no faulty one while every core is busy',
  { timeout: 3_600_000 },
  async () => {
    const [healthy, faulty] = process.env['CI'] === undefined ? [20, 10] : [160, 40];
    // One core has enough to do with the probes, their servers, and the other tests.
    const results = await probeUnderLoad(healthy, faulty, undefined, Math.max(1, availableParallelism() - 1));
    expect(results.healthy).toMatchObject({ affected: 0, 'no-dhe-offered': 0 });
    expect(results.faulty).toMatchObject({ 'not-affected': 0, 'no-dhe-offered': 0 });
    // Whoever judges nobody accuses nobody either.
    expect(results.healthy['not-affected']).toBeGreaterThan(healthy / 2);
    expect(results.faulty.affected).toBeGreaterThan(faulty / 2);
  },
);
