/** In a process of its own: what reading the largest file of the smallest records adds to its memory. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useFolder } from '../cli/run';

const folder = useFolder();
const module = join(__dirname, '..', '..', 'lib', 'registry-files', 'registry-pol');
const root = join(__dirname, '..', '..');

const work = `
  import { findRegistryPolValue, largestRegistryPol, readRegistryPol } from ${JSON.stringify(module)};
  // One character of a key, no name, and one byte of data, so that every second record begins at an odd offset.
  const record = Buffer.from('5b004b0000003b0000003b00030000003b00010000003b00ff5d00', 'hex');
  const count = Math.floor((largestRegistryPol - 8) / record.length);
  const file = Buffer.alloc(8 + count * record.length, record);
  file.copyWithin(8, 0, count * record.length);
  file.write('PReg\\x01\\0\\0\\0', 0, 'latin1');
  const before = process.resourceUsage().maxRSS;
  let records = 0;
  for (const { data } of readRegistryPol(file, 'x')) records += data.length;
  const found = findRegistryPolValue(readRegistryPol(file, 'x'), 'A', 'B') !== undefined;
  const added = (process.resourceUsage().maxRSS - before) * 1024;
  console.log(JSON.stringify({ isWhole: records === count, found, times: added / file.length }));`;

it('takes at most 10 times the input in memory', () => {
  writeFileSync(folder('measure.ts'), work);
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', folder('measure.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { times, ...rest } = JSON.parse(stdout);
  expect(rest).toEqual({ isWhole: true, found: false });
  expect(times).toBeLessThanOrEqual(10);
});
