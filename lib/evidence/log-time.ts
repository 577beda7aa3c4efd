/** Times of logs → milliseconds since 1970. */

const earliest = Date.UTC(1995, 0);
const latest = Date.UTC(2200, 0);

/** Undefined for what no log of TLS can hold. */
export function plausibleTime(milliseconds: number): number | undefined {
  return milliseconds >= earliest && milliseconds < latest ? milliseconds : undefined;
}

/**
 * Of `2026-11-24` and `00:00:04`, in UTC: of the bytes between these places, or of a day that stands elsewhere. A busy log has
 * the same second many times in a row.
 */
export function byteClock(): (
  bytes: Buffer,
  dayStart: number,
  dayEnd: number,
  timeStart: number,
  timeEnd: number,
  otherDay: string | undefined,
) => number | undefined {
  const known = Buffer.alloc(longest);
  let [knownLength, knownDayLength] = [-1, -1];
  let knownDay: string | undefined;
  let last: number | undefined;
  return (bytes, dayStart, dayEnd, timeStart, timeEnd, otherDay) => {
    const dayLength = dayEnd - dayStart;
    const length = dayLength + timeEnd - timeStart;
    if (length > longest) return undefined;
    let isSame = length === knownLength && dayLength === knownDayLength && otherDay === knownDay;
    for (let at = length - 1; isSame && at >= 0; at -= 1) {
      isSame = bytes[at < dayLength ? dayStart + at : timeStart + at - dayLength] === known[at];
    }
    if (!isSame) {
      bytes.copy(known, 0, dayStart, dayEnd);
      bytes.copy(known, dayLength, timeStart, timeEnd);
      [knownLength, knownDayLength, knownDay] = [length, dayLength, otherDay];
      const day = otherDay ?? known.toString('latin1', 0, dayLength);
      last = plausibleTime(Date.parse(`${day}T${known.toString('latin1', dayLength, length)}Z`));
    }
    return last;
  };
}

/** Of a date and a time of any log. */
const longest = 64;
