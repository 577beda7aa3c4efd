import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chanceOfSoManyFailures, chanceThatAllFail } from '../../lib/statistics/fisher';

const table = (failedOfCase: number, passedOfCase: number, failedOfOthers: number, passedOfOthers: number) => ({
  failedOfCase,
  passedOfCase,
  failedOfOthers,
  passedOfOthers,
});

// Fisher's tea-tasting experiment and R's convictions of twins, as fisher.test(…, alternative = "greater") has them.
it.each([
  [table(3, 1, 1, 3), 0.242857],
  [table(4, 0, 0, 4), 0.0142857],
  [table(10, 3, 2, 15), 0.000465],
  [table(0, 5, 3, 20), 1],
  [table(0, 0, 3, 20), 1],
])('%o', (counts, chance) => {
  expect(chanceOfSoManyFailures(counts)).toBeCloseTo(chance, 5);
});

it('of small tables is what counting every way to deal the failures out gives', () => {
  const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
  const count = fc.nat(15);
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      let ways = 0;
      for (let failed = a; failed <= a + b; failed += 1) ways += choose(a + c, failed) * choose(b + d, a + b - failed);
      expect(chanceOfSoManyFailures(table(a, b, c, d))).toBeCloseTo(ways / choose(a + b + c + d, a + b), 9);
    }),
    { numRuns: 500 },
  );
});

it('of a case that always failed is a product of shares', () => {
  expect(chanceThatAllFail(3, 4, 100)).toBeCloseTo((4 / 100) * (3 / 99) * (2 / 98), 12);
  expect(chanceThatAllFail(0, 4, 100)).toBe(1);
  expect(chanceThatAllFail(70, 71, 20_000)).toBeLessThan(1e-100);
});
