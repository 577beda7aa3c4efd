import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = `${import.meta.dirname}/..`;

/** Files that take longest where it counts (`npm test` prints them): begun last, one of them would hold up the rest. */
const longest = [
  'probe-peer',
  'under-load',
  'real-servers',
  'simulated-fleet',
  'mutations',
  'hostile-server',
  'listen-for-clients',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    root,
    include: ['test/**/*.test.ts'],
    // What ships is tested where all of it was built.
    exclude: existsSync(`${root}/build/windows/schannel-dhe.exe`) ? [] : ['test/package/**'],
    // Ends what hangs, and nothing that is slow.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    setupFiles: ['test/support/properties.ts'],
    // Vitest would leave a processor idle.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
  },
});
