import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Stryker stops at the first test that fails: what takes seconds is asked last. */
const slow = /\/(change|never-[a-z-]+|effect-costs|suite-effect|loads)\.test\.ts$/;

class SlowLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => Number(slow.test(one.moduleId)) - Number(slow.test(other.moduleId)));
  }
}

// The tests of the mutated rooms, and of those that lean on them. Whole sweeps over deaths are left out: a sample of them
// stands in the other tests, and they would take minutes for each mutant.
export default defineConfig({
  test: {
    include: [
      'loads.test.ts',
      'test/{assessment,change,cipher-suite,configuration,policy,selfcheck,simulation,windows}/**/*.test.ts',
      'test/group-policy/local-policy.test.ts',
    ],
    exclude: ['test/change/{double-death,faults}.test.ts', 'test/**/never-*.test.ts'],
    sequence: { sequencer: SlowLast },
    testTimeout: 60_000,
    // The rooms keep no state between tests, and to load them again for each file takes most of the time.
    isolate: false,
    fileParallelism: false,
    setupFiles: ['properties.ts'],
  },
});
