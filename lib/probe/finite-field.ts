/** Diffie-Hellman over a prime field: numbers as bytes, groups by name, and how often a value begins with a zero byte. */
import { createDiffieHellmanGroup, randomBytes } from 'node:crypto';

export interface Group {
  readonly p: bigint;
  readonly g: bigint;
  /** Bytes of p, and so of a value that is not shortened. */
  readonly length: number;
}

export function toBigInt(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

/** The value in exactly so many bytes. */
export function toBytes(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}

/** The value without zero bytes at its front. */
export function toShortBytes(value: bigint): Buffer {
  return toBytes(value, Math.ceil(value.toString(16).length / 2));
}

export function bitLength(value: bigint): number {
  return value.toString(2).length;
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Zero bytes at the front of a value that is written in so many bytes. */
export function leadingZeros(value: bigint, length: number): number {
  const significant = value === 0n ? 0 : Math.ceil(value.toString(16).length / 2);
  return length - significant;
}

export interface PrivateKey {
  readonly exponent: bigint;
  readonly publicValue: bigint;
}

/** Private keys without end, the public value of each of which begins with so many zero bytes, exactly. */
export function* findExponents({ p, g, length }: Group, zeros: 0 | 1): Generator<PrivateKey, never> {
  let exponent = toBigInt(randomBytes(32)) | 1n;
  for (let publicValue = power(g, exponent, p); ; publicValue = (publicValue * g) % p) {
    if (leadingZeros(publicValue, length) === zeros) yield { exponent, publicValue };
    exponent += 1n;
  }
}

/** One of them. */
export function findExponent(group: Group, zeros: 0 | 1): PrivateKey {
  return findExponents(group, zeros).next().value;
}

/**
 * Whether a server's parameters can be worked with at all: a modulus of 512 to 8,192 bits that is odd, and values in range
 * (RFC 7919, 5.1 asks as much of a client).
 */
export function isUsableGroup(p: bigint, g: bigint, serverPublic: bigint): boolean {
  const bits = bitLength(p);
  const isInside = (value: bigint) => value > 1n && value < p - 1n;
  return bits >= 512 && bits <= 8192 && (p & 1n) === 1n && isInside(g) && isInside(serverPublic);
}

export type FfdheBits = 2048 | 3072 | 4096 | 6144 | 8192;

/** IANA's numbers of the groups of RFC 7919. */
export const ffdheGroupIds = { 2048: 0x0100, 3072: 0x0101, 4096: 0x0102, 6144: 0x0103, 8192: 0x0104 } as const;

/** A group of RFC 7919; its generator is 2. */
export function ffdheGroup(bits: FfdheBits): Group {
  const [, x] = ffdheGroups.find(([known]) => known === bits) ?? ffdheGroups[0];
  return { p: ffdhePrime(bits, x), g: 2n, length: bits / 8 };
}

let knownGroups: Map<bigint, string> | undefined;

/** `ffdhe2048`, `modp14` and the like; undefined for a group of the server's own. */
export function nameOfGroup(p: bigint): string | undefined {
  knownGroups ??= new Map([
    ...['modp2', 'modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18'].map(
      (name) => [toBigInt(createDiffieHellmanGroup(name).getPrime()), name] as const,
    ),
    ...ffdheGroups.map(([bits, x]) => [ffdhePrime(bits, x), `ffdhe${bits}`] as const),
  ]);
  return knownGroups.get(p);
}

/** Bits and the constant X of RFC 7919, appendix A. */
const ffdheGroups = [
  [2048, 560316n],
  [3072, 2625351n],
  [4096, 5736041n],
  [6144, 15705020n],
  [8192, 10965728n],
] as const;

/** p = 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1 (RFC 7919, appendix A). */
function ffdhePrime(bits: number, x: bigint): bigint {
  const b = BigInt(bits);
  return (1n << b) - (1n << (b - 64n)) + ((eulerScaled(b - 130n) + x) << 64n) - 1n;
}

/** floor(2^shift e), by e's series, with guard bits for what the divisions cut off. */
function eulerScaled(shift: bigint): bigint {
  const guard = 64n;
  let term = 1n << (shift + guard);
  let sum = 0n;
  for (let n = 1n; term > 0n; n += 1n) {
    sum += term;
    term /= n;
  }
  return sum >> guard;
}
