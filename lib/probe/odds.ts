/** How likely chance alone makes failures fall where they fell. */

/**
 * Fisher's exact test, one-sided, for a case that failed every time: the chance that all its handshakes are among the failed
 * ones, if the failures of all handshakes had been dealt out blindly. 0 to 1.
 */
export function chanceThatAllFail(handshakesOfCase: number, failures: number, handshakes: number): number {
  let chance = 1;
  for (let drawn = 0; drawn < handshakesOfCase; drawn += 1) chance *= (failures - drawn) / (handshakes - drawn);
  return chance;
}
