import { defineConfig } from 'vitest/config';

// The tests of the mutated rooms, and of those that lean on them. Whole sweeps over deaths are left out: a sample of them
// stands in the other tests, and they would take minutes for each mutant.
export default defineConfig({
  test: {
    include: [
      'test/{assessment,change,cipher-suite,configuration,policy,selfcheck,simulation,windows}/**/*.test.ts',
      'test/group-policy/local-policy.test.ts',
    ],
    exclude: ['test/change/double-death.test.ts'],
    testTimeout: 60_000,
    setupFiles: ['test/support/properties.ts'],
  },
});
