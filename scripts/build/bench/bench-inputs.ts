/** What every form of input takes in memory, up to the size above which texts are refused. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enlarge, manyNames } from '../../../test/inputs/enlarge';
import { dirty, type Sample, samples } from '../../../test/inputs/samples';
import { measure } from './bench-measure';
import { report } from './bench-report';

const largest = 16_000_000;

/** With what it holds again and again, and with one long list: the larger of both. */
export function memoryOf({ write }: Sample, folder: string): number {
  const file = join(folder, 'input');
  writeFileSync(`${file}.small`, write(dirty));
  const used = [enlarge(write(dirty), largest), write(manyNames)].map((bytes) => {
    writeFileSync(file, bytes);
    return measure('input', bytes.length, file).memory / bytes.length;
  });
  return Math.max(...used);
}

export function benchInputs(folder: string): void {
  // A Registry.pol holds no such list, and has a test of its own.
  for (const sample of samples.filter(({ name }) => name !== 'Registry.pol')) {
    report(`memory of a large input: ${sample.name}`.slice(0, 58), memoryOf(sample, folder), '× the input', 10);
  }
}
