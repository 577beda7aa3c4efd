import { expect, it } from 'vitest';

/** Beside this file once it is where the mutation runs. */
const program: string = './lib/index.ts';

// Stryker counts tests that fail, and a file that cannot be loaded has none.
it('loads', async () => {
  expect(Object.keys(await import(program)).length).toBeGreaterThan(0);
});
