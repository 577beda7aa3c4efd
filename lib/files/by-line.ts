/** Pieces of text → lines with their numbers. */

export interface LineReader {
  readonly push: (text: string) => void;
  /** Once, at the end. */
  readonly end: () => void;
}

/** In characters: an IIS line holds a request of at most 16 KiB twice, and a ClientHello in `tshark`'s JSON some more. */
export const longestLine = 1024 * 1024;

/** A longer line is passed over, whatever its length. */
export function readByLine(
  onLine: (line: string, number: number) => void,
  onProblem: (number: number, problem: 'too-long') => void,
  onEnd: () => void = () => {},
): LineReader {
  let rest = '';
  let number = 0;
  let isTooLong = false;
  const put = (line: string) => {
    number += 1;
    if (isTooLong || line.length > longestLine) onProblem(number, 'too-long');
    else if (line !== '') onLine(line.endsWith('\r') ? line.slice(0, -1) : line, number);
    isTooLong = false;
  };
  return {
    push: (piece) => {
      let start = 0;
      for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
        put(start === 0 && rest !== '' ? rest + piece.slice(0, end) : piece.slice(start, end));
        if (start === 0) rest = '';
        start = end + 1;
      }
      if (!isTooLong) rest += start === 0 ? piece : piece.slice(start);
      if (rest.length > longestLine) {
        isTooLong = true;
        rest = '';
      }
    },
    end: () => {
      if (rest !== '' || isTooLong) put(rest);
      onEnd();
    },
  };
}
