/** Lines as the collector prints them, written here by its description. */
import { gzipSync } from 'node:zlib';

export interface RawLineOptions {
  readonly host?: string;
  readonly time?: string;
  readonly longestPiece?: number;
}

/** Each a line without its end. */
export function rawLines(
  regText: string | Uint8Array,
  { host = 'WEB1', time = '2026-11-24T10:00:00Z', longestPiece = 1700 }: RawLineOptions = {},
): string[] {
  const data = gzipSync(regText).toString('base64');
  const parts = Math.ceil(data.length / longestPiece);
  return Array.from({ length: parts }, (_, index) =>
    JSON.stringify({
      ...{ schemaVersion: 1, kind: 'raw', host, time, part: index + 1, parts },
      ...{ data: data.slice(index * longestPiece, (index + 1) * longestPiece), error: null },
    }),
  );
}
