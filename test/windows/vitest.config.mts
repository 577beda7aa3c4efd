import { defineConfig } from 'vitest/config';

// Runs inside Wine: the tests of the real addon, and then every other one on the real node.exe for Windows.
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    include: ['test/windows/*.wine.ts', 'test/**/*.test.ts'],
    exclude: ['test/structure/**', 'test/package/**', 'test/probe/**'],
    // They share one registry.
    fileParallelism: false,
    testTimeout: 120_000,
    setupFiles: ['test/support/properties.ts'],
  },
});
