/**
 * `--request`: the command line and its input as one JSON document on stdin, for programs that host this one.
 * No shell's or runtime's quoting rules take part (Windows PowerShell 5.1 breaks quotes in native arguments), and
 * nothing of it shows in the list of processes.
 */
import { InputTooLargeError, InvalidInputError } from '../errors';
import { decodeInputText, largestInput } from '../files/user-file';

export interface Request {
  readonly arguments: readonly string[];
  /** What the command reads from stdin. */
  readonly input: string;
}

/**
 * A document with `requests` holds many, which one process answers in turn: a line of JSON each, with the exit code and
 * what would have been written. The start of a process costs more than most commands.
 *
 * @throws InvalidInputError, InputTooLargeError above 64 MiB
 */
export function parseRequests(bytes: Uint8Array): Request | readonly Request[] {
  if (bytes.byteLength > largestInput) throw new InputTooLargeError('stdin', largestInput, bytes.byteLength);
  // .NET Framework puts a byte order mark ahead of a child's stdin where the console's code page is 65001.
  const text = decodeInputText(bytes, 'stdin').replace(/^\ufeff/, '');
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    throw new InvalidInputError('stdin', undefined, 'request', 'not-json');
  }
  const { requests } = (request ?? {}) as { readonly requests?: unknown };
  if (!Array.isArray(requests)) return requireRequest(request);
  if (requests.length > mostRequests) throw new InvalidInputError('stdin', undefined, 'request', 'another-document');
  return requests.map(requireRequest);
}

const mostRequests = 100_000;

function requireRequest(request: unknown): Request {
  const { arguments: words, input = '' } = (request ?? {}) as {
    readonly arguments?: unknown;
    readonly input?: unknown;
  };
  const isList = Array.isArray(words) && words.length <= 100 && words.every((word) => typeof word === 'string');
  if (!isList || typeof input !== 'string')
    throw new InvalidInputError('stdin', undefined, 'request', 'another-document');
  return { arguments: words as string[], input };
}
