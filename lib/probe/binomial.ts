/** Exact confidence intervals for a share of failures. */

/** ln of n over k. */
function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next += 1) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return logFactorials[n] ?? 0;
}

/** The chance of at most k successes in n trials of that probability. */
function atMost(k: number, n: number, probability: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i += 1) {
    sum += Math.exp(logChoose(n, i) + i * Math.log(probability) + (n - i) * Math.log1p(-probability));
  }
  return sum;
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
 * The Clopper-Pearson interval: both ends of the failure rates that k failures in n trials do not contradict, at 95 %
 * confidence. n from 1, k from 0 to n.
 */
export function clopperPearson(k: number, n: number): readonly [number, number] {
  const tail = 0.025;
  const low = k === 0 ? 0 : crossing((probability) => atMost(k - 1, n, probability), 1 - tail);
  const high = k === n ? 1 : crossing((probability) => atMost(k, n, probability), tail);
  return [low, high];
}
