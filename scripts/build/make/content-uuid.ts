import type { Hash } from 'node:crypto';

/** Another one for other contents, and the same for the same (RFC 9562, version 8). */
export function contentUuid(contents: Hash): string {
  const digits = contents.digest('hex');
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
  return [...parts, digits.slice(20, 32)].join('-');
}
