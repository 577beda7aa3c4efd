/**
 * IIS logs in W3C's format with the TLS fields (Windows Server 2012 R2 with its update, and later). The fields are custom
 * ones: their names are the administrator's choice, `#Fields` may change inside a file, and each line is a request, of which
 * one handshake may carry many. No log is larger, so it is read as bytes: all that is looked at is ASCII.
 */
import type { ProtocolVersion } from '../../cipher-suite/cipher-suite';
import { longestLine } from '../../files/by-line';
import { readByteLines } from '../byte-lines';
import { LineBreaks } from '../line-breaks';
import { plausibleTime } from '../log-time';
import {
  type ByteReader,
  nothingMore,
  type Observation,
  type ObservationSink,
  type SeenKeyExchange,
} from '../observation';
import { RepeatCache } from '../repeat-cache';
import { keyExchangeOfAlgorithm, protocolOfSchannel } from '../suite-numbers';

/** Columns that a log does not have are the one behind its last. */
interface Columns {
  readonly count: number;
  readonly date: number;
  readonly time: number;
  readonly server: number;
  readonly keyExchange: number;
  /** Who did what: the client, the port, the protocol, the key exchange. */
  readonly said: readonly number[];
  /** How many at the front of a line tell the time. */
  readonly clock: number;
}

const [numberSign, hyphen, carriageReturn] = [0x23, 0x2d, 0x0d];

export function readIisLog(sink: ObservationSink): ByteReader {
  let columns: Columns | undefined;
  let day = '';
  let number = 0;
  const breaks = new LineBreaks();
  /** The line at hand: where it begins, where its last field ends, and which blank is its first. */
  let [start, end, firstBlank] = [0, 0, 0];
  /** Where each field begins and ends that says who did what, by twos. */
  const places = new Int32Array(8);
  let time: number | undefined;
  const repeats = new RepeatCache(sink);

  const readLines = (bytes: Buffer) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = breaks.find(bytes);
    const { lines } = breaks;
    // A busy log has the same second many times in a row: where it stood first, and how many bytes it takes.
    let [known, knownLength] = [0, 0];
    start = 0;
    firstBlank = 0;
    for (let line = 0; line < count; line += 1) {
      const lineEnd = lines[2 * line] as number;
      const nextBlank = lines[2 * line + 1] as number;
      number += 1;
      if (lineEnd - start >= longestLine) sink.malformed(number, 'too-long');
      else if (columns === undefined || columns.keyExchange === columns.count || bytes[start] === numberSign) {
        readOther(bytes.toString('latin1', start, lineEnd).trim());
        knownLength = 0;
      } else {
        end = lineEnd > start && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
        if (nextBlank - firstBlank === columns.count - 1) {
          if (knownLength === 0 || knownLength >= end - start || !isSame(view, known, start, knownLength)) {
            readTime(bytes, columns);
            known = start;
            knownLength = time === undefined || columns.clock === 0 ? 0 : endOf(columns.clock - 1) + 1 - start;
          }
          readRequest(bytes, view, columns);
        } else if (end > start) sink.malformed(number, 'field-count');
      }
      start = lineEnd + 1;
      firstBlank = nextBlank;
    }
  };

  /** A heading, or a line that tells nothing. */
  const readOther = (line: string) => {
    if (line.startsWith('#Fields:')) columns = findColumns(line.slice(8).trim().split(/\s+/));
    else if (line.startsWith('#Date:')) day = line.slice(6).trim().slice(0, 10);
    else if (line === '' || line.startsWith('#')) return;
    else if (columns === undefined) sink.malformed(number, 'no-header');
    else sink.untold();
  };

  const startOf = (column: number) => (column === 0 ? start : (breaks.blanks[firstBlank + column - 1] as number) + 1);
  const endOf = (column: number) =>
    column + 1 === columns?.count ? end : (breaks.blanks[firstBlank + column] as number);
  const textOf = (bytes: Buffer, column: number) =>
    column === columns?.count ? null : bytes.toString('utf8', startOf(column), endOf(column));

  const readTime = (bytes: Buffer, asked: Columns) => {
    const text = `${textOf(bytes, asked.date) ?? day}T${textOf(bytes, asked.time)}Z`;
    time = text.length > longestTime ? undefined : plausibleTime(Date.parse(text));
    if (time !== undefined) repeats.setTime(time);
  };

  const readRequest = (bytes: Buffer, view: DataView, { server, keyExchange, said }: Columns) => {
    const exchange = startOf(keyExchange);
    if (bytes[exchange] === hyphen && endOf(keyExchange) === exchange + 1) return;
    if (time === undefined) return sink.malformed(number, 'no-time');
    for (let index = 0; index < said.length; index += 1) {
      const column = said[index] as number;
      const isThere = column !== columns?.count;
      places[2 * index] = isThere ? startOf(column) : 0;
      places[2 * index + 1] = isThere ? endOf(column) : 0;
    }
    let place = repeats.find(view, places);
    if (place === -1) {
      const texts = said.map((column) => textOf(bytes, column));
      const request = describeRequest(texts, textOf(bytes, server), time);
      if (request === undefined) return sink.malformed(number, 'unknown-value');
      place = repeats.add(request);
      if (place === -1) return sink.observe(request);
    }
    repeats.count(place);
  };

  const passOver = () => {
    number += 1;
    sink.malformed(number, 'too-long');
  };
  return readByteLines(readLines, passOver, () => repeats.end());
}

