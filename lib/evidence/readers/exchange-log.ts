/**
 * SMTP protocol logs of Exchange: comma-separated, with the endpoints, and a sentence for each handshake. The sentence
 * stands in `data` or in `context`; `CALG_DH_EPHEM` follows from the names that public samples show, which have no DHE.
 */
import { readByLine } from '../../files/by-line';
import { plausibleTime } from '../log-time';
import { type LineReader, nothingMore, type ObservationSink } from '../observation';
import { keyExchangeOfAlgorithm, protocolOfSchannelName } from '../suite-numbers';

const sentence =
  /TLS protocol SP_PROT_(\w+?)_(SERVER|CLIENT) negotiation succeeded\b.{0,400}?\bkey exchange algorithm (\w+)/;

export function readExchangeLog(sink: ObservationSink): LineReader {
  let columns: readonly string[] | undefined;
  return readByLine((line, number) => {
    if (line.startsWith('#')) {
      if (line.startsWith('#Fields:')) columns = line.slice(8).trim().split(',');
      return;
    }
    if (columns === undefined) return void sink.malformed(number, 'no-header');
    if (!line.includes('TLS protocol SP_PROT_')) return;
    const fields = splitCsv(line);
    if (fields.length !== columns.length) return void sink.malformed(number, 'field-count');
    const field = (name: string) => fields[columns?.indexOf(name) ?? -1];
    const time = plausibleTime(Date.parse(field('date-time') ?? ''));
    if (time === undefined) return void sink.malformed(number, 'no-time');
    const found = sentence.exec(`${field('data') ?? ''} ${field('context') ?? ''}`);
    if (found === null) return void sink.malformed(number, 'unknown-value');
    const [, protocolName = '', side, algorithm = ''] = found;
    const isServer = side === 'SERVER';
    const [local, remote] = [parseEndpoint(field('local-endpoint')), parseEndpoint(field('remote-endpoint'))];
    const [client, server] = isServer ? [remote, local] : [local, remote];
    const protocol = protocolOfSchannelName(protocolName);
    sink.observe({
      ...nothingMore,
      time,
      role: isServer ? 'server' : 'client',
      client: client.address,
      server: server.address,
      port: server.port,
      protocol,
      keyExchange: protocol === 'TLS 1.3' ? 'TLS 1.3' : keyExchangeOfAlgorithm(algorithm),
    });
  }, sink.malformed);
}

/** One line of CSV; quotes inside of quotes are doubled. */
function splitCsv(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

function parseEndpoint(text = ''): { readonly address: string | null; readonly port: number | null } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|(.+?)):(\d{1,5})$/.exec(text) ?? [];
  return { address: bracketed ?? plain ?? null, port: port === undefined ? null : Number(port) };
}
