/** Inputs that are a little other than they should be, the same for the same seed. */
const pieces = ['\r\n', '"', '\\0', ',', '[', '=', '<', '>', '#', '^', '$x', '@(', 'reg add ', 'reg delete ', ' ', "'"]
  .concat(';', '-', '{', ':', '&', '/*', '    ', '`', '%', '|', '--', '\u0000', '\\')
  .map((text) => Buffer.from(text));

/** Numbers below a bound (G. Marsaglia, "Xorshift RNGs"). */
export function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

/** A few places at which something goes, comes in, or is repeated from elsewhere. */
export function mutate(sample: Buffer, next: (bound: number) => number): Buffer {
  let bytes = sample;
  for (let left = 1 + next(3); left > 0; left -= 1) {
    const at = next(bytes.length + 1);
    const end = at + (next(4) === 0 ? next(40) : next(3));
    const from = next(bytes.length + 1);
    const put = [
      () => Buffer.alloc(0),
      () => Buffer.from([next(256)]),
      () => bytes.subarray(from, from + next(200)),
      () => pieces[next(pieces.length)] as Buffer,
    ][next(4)] as () => Buffer;
    bytes = Buffer.concat([bytes.subarray(0, at), put(), bytes.subarray(end)]);
  }
  return bytes;
}
