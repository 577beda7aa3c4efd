/** Groups in which a shared secret begins with a zero byte nearly always or always. Nobody should use them for anything else. */
import { checkPrime } from 'node:crypto';
import { promisify } from 'node:util';
import { bitLength, type Group, nameOfGroup } from './finite-field';

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
 * What is wrong with a group whose size alone looks well; undefined where nothing was found, which proves nothing. Takes a
 * thread of the pool: 8,192 bits of the server's own are many seconds of work.
 */
export async function weaknessOf(group: Group): Promise<GroupWeakness | undefined> {
  const { p } = group;
  if (nameOfGroup(p) !== undefined) return undefined;
  if (smallOrderOf(group) !== undefined) return 'small-order';
  if (isNearPowerOfTwo(p)) return 'special-form';
  return (await promisify(checkPrime)(p)) ? undefined : 'not-prime';
}

const mostPowers = 4096;

let last: { readonly p: bigint; readonly g: bigint; readonly order: number | undefined } | undefined;

/** How many powers the generator has, where anybody can try them all. The last answer is kept: a probe asks time and again. */
export function smallOrderOf({ p, g }: Group): number | undefined {
  if (nameOfGroup(p) !== undefined) return undefined;
  if (last?.p !== p || last.g !== g) last = { p, g, order: countPowers(p, g) };
  return last.order;
}

function countPowers(p: bigint, g: bigint): number | undefined {
  let value = g % p;
  for (let order = 1; order <= mostPowers; order += 1) {
    if (value === 1n) return order;
    value = (value * g) % p;
  }
  return undefined;
}

/** Within 2^64 of it; no group of a standard is. */
function isNearPowerOfTwo(p: bigint): boolean {
  const bits = bitLength(p);
  const nearest = [1n << BigInt(bits), 1n << BigInt(bits - 1)];
  return nearest.some((one) => bitLength(one > p ? one - p : p - one) <= 64);
}
