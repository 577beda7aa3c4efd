/**
 * IIS logs in W3C's format with the TLS fields (Windows Server 2012 R2 with its update, and later). The fields are custom
 * ones: their names are the administrator's choice, `#Fields` may change inside a file, and each line is a request, of which
 * one handshake may carry many.
 */
import type { ProtocolVersion } from '../../cipher-suite/cipher-suite';
import { readByLine } from '../../files/by-line';
import { logClock } from '../log-time';
import { nothingMore, type ObservationSink, type SeenKeyExchange, type SourceReader } from '../observation';
import { keyExchangeOfAlgorithm, protocolOfSchannel } from '../suite-numbers';

/** The columns that are looked at, by what they hold. */
const wanted = ['date', 'time', 'client', 'server', 'port', 'protocol', 'keyExchange'] as const;

interface Columns {
  readonly count: number;
  /** For each column of a line, where its text goes; -1 where nobody wants it. */
  readonly places: readonly number[];
  readonly has: Readonly<Record<'date' | 'keyExchange', boolean>>;
}

export function readIisLog(sink: ObservationSink): SourceReader {
  let columns: Columns | undefined;
  let day = '';
  const clock = logClock();
  const fields: (string | undefined)[] = [];
  const exchanges = new Map<string, SeenKeyExchange | undefined>();
  const protocols = new Map<string, ProtocolVersion | null>();
  return readByLine((line, number) => {
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:')) columns = findColumns(line.slice(8).trim().split(/\s+/));
      else if (line.startsWith('#Date:')) day = line.slice(6).trim().slice(0, 10);
      return;
    }
    if (columns === undefined) return void sink.malformed(number, 'no-header');
    if (!columns.has.keyExchange) return void sink.untold();
    if (!takeFields(line, columns, fields)) return void sink.malformed(number, 'field-count');
    const [date, time, client = null, server = null, portText, protocolText = '', keyExchange = ''] = fields;
    if (keyExchange === '-') return;
    const at = clock(columns.has.date ? date : day, time);
    if (at === undefined) return void sink.malformed(number, 'no-time');
    const protocol = remember(protocols, protocolText, protocolOf);
    const exchange = remember(exchanges, keyExchange, exchangeOf);
    if (exchange === undefined) return void sink.malformed(number, 'unknown-value');
    const port = portText === undefined ? Number.NaN : Number(portText);
    sink.observe({
      ...nothingMore,
      time: at,
      role: 'server',
      client,
      server,
      port: Number.isInteger(port) ? port : null,
      protocol,
      keyExchange: protocol === 'TLS 1.3' ? 'TLS 1.3' : exchange,
    });
  }, sink.malformed);
}

/** Most of a line is looked at by nobody; whether it has as many fields as its heading. */
function takeFields(line: string, { count, places }: Columns, fields: (string | undefined)[]): boolean {
  let start = 0;
  let column = 0;
  for (;;) {
    const end = line.indexOf(' ', start);
    const place = places[column] ?? -1;
    if (place !== -1) fields[place] = end === -1 ? line.slice(start) : line.slice(start, end);
    column += 1;
    if (end === -1) return column === count;
    start = end + 1;
  }
}

function findColumns(names: readonly string[]): Columns {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const isCrypt = (name: string) => /crypt|tls|ssl/.test(name);
  const found: Readonly<Record<(typeof wanted)[number], number>> = {
    date: plain.indexOf('date'),
    time: plain.indexOf('time'),
    client: plain.indexOf('cip'),
    server: plain.indexOf('sip'),
    port: plain.indexOf('sport'),
    protocol: plain.findIndex((name) => isCrypt(name) && /protocol|version/.test(name)),
    keyExchange: plain.findIndex((name) => /keyex|keyxchg/.test(name)),
  };
  return {
    count: names.length,
    places: names.map((_, column) => wanted.findIndex((id) => found[id] === column)),
    has: { date: found.date !== -1, keyExchange: found.keyExchange !== -1 },
  };
}

/** A log has few different ones. What it should not hold must not fill the memory either. */
function remember<Value>(known: Map<string, Value>, text: string, find: (text: string) => Value): Value {
  const value = known.get(text);
  if (value !== undefined) return value;
  const found = find(text);
  if (known.size < 100) known.set(text, found);
  return found;
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
