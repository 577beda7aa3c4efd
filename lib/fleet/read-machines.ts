/** What was collected, in any form → a record for each machine, one input after another. */
import type { Configuration } from '../configuration/configuration';
import { checkConfiguration } from '../configuration/parse';
import { type FoundInput, InputTooLargeError, InvalidInputError, SchannelDheError } from '../errors';
import { readByLine } from '../files/by-line';
import { chain, readHead } from '../files/byte-stream';
import { largestInput } from '../files/user-file';
import { openInput } from '../inputs/open-configuration';
import { readInput } from '../inputs/read-input';
import {
  isOfMachine,
  kindOf,
  parseRawLine,
  type RawLine,
  rawLinesKey,
  readRawLines,
} from '../inputs/readers/machine-lines';
import { isMachineLine } from '../inputs/recognise';
import { isRegistryHive, largestHive } from '../registry-files/registry-hive';
import { type MachineRecord, parseRecord, type RecordOptions, recordOf } from './record';

/** A file, or stdin. */
export interface MachineInput {
  readonly source: string;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** When it was written, for forms that do not tell when they were made. */
  readonly time: Date;
  /** A file that is of no form ends the reading where it is named, and is passed over in a folder. */
  readonly isNamed: boolean;
}

/** Where in what was collected something stands. */
export interface Place {
  readonly source: string;
  /** From 1, where an input is of lines; else null. */
  readonly line: number | null;
}

/** `fleet.ndjson:7`. */
export function nameOfPlace({ source, line }: Place): string {
  return line === null ? source : `${source}:${line}`;
}

export interface MachineSink {
  readonly machine: (record: MachineRecord, place: Place) => void;
  readonly unread: (place: Place, error: SchannelDheError) => void;
  readonly otherFile: () => void;
}

export interface ReadMachinesOptions extends RecordOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Bytes in which one line at least tells whether an input is of lines. */
const headLength = 64 * 1024;

/** Bytes. What is long or lives long, V8 frees late, so that memory rose by as much again as a report keeps. */
const decodedAtOnce = 16 * 1024;

/** Machines of which some of the collector's lines are still to come. */
const mostPending = 10_000;

/** @throws FileAccessError, InvalidInputError of an input that is named */
export async function readMachines(
  inputs: Iterable<MachineInput>,
  sink: MachineSink,
  options: ReadMachinesOptions,
): Promise<void> {
  const reader = new DocumentReader(sink, options);
  for (const input of inputs) {
    if (options.signal?.aborted === true) break;
    await readOne(input, reader, sink, options);
  }
  reader.end();
}

/** What a machine's output looks like that was not written whole, and nothing else does. */
const lostOutputs = new Set<FoundInput>(['nothing', 'binary', 'two-encodings']);

