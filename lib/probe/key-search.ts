/** The search for a private key whose public value or shared secret begins with as many zero bytes as wished. */
import { randomBytes } from 'node:crypto';
import { type Group, leadingZeros, power, toBigInt, toBytes } from './finite-field';
import { Slices } from './slices';
import { smallOrderOf } from './weak-group';

/** A public value and the shared secret that follows from it. */
export interface KeyPair {
  readonly clientPublic: bigint;
  readonly sharedSecret: bigint;
}

export interface WantedZeros {
  readonly clientPublic: number;
  readonly sharedSecret: number;
}

export interface SearchLimits {
  /** Keys that are tried; 2,000,000 where left out. */
  readonly candidates?: number;
  /** Milliseconds; without end where left out. */
  readonly milliseconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** More first factors than this cost more memory than they save steps. */
const mostFirstFactors = 256;

/** How far off an estimate can be: see `estimate`. */
const margin = 2 ** -18;

/**
 * A key whose public value and shared secret begin with so many zero bytes, exactly. `no-such-key` where none was among the
 * candidates, as in a group with a tiny order; `too-slow` where the time was over. Gives way to others every few
 * milliseconds, so that no search holds up another connection.
 *
 * Candidates are products of one of some first and one of many second factors, `base^(start + i)` and `base^(m j)`. Whether
 * a product begins with zeros is the question whether `first × second / p` is near above an integer, and that is seen from
 * one pass over the digits of the first factor: no product is worked out in full but the ones that are near.
 */
export async function findKey(
  group: Group,
  serverPublic: bigint,
  wanted: WantedZeros,
  { candidates = 2_000_000, milliseconds = Number.POSITIVE_INFINITY, signal }: SearchLimits = {},
): Promise<KeyPair | 'no-such-key' | 'too-slow'> {
  const { p, g, length } = group;
  const searchesPublic = wanted.clientPublic > wanted.sharedSecret;
  const base = searchesPublic ? g : serverPublic;
  const zeros = Math.max(wanted.clientPublic, wanted.sharedSecret);
  const [lower, upper] = zeroBounds(group, zeros);
  if (lower >= upper) return 'no-such-key';
  const clock = new Slices(milliseconds, signal);

  const width = Math.min(mostFirstFactors, Math.ceil(Math.sqrt(1 / (upper - lower))));
  const start = toBigInt(randomBytes(32)) | 1n;
  const firsts: { readonly value: bigint; readonly digits: Float64Array }[] = [];
  for (let value = power(base, start, p); firsts.length < width; value = (value * base) % p) {
    firsts.push({ value, digits: digitsOf(value, length) });
    if (await clock.isOver()) return 'too-slow';
  }
  const stride = power(base, BigInt(width), p);
  const rounds = Math.ceil(Math.min(candidates, smallOrderOf(group) ?? candidates) / width);
  for (let [round, second] = [0, 1n]; round < rounds; round += 1, second = (second * stride) % p) {
    if (await clock.isOver()) return 'too-slow';
    const shares = sharesOf(second, p, length);
    for (const [index, { value, digits }] of firsts.entries()) {
      const near = estimate(digits, shares);
      if (near > upper + margin || near < lower - margin) continue;
      const found = (value * second) % p;
      if (leadingZeros(found, length) !== zeros) continue;
      const exponent = start + BigInt(index + width * round);
      const other = power(searchesPublic ? serverPublic : g, exponent, p);
      const key = searchesPublic
        ? { clientPublic: found, sharedSecret: other }
        : { clientPublic: other, sharedSecret: found };
      const hasBoth =
        leadingZeros(key.clientPublic, length) === wanted.clientPublic &&
        leadingZeros(key.sharedSecret, length) === wanted.sharedSecret;
      if (hasBoth) return key;
      if (await clock.isOver()) return 'too-slow';
    }
  }
  return 'no-such-key';
}

/** Between which shares of p the values lie that begin with exactly so many zero bytes. */
function zeroBounds({ p, length }: Group, zeros: number): readonly [number, number] {
  const share = (bytes: number) => {
    const scale = 1n << 60n;
    const value = ((1n << BigInt(8 * bytes)) * scale) / p;
    return Math.min(1, Number(value) / Number(scale));
  };
  return [share(length - zeros - 1), share(length - zeros)];
}

/** 16 bits each, the lowest first. */
function digitsOf(value: bigint, length: number): Float64Array {
  const count = Math.ceil(length / 2);
  const bytes = toBytes(value, 2 * count);
  return Float64Array.from({ length: count }, (_, index) => bytes.readUInt16BE(2 * (count - 1 - index)));
}

/** The fractional parts of `factor × 2^(16 k) / p`, for as many k as there are digits: all from one long division. */
function sharesOf(factor: bigint, p: bigint, length: number): Float64Array {
  const count = Math.ceil(length / 2);
  const quotient = (factor << BigInt(16 * count + 64)) / p;
  const bytes = toBytes(quotient, 2 * count + 8);
  return Float64Array.from({ length: count }, (_, k) => bytes.readUIntBE(2 * k, 6) / 2 ** 48);
}

/** The fractional part of `first × second / p`. Off by less than 2^-19 at 512 digits: 512 roundings of sums below 2^25. */
function estimate(digits: Float64Array, shares: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < digits.length; k += 1) sum += (digits[k] as number) * (shares[k] as number);
  return sum - Math.floor(sum);
}
