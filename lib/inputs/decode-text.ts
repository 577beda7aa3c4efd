/** Bytes → text, in whatever encoding Windows tools write. */
import { isUtf8 } from 'node:buffer';

/** Undefined where it is no text, or one in two encodings. Names are ASCII, so that an unknown ANSI code page does no harm. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decodeUtf16(buffer) ?? decodeNarrow(buffer);
  return text.includes('\0') || isInTwoEncodings(bytes) ? undefined : withoutEnd(text.replace(/^\ufeff/, ''));
}

/**
 * Whether names stand in a text of UTF-16 that would not be seen in it: appended with one byte a character, as `>>` of cmd does,
 * or shifted by a byte that was lost.
 */
export function isInTwoEncodings(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = decodeUtf16(buffer);
  return text !== undefined && (hasShifted(text) || /(?:TLS|SSL|DHE)_/i.test(buffer.toString('latin1')));
}

/** Four letters of ASCII in a row whose bytes are the wrong way round. */
function hasShifted(text: string): boolean {
  const letters = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode((0x20 + index) << 8)).join('');
  return new RegExp(`[${letters}]{4}`).test(text);
}

/** DOS ended texts with Ctrl-Z, and `copy` without /b still does. */
function withoutEnd(text: string): string {
  return text.endsWith('\u001a') ? text.slice(0, -1) : text;
}

function decodeUtf16(buffer: Buffer): string | undefined {
  const [first, second] = buffer;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && buffer[3] === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && buffer[2] === 0);
  if (!isLittle && !isBig) return undefined;
  return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(buffer);
}

function decodeNarrow(buffer: Buffer): string {
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}
