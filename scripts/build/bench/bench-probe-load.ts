/** `npm run bench -- probe-load [probes]`: false accusations and false acquittals while every core is busy. */
import { probeUnderLoad, type Tally } from '../../../test/probe/load';

/** So many of healthy servers, and a quarter of that of faulty ones. */
export async function benchProbeLoad(probes: number): Promise<void> {
  const start = performance.now();
  const { healthy, faulty } = await probeUnderLoad(probes, Math.round(probes / 4), (done) => {
    if (done % 50 === 0) process.stderr.write(`${done}\n`);
  });
  process.stdout.write(`${probes} probes of healthy servers: ${show(healthy)}\n`);
  process.stdout.write(`  false accusations: ${healthy.affected}\n`);
  process.stdout.write(`${Math.round(probes / 4)} probes of faulty servers: ${show(faulty)}\n`);
  process.stdout.write(`  false acquittals: ${faulty['not-affected'] + faulty['no-dhe-offered']}\n`);
  process.stdout.write(`${Math.round((performance.now() - start) / 1000)} s\n`);
  if (healthy.affected + faulty['not-affected'] + faulty['no-dhe-offered'] > 0) process.exitCode = 1;
}

function show({ reasons, ...counts }: Tally): string {
  const words = [...Object.entries(counts), ...reasons].map(([id, count]) => `${id} ${count}`);
  return words.join(', ');
}
