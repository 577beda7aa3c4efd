/** A snapshot, a record, and the numbered lines of the collector → the configuration that they tell of. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import { suiteOfCode } from '../../cipher-suite/suite-code';
import type { SuiteList } from '../../cipher-suite/suite-list';
import type { Configuration } from '../../configuration/configuration';
import { configurationOf, partialConfiguration } from '../../configuration/offline-configuration';
import { checkConfiguration, describeIssue } from '../../configuration/parse';
import { InvalidInputError } from '../../errors';
import { readRegFile } from '../../registry-files/reg-file';
import { machineSchema, rawLineSchema } from '../machine-lines-schema';

export type RawLine = z.infer<typeof rawLineSchema>;
type RecordedMachine = z.infer<typeof machineSchema>;

/** A policy of 32,767 characters is a tenth of it. */
const largestText = 4 * 1024 * 1024;

/** @throws InvalidInputError for lines of several machines, or not all of one; for data that were changed on the way */
export function readMachineLines(documents: readonly unknown[], source: string): Configuration {
  const [first, ...others] = documents;
  const kind = kindOf(first);
  if (kind === 'raw') {
    const lines = documents.map((one) => parseRawLine(one, source));
    return readRawLines(lines, source);
  }
  if (others.length > 0) throw new InvalidInputError(source, undefined, 'one-machine', { number: documents.length });
  if (kind === 'configuration') return checkConfiguration(first, source);
  return configurationOfRecord(parseAs(machineSchema, first, 'record', source), source);
}

/** Whether it is a document of ours that tells of a machine as a whole. */
export function isOfMachine(document: unknown): boolean {
  return ['record', 'raw', 'configuration'].includes(String(kindOf(document)));
}

export function kindOf(document: unknown): unknown {
  return (document as { readonly kind?: unknown } | null | undefined)?.kind;
}

/** @throws InvalidInputError */
export function parseRawLine(document: unknown, source: string): RawLine {
  return parseAs(rawLineSchema, document, 'raw-lines', source);
}

/** Lines that belong together; in any order, and any of them twice. */
export function rawLinesKey({ host, time, parts }: RawLine): string {
  return JSON.stringify([host, time, parts]);
}

/** @throws InvalidInputError as above, and with the machine's own words where it could not read */
export function readRawLines(lines: readonly RawLine[], source: string): Configuration {
  const machines = new Set(lines.map(rawLinesKey)).size;
  if (machines !== 1) throw new InvalidInputError(source, undefined, 'one-machine', { number: machines });
  const { host, time, parts } = lines[0] as RawLine;
  const pieces = new Map(lines.map((line) => [line.part, line]));
  const failure = lines.find(({ data }) => data === null);
  if (failure !== undefined) {
    throw new InvalidInputError(source, undefined, 'raw-lines', { text: failure.error ?? '' });
  }
  if (pieces.size !== parts) throw new InvalidInputError(source, undefined, 'raw-lines', 'lines-missing');
  const text = Array.from({ length: parts }, (_, index) => pieces.get(index + 1)?.data ?? '').join('');
  const entries = readRegFile(decompress(text, source), source);
  const told = configurationOf(entries, source, { isWhole: true });
  return { ...told, takenAt: new Date(time).toISOString(), host: told.host ?? (host || null) };
}

/** Its check sum tells of pieces that are missing, changed or another machine's. */
function decompress(text: string, source: string): Uint8Array {
  try {
    return gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: largestText });
  } catch {
    throw new InvalidInputError(source, undefined, 'raw-lines', 'damaged-data');
  }
}

/** What Windows answered with, or what the file held that the record was made from: which layer sets it is not told. */
function configurationOfRecord({ host, time, windows, ...record }: RecordedMachine, source: string): Configuration {
  const { version: _, ...build } = windows;
  return partialConfiguration({
    host,
    takenAt: time,
    windows: { ...build, productName: null },
    enumerated: listOfRecord(record, source),
  });
}

/** @throws InvalidInputError where it is another list than the one that was hashed */
export function listOfRecord(
  { list, sha256 }: Pick<RecordedMachine, 'list' | 'sha256'>,
  source: string,
): string[] | null {
  const names = list?.map(suiteOfCode) ?? null;
  if (names === null || hashOfList(names) === sha256) return names;
  throw new InvalidInputError(source, { path: '$.list' }, 'record', 'damaged-data');
}

/** SHA-256, in hex, of the names as a JSON array. */
export function hashOfList(names: SuiteList): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex');
}

export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  document: unknown,
  expected: 'record' | 'raw-lines',
  source: string,
): z.infer<Schema> {
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const { path, found } = describeIssue(result.error, document);
  throw new InvalidInputError(source, { path }, expected, found);
}
