/** Fisher's exact test: how likely chance alone makes failures fall where they fell. */
import { logGamma } from './binomial';

/** How handshakes of one case ended, and all others. Whole numbers from 0. */
export interface FailureTable {
  readonly failedOfCase: number;
  readonly passedOfCase: number;
  readonly failedOfOthers: number;
  readonly passedOfOthers: number;
}

/**
 * One-sided: the chance that so many failures, or more, fall on the case, if the failures of all handshakes had been dealt
 * out blindly. 0 to 1; 1 where there is nothing to deal out.
 */
export function chanceOfSoManyFailures({
  failedOfCase,
  passedOfCase,
  failedOfOthers,
  passedOfOthers,
}: FailureTable): number {
  const ofCase = failedOfCase + passedOfCase;
  const failures = failedOfCase + failedOfOthers;
  const passed = passedOfCase + passedOfOthers;
  if (failedOfCase <= Math.max(0, ofCase - passed)) return 1;
  // The hypergeometric distribution, from the count at hand upwards, each term from the one before.
  let term = Math.exp(
    logChoose(failures, failedOfCase) + logChoose(passed, passedOfCase) - logChoose(failures + passed, ofCase),
  );
  let chance = 0;
  for (let count = failedOfCase; count <= Math.min(ofCase, failures); count += 1) {
    chance += term;
    term *= ((failures - count) * (ofCase - count)) / ((count + 1) * (passed - ofCase + count + 1));
  }
  return Math.min(1, chance);
}

/** The same for a case that failed every time. */
export function chanceThatAllFail(handshakesOfCase: number, failures: number, handshakes: number): number {
  return chanceOfSoManyFailures({
    failedOfCase: handshakesOfCase,
    passedOfCase: 0,
    failedOfOthers: failures - handshakesOfCase,
    passedOfOthers: handshakes - failures,
  });
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
