/** Pieces of bytes → whole lines; nothing is copied but a line that several pieces share. */
import { longestLine } from '../files/by-line';
import type { ByteReader } from './observation';

const lineFeed = 0x0a;

/**
 * @param onLines is given whole lines, each with its line feed
 * @param onTooLong a line of which no end was in sight was passed over
 */
export function readByteLines(onLines: (bytes: Buffer) => void, onTooLong: () => void, onEnd: () => void): ByteReader {
  let rest: Buffer[] = [];
  let restLength = 0;
  const keep = (part: Buffer) => {
    if (part.length === 0) return;
    restLength += part.length;
    if (restLength > longestLine) rest = [];
    else rest.push(Buffer.from(part));
  };
  const finish = (part: Buffer) => {
    if (restLength > longestLine) onTooLong();
    else onLines(Buffer.concat([...rest, part]));
    rest = [];
    restLength = 0;
  };
  return {
    pushBytes: ({ buffer, byteOffset, byteLength }) => {
      const piece = Buffer.from(buffer, byteOffset, byteLength);
      let start = 0;
      if (restLength > 0) {
        start = piece.indexOf(lineFeed) + 1;
        if (start === 0) return keep(piece);
        finish(piece.subarray(0, start));
      }
      const end = piece.lastIndexOf(lineFeed) + 1;
      if (end > start) onLines(piece.subarray(start, end));
      keep(piece.subarray(Math.max(start, end)));
    },
    end: () => {
      if (restLength > 0) finish(Buffer.of(lineFeed));
      onEnd();
    },
  };
}
