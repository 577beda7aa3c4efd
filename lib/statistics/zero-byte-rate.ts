/** How often a number below a modulus begins with zero bytes. */

/** The share of values that begin with that many zero bytes or more: all below 256^(length - zeros), of p. */
export function zeroByteRate({ p, length }: { readonly p: bigint; readonly length: number }, zeros = 1): number {
  const scale = 1n << 60n;
  return Number(((1n << BigInt(8 * (length - zeros))) * scale) / p) / Number(scale);
}
