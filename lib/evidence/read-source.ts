/** One source as a stream of bytes → observations and counts, in flat memory. */
import { InvalidInputError } from '../errors';
import { chain, readHead } from '../files/byte-stream';
import type { LineProblem, ObservationSink, SourceReader } from './observation';
import { readExchangeLog } from './readers/exchange-log';
import { readIisLog } from './readers/iis-log';
import { readSchannelEvents } from './readers/schannel-events';
import { readTsharkColumns, readTsharkJson } from './readers/tshark-output';
import { readZeekJson, readZeekTsv } from './readers/zeek-log';
import { headLength, recogniseSource, type SourceEncoding, type SourceForm } from './recognise-source';

/** What was read of one source. */
export interface SourceReport {
  readonly source: string;
  readonly form: SourceForm;
  /** Lines, events or connections that tell of TLS. */
  readonly observations: number;
  /** Lines of a log that was not told to write the TLS fields: they neither accuse nor clear. */
  readonly untold: number;
  readonly malformed: MalformedReport;
  /** What the program that reads captures said, where it did not come to the end. */
  readonly problem: string | null;
}

export interface MalformedReport {
  readonly count: number;
  readonly problems: Readonly<Partial<Record<LineProblem, number>>>;
  /** The first of them: the line, or the event in its order, from 1. */
  readonly first: readonly { readonly number: number; readonly problem: LineProblem }[];
}

/** Turns a capture into the columns of `tshark`; `failure` tells afterwards why it did not come to the end. */
export interface CaptureReader {
  readonly read: () => AsyncIterable<Uint8Array>;
  readonly failure: () => string | null;
}

/** Malformed lines that are named; all are counted. */
const named = 5;

const readers: Readonly<Record<SourceForm, (sink: ObservationSink) => SourceReader>> = {
  'schannel-events': readSchannelEvents,
  'iis-log': readIisLog,
  'exchange-log': readExchangeLog,
  'zeek-tsv': readZeekTsv,
  'zeek-json': readZeekJson,
  'tshark-columns': readTsharkColumns,
  'tshark-json': readTsharkJson,
  capture: readTsharkColumns,
};

/**
 * Reads one source to its end.
 *
 * @param sink takes what is observed
 * @param openCapture is asked where the source is a capture, and throws where nothing here reads one
 * @throws InvalidInputError for what is none of the forms; what the stream throws
 */
export async function readSource(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  { observe, countHour, counts }: Pick<ObservationSink, 'observe' | 'countHour' | 'counts'>,
  openCapture: () => CaptureReader,
): Promise<SourceReport> {
  const stream = pieces[Symbol.asyncIterator]();
  const head = await readHead(stream, headLength);
  const recognised = recogniseSource(head);
  if (recognised.form === null) throw new InvalidInputError(source, undefined, 'evidence-source', recognised.looksLike);
  let [observations, untold] = [0, 0];
  const malformed = { count: 0, problems: {} as Partial<Record<LineProblem, number>> };
  const first: { number: number; problem: LineProblem }[] = [];
  const reader = readers[recognised.form]({
    observe: (observation, repeats) => {
      observations += repeats?.times ?? 1;
      observe(observation, repeats);
    },
    countHour,
    counts,
    untold: () => {
      untold += 1;
    },
    malformed: (number, problem) => {
      malformed.count += 1;
      malformed.problems[problem] = (malformed.problems[problem] ?? 0) + 1;
      if (first.length < named) first.push({ number, problem });
    },
  });
  const capture = recognised.form === 'capture' ? openCapture() : undefined;
  const push = pusherOf(reader, recognised.encoding);
  if (capture !== undefined) await stream.return?.();
  for await (const piece of capture?.read() ?? chain(head, stream)) push(piece);
  push(undefined);
  reader.end();
  return {
    source,
    form: recognised.form,
    observations,
    untold,
    malformed: { ...malformed, first },
    problem: capture?.failure() ?? null,
  };
}

/** What a reader takes: text, or bytes that are ASCII where it looks at them. The end has no piece. */
function pusherOf(reader: SourceReader, encoding: SourceEncoding): (piece: Uint8Array | undefined) => void {
  if ('pushBytes' in reader && encoding === 'latin1') return (piece) => piece && reader.pushBytes(piece);
  const decode = decoderOf(encoding);
  if ('push' in reader) return (piece) => reader.push(decode(piece));
  return (piece) => reader.pushBytes(Buffer.from(decode(piece)));
}

/** Bytes that are no character become a mark: nothing that is looked for has any. */
function decoderOf(encoding: SourceEncoding): (bytes: Uint8Array | undefined) => string {
  if (encoding === 'latin1') return (bytes) => (bytes === undefined ? '' : asBuffer(bytes).toString('latin1'));
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes, { stream: bytes !== undefined });
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
