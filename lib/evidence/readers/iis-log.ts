/**
 * IIS logs in W3C's format with the TLS fields (Windows Server 2012 R2 with its update, and later). The fields are custom
 * ones: their names are the administrator's choice, `#Fields` may change inside a file, and each line is a request, of which
 * one handshake may carry many. No log is larger, so it is read as bytes: all that is looked at is ASCII.
 */
import type { ProtocolVersion } from '../../cipher-suite/cipher-suite';
import { longestLine } from '../../files/by-line';
import { lineFeed, readByteLines } from '../byte-lines';
import { byteClock } from '../log-time';
import {
  type ByteReader,
  nothingMore,
  type Observation,
  type ObservationSink,
  type SeenKeyExchange,
} from '../observation';
import { RepeatCache } from '../repeat-cache';
import { keyExchangeOfAlgorithm, protocolOfSchannel } from '../suite-numbers';

/** The places of the columns that are looked at; -1 where the log has none. */
interface Columns {
  readonly count: number;
  readonly date: number;
  readonly time: number;
  readonly server: number;
  readonly keyExchange: number;
  /** Who did what: the client, the port, the protocol, the key exchange. */
  readonly said: readonly number[];
}

const [blank, numberSign, hyphen, carriageReturn] = [0x20, 0x23, 0x2d, 0x0d];
const hour = 3_600_000;

export function readIisLog(sink: ObservationSink): ByteReader {
  let columns: Columns | undefined;
  let day = '';
  let number = 0;
  /** Where each field of a line begins, and where another one would. */
  let starts = new Int32Array(1);
  const clock = byteClock();
  const repeats = new RepeatCache(sink);
  const parts = new Int32Array(8);

  const readLines = (bytes: Buffer, from: number, to: number) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const lastWord = bytes.byteLength - 4;
    for (let start = from, end = from; start < to; start = end) {
      number += 1;
      if (columns === undefined || columns.keyExchange === -1 || bytes[start] === numberSign) {
        end = bytes.indexOf(lineFeed, start) + 1;
        if (end - start > longestLine) sink.malformed(number, 'too-long');
        else readOther(bytes.toString('latin1', start, end).trim());
        continue;
      }
      let fields = 1;
      starts[0] = start;
      for (;;) {
        if (end <= lastWord) {
          // The first byte of four that is a blank or a control character, all at once.
          const word = view.getInt32(end, true);
          const low = (word - 0x21212121) & ~word & 0x80808080;
          if (low === 0) {
            end += 4;
            continue;
          }
          end += (31 - Math.clz32(low & -low)) >> 3;
        }
        const byte = bytes[end] as number;
        end += 1;
        if (byte === lineFeed) break;
        if (byte !== blank) continue;
        starts[fields] = end;
        fields += 1;
      }
      const length = end - start;
      const hasReturn = length > 1 && bytes[end - 2] === carriageReturn;
      starts[fields] = hasReturn ? end - 1 : end;
      if (length > longestLine) sink.malformed(number, 'too-long');
      else if (fields === columns.count) readRequest(bytes, columns);
      else if (length > (hasReturn ? 2 : 1)) sink.malformed(number, 'field-count');
    }
  };

  /** A heading, or a line that tells nothing. */
  const readOther = (line: string) => {
    if (line.startsWith('#Fields:')) {
      columns = findColumns(line.slice(8).trim().split(/\s+/));
      starts = new Int32Array(columns.count + 1);
    } else if (line.startsWith('#Date:')) day = line.slice(6).trim().slice(0, 10);
    else if (line === '' || line.startsWith('#')) return;
    else if (columns === undefined) sink.malformed(number, 'no-header');
    else sink.untold();
  };

  const startOf = (column: number) => (column === -1 ? 0 : (starts[column] as number));
  const endOf = (column: number) => (column === -1 ? 0 : (starts[column + 1] as number) - 1);
  const textOf = (bytes: Buffer, column: number) =>
    column === -1 ? null : bytes.toString('utf8', startOf(column), endOf(column));

  const readRequest = (bytes: Buffer, { date, time, server, keyExchange, said }: Columns) => {
    const exchangeStart = startOf(keyExchange);
    if (bytes[exchangeStart] === hyphen && endOf(keyExchange) === exchangeStart + 1) return;
    const at = clock(bytes, startOf(date), endOf(date), startOf(time), endOf(time), date === -1 ? day : undefined);
    if (at === undefined) return sink.malformed(number, 'no-time');
    for (let part = 0; part < 4; part += 1) {
      parts[2 * part] = startOf(said[part] as number);
      parts[2 * part + 1] = endOf(said[part] as number);
    }
    let place = repeats.find(bytes, parts);
    if (place === -1) {
      const texts = said.map((column) => textOf(bytes, column));
      const request = describeRequest(texts, textOf(bytes, server), at);
      if (request === undefined) return sink.malformed(number, 'unknown-value');
      place = repeats.add(bytes, parts, request);
      if (place === -1) return sink.observe(request);
    }
    repeats.count(place, at, 2 * Math.floor(at / hour) + Number(sink.counts(at)));
  };

  const passOver = () => {
    number += 1;
    sink.malformed(number, 'too-long');
  };
  return readByteLines(readLines, passOver, () => repeats.end());
}

function findColumns(names: readonly string[]): Columns {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const isCrypt = (name: string) => /crypt|tls|ssl/.test(name);
  const keyExchange = plain.findIndex((name) => /keyex|keyxchg/.test(name));
  const protocol = plain.findIndex((name) => isCrypt(name) && /protocol|version/.test(name));
  return {
    count: names.length,
    date: plain.indexOf('date'),
    time: plain.indexOf('time'),
    server: plain.indexOf('sip'),
    keyExchange,
    said: [plain.indexOf('cip'), plain.indexOf('sport'), protocol, keyExchange],
  };
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
