/**
 * IIS logs in W3C's format with the TLS fields (Windows Server 2012 R2 with its update, and later). The fields are custom
 * ones: their names are the administrator's choice, `#Fields` may change inside a file, and each line is a request, of which
 * one handshake may carry many.
 */
import { readByLine } from '../lines';
import { logClock } from '../log-time';
import { nothingMore, type ObservationSink, type SourceReader } from '../observation';
import { keyExchangeOfAlgorithm, protocolOfSchannel } from '../suite-numbers';

interface Columns {
  readonly count: number;
  readonly date: number;
  readonly time: number;
  readonly client: number;
  readonly server: number;
  readonly port: number;
  readonly protocol: number;
  readonly keyExchange: number;
}

export function readIisLog(sink: ObservationSink): SourceReader {
  let columns: Columns | undefined;
  let day = '';
  const clock = logClock();
  return readByLine((line, number) => {
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:')) columns = findColumns(line.slice(8).trim().split(/\s+/));
      else if (line.startsWith('#Date:')) day = line.slice(6).trim().slice(0, 10);
      return;
    }
    if (columns === undefined) return void sink.malformed(number, 'no-header');
    if (columns.keyExchange === -1) return void sink.untold();
    const fields = line.split(' ');
    if (fields.length !== columns.count) return void sink.malformed(number, 'field-count');
    const keyExchange = fields[columns.keyExchange] as string;
    if (keyExchange === '-') return;
    const time = clock(columns.date === -1 ? day : fields[columns.date], fields[columns.time]);
    if (time === undefined) return void sink.malformed(number, 'no-time');
    const protocol = protocolOf(fields[columns.protocol]);
    const algorithm = parseHex(keyExchange);
    if (algorithm === undefined) return void sink.malformed(number, 'unknown-value');
    const port = Number(fields[columns.port]);
    sink.observe({
      ...nothingMore,
      time,
      role: 'server',
      client: fields[columns.client] ?? null,
      server: fields[columns.server] ?? null,
      port: Number.isInteger(port) ? port : null,
      protocol,
      keyExchange: protocol === 'TLS 1.3' ? 'TLS 1.3' : keyExchangeOfAlgorithm(algorithm),
    });
  }, sink.malformed);
}

function findColumns(names: readonly string[]): Columns {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  const find = (matches: (name: string) => boolean) => plain.findIndex(matches);
  const isCrypt = (name: string) => /crypt|tls|ssl/.test(name);
  return {
    count: names.length,
    date: plain.indexOf('date'),
    time: plain.indexOf('time'),
    client: plain.indexOf('cip'),
    server: plain.indexOf('sip'),
    port: plain.indexOf('sport'),
    protocol: find((name) => isCrypt(name) && /protocol|version/.test(name)),
    keyExchange: find((name) => /keyex|keyxchg/.test(name)),
  };
}

function protocolOf(value: string | undefined) {
  const flag = value === undefined ? undefined : parseHex(value);
  return flag === undefined ? null : protocolOfSchannel(flag);
}

function parseHex(text: string): number | undefined {
  return /^(?:0x)?[0-9a-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : undefined;
}
