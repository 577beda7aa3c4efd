/** Exact confidence intervals for a share of failures. */

/** Lanczos' approximation, g = 7 with nine terms; good to 15 digits for x from 1. */
const lanczos = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
] as const;

/** The logarithm of the gamma function, for x from 1: of (x - 1)! for an integer. */
export function logGamma(x: number): number {
  const [first, ...terms] = lanczos;
  const series = terms.reduce((sum, term, index) => sum + term / (x + index), first as number);
  const shifted = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(shifted) - shifted + Math.log(series);
}

/** The regularised incomplete beta function, by its continued fraction (DLMF 8.17.22) from the side where it converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  // Lentz's method for 1 + d1 / (1 + d2 / (1 + …)).
  let [value, c, d] = [1, 1, 0];
  for (let step = 1; step < mostSteps; step += 1) {
    const m = Math.floor(step / 2);
    const term =
      step % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + term * d);
    c = notZero(1 + term / c);
    value *= c * d;
    if (Math.abs(1 - c * d) < Number.EPSILON) break;
  }
  return Math.exp(logFront) / (a * value);
}

/** More than a million trials take. */
const mostSteps = 20_000;

function notZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** The chance of at most k successes in n trials of that probability. */
function atMost(k: number, n: number, probability: number): number {
  return incompleteBeta(1 - probability, n - k, k + 1);
}

/** The chance of k successes or more in n trials of that probability. k from 0 to n. */
export function chanceOfAtLeast(k: number, n: number, probability: number): number {
  return k === 0 ? 1 : 1 - atMost(k - 1, n, probability);
}

/** Where a falling function of a probability crosses a value. */
function crossing(fall: (probability: number) => number, value: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (fall(middle) > value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The Clopper-Pearson interval: both ends of the failure rates that k failures in n trials do not contradict. n from 1, k
 * from 0 to n.
 *
 * @param tail the chance that the rate is beyond one of the ends; 0.025 makes 95 % confidence
 */
export function clopperPearson(k: number, n: number, tail = 0.025): readonly [number, number] {
  const low = k === 0 ? 0 : crossing((probability) => atMost(k - 1, n, probability), 1 - tail);
  const high = k === n ? 1 : crossing((probability) => atMost(k, n, probability), tail);
  return [low, high];
}
