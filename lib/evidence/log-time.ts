/** Times of logs → milliseconds since 1970. */

export const hour = 3_600_000;

const earliest = Date.UTC(1995, 0);
const latest = Date.UTC(2200, 0);

/** Undefined for what no log of TLS can hold. */
export function plausibleTime(milliseconds: number): number | undefined {
  return milliseconds >= earliest && milliseconds < latest ? milliseconds : undefined;
}