/** Also one that has a machine in each of its lines. */
const isArray = /^\s*\[\s*\{/;

async function readOne(
  { source, open, time, isNamed }: MachineInput,
  reader: DocumentReader,
  sink: MachineSink,
  options: ReadMachinesOptions,
): Promise<void> {
  const place = { source, line: null };
  try {
    const stream = open()[Symbol.asyncIterator]();
    const head = await readHead(stream, headLength);
    const decoder = new TextDecoder(head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : 'utf-8');
    const text = decoder.decode(head);
    if (!isArray.test(text) && text.split('\n').some(isMachineLine))
      return await readLines(chain(head, stream), decoder, source, reader, options);
    const bytes = await readWhole(chain(head, stream), source, isRegistryHive(head) ? largestHive : largestInput);
    const document = jsonOf(decoder.decode(bytes));
    const several = Array.isArray(document) ? document : [document];
    if (several.some(isOfMachine)) for (const one of several) reader.put(one, place);
    else reader.putConfiguration(readConfigurationFile(bytes, source, time), place);
  } catch (error) {
    if (!(error instanceof SchannelDheError)) throw error;
    const isOfNoForm = error instanceof InvalidInputError && error.expected === 'input-form';
    if (isNamed && (isOfNoForm || error.code === 'FILE_ACCESS')) throw error;
    if (isOfNoForm && !lostOutputs.has(error.found)) sink.otherFile();
    else sink.unread(place, error);
  }
}

async function readLines(
  pieces: AsyncIterable<Uint8Array>,
  decoder: TextDecoder,
  source: string,
  reader: DocumentReader,
  { signal }: ReadMachinesOptions,
): Promise<void> {
  const lines = readByLine(
    (text, line) => reader.putText(text, { source, line }),
    (line) => reader.refuse({ source, line }, 'record', 'other-text'),
  );
  for await (const piece of pieces) {
    if (signal?.aborted === true) return;
    for (let start = 0; start < piece.byteLength; start += decodedAtOnce) {
      lines.push(decoder.decode(piece.subarray(start, start + decodedAtOnce), { stream: true }));
    }
  }
  lines.push(decoder.decode());
  lines.end();
}

async function readWhole(pieces: AsyncIterable<Uint8Array>, source: string, largest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.byteLength;
    if (length > largest) throw new InputTooLargeError(source, largest, length);
  }
  return Buffer.concat(parts);
}

function jsonOf(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readConfigurationFile(bytes: Uint8Array, source: string, time: Date): Configuration {
  const input = readInput(bytes, source);
  const configuration = openInput(input, source);
  return input.content.kind === 'configuration' ? configuration : { ...configuration, takenAt: time.toISOString() };
}

/** Documents in the order in which they come; the collector's lines of one machine may stand apart. */
class DocumentReader {
  readonly #pending = new Map<string, { readonly lines: RawLine[]; readonly place: Place }>();

  constructor(
    readonly sink: MachineSink,
    readonly options: RecordOptions,
  ) {}

  /** Files that were put together have a byte order mark in the midst, which is a blank to `trim`. */
  putText(line: string, place: Place): void {
    const text = line.trim();
    if (text === '') return;
    const document = jsonOf(text);
    if (document === undefined) this.refuse(place, 'json', { text: text.slice(0, 40) });
    else this.put(document, place);
  }

  put(document: unknown, place: Place): void {
    try {
      const [kind, name] = [kindOf(document), nameOfPlace(place)];
      if (kind === 'raw') this.#putRaw(parseRawLine(document, name), place);
      else if (kind === 'configuration') this.putConfiguration(checkConfiguration(document, name), place);
      else this.sink.machine(parseRecord(document, name), place);
    } catch (error) {
      if (!(error instanceof SchannelDheError)) throw error;
      this.sink.unread(place, error);
    }
  }

  putConfiguration(configuration: Configuration, place: Place): void {
    this.sink.machine(recordOf(configuration, this.options), place);
  }

  refuse(place: Place, expected: 'record' | 'json', found: FoundInput): void {
    this.sink.unread(place, new InvalidInputError(nameOfPlace(place), undefined, expected, found));
  }

  #putRaw(line: RawLine, place: Place): void {
    const key = rawLinesKey(line);
    const found = this.#pending.get(key) ?? { lines: [], place };
    if (!found.lines.some(({ part }) => part === line.part)) found.lines.push(line);
    if (found.lines.length < line.parts && line.data !== null) {
      this.#pending.set(key, found);
      const [oldest] = this.#pending;
      if (this.#pending.size > mostPending && oldest !== undefined) this.#finish(...oldest);
      return;
    }
    this.#finish(key, found);
  }

  #finish(key: string, { lines, place }: { readonly lines: readonly RawLine[]; readonly place: Place }): void {
    this.#pending.delete(key);
    try {
      this.putConfiguration(readRawLines(lines, nameOfPlace(place)), place);
    } catch (error) {
      if (!(error instanceof SchannelDheError)) throw error;
      this.sink.unread(place, error);
    }
  }

  /** What is not whole by now never will be. */
  end(): void {
    for (const [key, found] of [...this.#pending]) this.#finish(key, found);
  }
}
