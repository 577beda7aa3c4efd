/** An input of some size out of a small one: what is in it, again and again. */

/** UTF-16 stays UTF-16. Binary files are left as they are. */
export function enlarge(sample: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(sample);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return Buffer.from(enlargeText(bytes.toString('utf16le'), size / 2), 'utf16le');
  }
  return bytes.includes(0) ? bytes : Buffer.from(enlargeText(bytes.toString(), size));
}

function enlargeText(text: string, size: number): string {
  const times = (piece: string) => Math.max(1, Math.floor(size / piece.length));
  if (/^\s*[[{]/.test(text)) return `[${Array(times(text)).fill(text).join(',')}]`;
  const [, start = '', inside = '', end = ''] =
    /^(\ufeff?\s*(?:<[?!][^>]*>\s*)*<[^>]*>)([\s\S]*)(<\/[^<]*)$/.exec(text) ?? [];
  return inside === '' ? text.repeat(times(text)) : `${start}${inside.repeat(times(inside))}${end}`;
}

/** A list of some twelve megabytes. */
export const manyNames = Array.from({ length: 350_000 }, (_, index) => `TLS_ECDHE_RSA_WITH_AES_256_X${index}`);
