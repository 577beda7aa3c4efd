/** Groups in which a shared secret begins with a zero byte nearly always or always. Nobody should use them for anything else. */
import { randomBytes } from 'node:crypto';
import { bitLength, type Group, nameOfGroup, toBigInt } from './finite-field';
import { Slices } from './slices';

/** Sizes for which groups are known that bring leading zeros about. */
export type GroupBits = 2048 | 3072 | 4096;

/** For each size in bits: a g with which (g^61 - 1) / (g - 1) is a prime of so many bits, and the least d with which 2^bits + d is one. */
const found: Readonly<Record<GroupBits, { readonly sparse: bigint; readonly long: bigint }>> = {
  2048: { sparse: 18_843_309_016n, long: 981n },
  3072: { sparse: 2_586_638_741_762_579n, long: 813n },
  4096: { sparse: 355_070_319_277_951_811_570n, long: 1761n },
};

const sparseOrder = 61n;

/**
 * p = (g^61 - 1) / (g - 1): g has order 61, and each power of it but the last is smaller than p by g or more, so that it begins
 * with one zero byte or many.
 */
export function sparseGroup(bits: GroupBits): Group {
  const g = found[bits].sparse;
  return { p: (g ** sparseOrder - 1n) / (g - 1n), g, length: bits / 8 };
}

/** p = 2^bits + d: all but d values begin with a zero byte, and nearly all of these with one alone. */
export function longGroup(bits: GroupBits): Group {
  return { p: (1n << BigInt(bits)) + found[bits].long, g: 2n, length: bits / 8 + 1 };
}

/**
 * `not-prime`: p is no prime number, and its factors give the key away. `small-order`: the generator has so few powers that
 * anybody can try them all. `special-form`: p is so close to a power of two that discrete logarithms come cheaper; where its
 * first byte is 1, every value begins with a zero byte, and the fault is met in each connection.
 */
export type GroupWeakness = 'not-prime' | 'small-order' | 'special-form';

/**
 * What is wrong with a group whose size alone looks well; undefined where nothing was found, which proves nothing, or the
 * signal fired. Gives way to others every few milliseconds.
 */
export async function weaknessOf(group: Group, signal?: AbortSignal): Promise<GroupWeakness | undefined> {
  const { p } = group;
  if (nameOfGroup(p) !== undefined) return undefined;
  if (smallOrderOf(group) !== undefined) return 'small-order';
  if (isNearPowerOfTwo(p)) return 'special-form';
  return (await isComposite(p, signal)) ? 'not-prime' : undefined;
}

/** A composite number passes one of them in 1 of 4 times at most. */
const primalityRounds = 8;

/** Miller and Rabin's test. OpenSSL's does 128 rounds, which it cannot be stopped in: 8,192 bits take it half a minute. */
async function isComposite(p: bigint, signal: AbortSignal | undefined): Promise<boolean> {
  const slices = new Slices(Number.POSITIVE_INFINITY, signal);
  const twos = BigInt(/0*$/.exec((p - 1n).toString(2))?.[0].length ?? 0);
  const odd = (p - 1n) >> twos;
  const bits = odd.toString(2);
  for (let round = 0; round < primalityRounds; round += 1) {
    const base = toBigInt(randomBytes(32)) + 2n;
    let value = 1n;
    for (const bit of bits) {
      value = (value * value) % p;
      if (bit === '1') value = (value * base) % p;
      if (await slices.isOver()) return false;
    }
    let isWitness = value !== 1n;
    for (let square = 0n; square < twos && isWitness; square += 1n) {
      if (value === p - 1n) isWitness = false;
      value = (value * value) % p;
    }
    if (isWitness) return true;
  }
  return false;
}

/** A square: giant steps of 64. */
const mostPowers = 4096;

/** How many powers the generator has, where anybody can try them all. */
export function smallOrderOf({ p, g }: Group): number | undefined {
  if (nameOfGroup(p) !== undefined) return undefined;
  const step = Math.sqrt(mostPowers);
  const small = new Map<bigint, number>();
  let value = 1n;
  for (let exponent = 0; exponent < step; exponent += 1, value = (value * g) % p) small.set(value, exponent);
  const giant = value;
  for (let exponent = step; exponent <= mostPowers; exponent += step, value = (value * giant) % p) {
    const same = small.get(value);
    if (same !== undefined) return exponent - same;
  }
  return undefined;
}

/** Within 2^64 of it; no group of a standard is. */
function isNearPowerOfTwo(p: bigint): boolean {
  const bits = bitLength(p);
  const nearest = [1n << BigInt(bits), 1n << BigInt(bits - 1)];
  return nearest.some((one) => bitLength(one > p ? one - p : p - one) <= 64);
}
