/** Times of logs → milliseconds since 1970. */

const earliest = Date.UTC(1995, 0);
const latest = Date.UTC(2200, 0);

/** Undefined for what no log of TLS can hold. */
export function plausibleTime(milliseconds: number): number | undefined {
  return milliseconds >= earliest && milliseconds < latest ? milliseconds : undefined;
}

/** Of `2026-11-24` and `00:00:04`, in UTC. A busy log has the same second many times in a row. */
export function logClock(): (day: string | undefined, time: string | undefined) => number | undefined {
  let [lastDay, lastTime] = ['', ''];
  let last: number | undefined;
  return (day = '', time = '') => {
    if (time !== lastTime || day !== lastDay) {
      [lastDay, lastTime] = [day, time];
      last = plausibleTime(Date.parse(`${day}T${time}Z`));
    }
    return last;
  };
}
