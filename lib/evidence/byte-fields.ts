/**
 * The fields of a line, between single blanks, as places in its bytes. Of a long line little is looked at: fields are found from
 * both ends, and what lies between is only counted, several bytes at once.
 */

/** What of a line is looked at. */
export interface Layout {
  readonly count: number;
  /** No field is looked at from the first up to the second of these. */
  readonly left: number;
  readonly right: number;
}

const blank = 0x20;

/** Of gaps that are as wide the last, so that what stands at the front of a line is found from there. */
export function layOut(count: number, columns: readonly number[]): Layout {
  const ends = [-1, ...columns, count].sort((one, other) => one - other);
  const gaps = ends.map((end, index) => end - (ends[index + 1] ?? end));
  const widest = gaps.lastIndexOf(Math.min(...gaps));
  return { count, left: (ends[widest] as number) + 1, right: ends[widest + 1] as number };
}

/**
 * Tells whether a line has as many fields as it should.
 *
 * @param view of the same bytes
 * @param first the field that begins at `start`, no further than `left`
 * @param places where each field that is looked at begins and ends, by twos
 */
export function findFields(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  first: number,
  { count, left, right }: Layout,
  places: Int32Array,
): boolean {
  let at = start;
  for (let field = first; field < left; field += 1) {
    places[2 * field] = at;
    at = endOfField(bytes, view, at, end);
    places[2 * field + 1] = at;
    if (at === end) return field + 1 === count;
    at += 1;
  }
  let back = end;
  for (let field = count - 1; field >= right; field -= 1) {
    places[2 * field + 1] = back;
    while (back > at && bytes[back - 1] !== blank) back -= 1;
    places[2 * field] = back;
    if (back === at) return field === left;
    back -= 1;
  }
  return countBlanks(view, at, back) === right - left - 1;
}

/** Four bytes at once: the first of them that is a blank or a control character. */
function endOfField(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let at = start;
  while (at <= end - 4) {
    const word = view.getInt32(at, true);
    const low = (word - 0x21212121) & ~word & 0x80808080;
    if (low === 0) at += 4;
    else {
      at += (31 - Math.clz32(low & -low)) >> 3;
      if (bytes[at] === blank) return at;
      at += 1;
    }
  }
  while (at < end && bytes[at] !== blank) at += 1;
  return at;
}

/** In eight bytes at once: the highest bit of each tells that it is none. */
function countBlanks(view: DataView, start: number, end: number): number {
  let [at, blanks] = [start, 0];
  for (; at <= end - 8; at += 8) {
    const one = view.getInt32(at, true) ^ 0x20202020;
    const other = view.getInt32(at + 4, true) ^ 0x20202020;
    const ones = ((((one & 0x7f7f7f7f) + 0x7f7f7f7f) | one) >>> 7) & 0x01010101;
    const others = ((((other & 0x7f7f7f7f) + 0x7f7f7f7f) | other) >>> 7) & 0x01010101;
    blanks += 8 - (Math.imul(ones + others, 0x01010101) >>> 24);
  }
  for (; at < end; at += 1) if (view.getUint8(at) === blank) blanks += 1;
  return blanks;
}

/** Whether as many bytes are the same from the one place on as from the other. */
export function isSame(view: DataView, one: number, other: number, length: number): boolean {
  let at = 0;
  for (; at <= length - 4; at += 4) if (view.getInt32(one + at) !== view.getInt32(other + at)) return false;
  for (; at < length; at += 1) if (view.getUint8(one + at) !== view.getUint8(other + at)) return false;
  return true;
}
