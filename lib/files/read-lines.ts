/** Lines of a text that arrives in pieces and may be longer than memory. */
import { InvalidInputError } from '../errors';

/** In characters; the longest host name with a port is a fifteenth of it. */
const longestLine = 4_096;

/**
 * Line by line, without their ends. UTF-8, or UTF-16LE with a byte order mark as Windows PowerShell's `>` writes it.
 *
 * @throws InvalidInputError
 */
export async function* readLines(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  longest = longestLine,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let text = '';
  let number = 0;
  const decode = (bytes: Uint8Array | undefined) => {
    try {
      return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
    } catch {
      throw new InvalidInputError(source, { line: number + 1 }, 'utf-8-text', 'neither-encoding');
    }
  };
  for await (const bytes of pieces) {
    decoder ??= new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true });
    const lines = (text + decode(bytes)).split(/\r?\n/);
    text = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      yield line;
    }
    if (text.length > longest) {
      throw new InvalidInputError(source, { line: number + 1 }, 'probe-target', { longerThan: longest });
    }
  }
  text += decode(undefined);
  if (text !== '') yield text;
}
