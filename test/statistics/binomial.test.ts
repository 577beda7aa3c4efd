import { expect, it } from 'vitest';
import { chanceOfAtLeast, clopperPearson } from '../../lib/statistics/binomial';

// Reference values: R's binom.test.
it.each([
  [0, 40, 0, 0.0881],
  [1, 256, 0.0000989, 0.02157],
  [8, 2048, 0.001688, 0.007682],
  [40, 40, 0.9119, 1],
  [5, 10, 0.1871, 0.8129],
])('%d failures in %d', (failures, trials, low, high) => {
  const [foundLow, foundHigh] = clopperPearson(failures, trials);
  expect(foundLow).toBeCloseTo(low, 4);
  expect(foundHigh).toBeCloseTo(high, 4);
});

it('is wider at more confidence', () => {
  // 1 - 0.001^(1/1000), where none fails.
  expect(clopperPearson(0, 1000, 0.001)[1]).toBeCloseTo(0.0068839, 6);
});

it.each([
  [0, 10, 1],
  [10, 10, 1 / 1024],
  [9, 10, 11 / 1024],
  [3, 3, 1 / 8],
])('%d or more of %d coins', (successes, trials, chance) => {
  expect(chanceOfAtLeast(successes, trials, 0.5)).toBeCloseTo(chance, 10);
});