/** Of a date and a time of any log. */
const longestTime = 64;

/** Whether as many bytes are the same from the one place on as from the other. */
function isSame(view: DataView, one: number, other: number, length: number): boolean {
  let at = 0;
  for (; at <= length - 4; at += 4) if (view.getInt32(one + at) !== view.getInt32(other + at)) return false;
  for (; at < length; at += 1) if (view.getUint8(one + at) !== view.getUint8(other + at)) return false;
  return true;
}

function findColumns(names: readonly string[]): Columns {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const find = (isWanted: (name: string) => boolean) => {
    const found = plain.findIndex(isWanted);
    return found === -1 ? names.length : found;
  };
  const [date, time, server, client, port] = ['date', 'time', 'sip', 'cip', 'sport'].map((wanted) =>
    find((name) => name === wanted),
  ) as [number, number, number, number, number];
  const keyExchange = find((name) => /keyex|keyxchg/.test(name));
  const protocol = find((name) => /crypt|tls|ssl/.test(name) && /protocol|version/.test(name));
  const said = [client, port, protocol, keyExchange];
  const atFront = [date, time].filter((column) => column < 2).length;
  const clock = time === 0 || (time === 1 && date === 0) ? atFront : 0;
  return { count: names.length, date, time, server, keyExchange, said, clock };
}

function describeRequest(
  [client = null, portText, protocolText, keyExchangeText]: readonly (string | null)[],
  server: string | null,
  time: number,
): (Observation & { time: number }) | undefined {
  const keyExchange = exchangeOf(keyExchangeText ?? '');
  if (keyExchange === undefined) return undefined;
  const protocol = protocolOf(protocolText ?? '');
  const port = Number(portText ?? Number.NaN);
  return {
    ...nothingMore,
    time,
    role: 'server',
    client,
    server,
    port: Number.isInteger(port) ? port : null,
    protocol,
    keyExchange: protocol === 'TLS 1.3' ? 'TLS 1.3' : keyExchange,
  };
}

function exchangeOf(text: string): SeenKeyExchange | undefined {
  const algorithm = parseHex(text);
  return algorithm === undefined ? undefined : keyExchangeOfAlgorithm(algorithm);
}

function protocolOf(text: string): ProtocolVersion | null {
  const flag = parseHex(text);
  return flag === undefined ? null : protocolOfSchannel(flag);
}

function parseHex(text: string): number | undefined {
  return /^(?:0x)?[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : undefined;
}
