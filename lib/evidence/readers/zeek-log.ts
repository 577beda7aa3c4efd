/** Zeek's `ssl.log`, as TSV with its own header or as JSON, one object a line. */

import type { ProtocolVersion } from '../../cipher-suite/cipher-suite';
import { readByLine } from '../../files/by-line';
import { plausibleTime } from '../log-time';
import { type HandshakeEnd, type LineReader, nothingMore, type ObservationSink } from '../observation';
import { keyExchangeOfName } from '../suite-numbers';

const protocols: Readonly<Record<string, ProtocolVersion>> = {
  TLSv13: 'TLS 1.3',
  TLSv12: 'TLS 1.2',
  TLSv11: 'TLS 1.1',
  TLSv10: 'TLS 1.0',
  SSLv3: 'SSL 3.0',
  SSLv2: 'SSL 2.0',
};

type Field = (name: string) => unknown;

export function readZeekTsv(sink: ObservationSink): LineReader {
  let separator = '\t';
  let unset = '-';
  let names: readonly string[] | undefined;
  return readByLine((line, number) => {
    if (line.startsWith('#')) {
      // The first line says what stands between the words of the others.
      const [key, value = ''] = line.split(line.startsWith('#separator') ? ' ' : separator, 2);
      if (key === '#separator') separator = decodeEscapes(value);
      else if (key === '#unset_field') unset = value;
      else if (key === '#fields') names = line.split(separator).slice(1);
      return;
    }
    if (names === undefined) return void sink.malformed(number, 'no-header');
    if (!names.includes('cipher')) return void sink.untold();
    const fields = line.split(separator);
    if (fields.length !== names.length) return void sink.malformed(number, 'field-count');
    observe(sink, number, (name) => {
      const value = fields[names?.indexOf(name) ?? -1];
      return value === unset ? undefined : value;
    });
  }, sink.malformed);
}

/** `\x09`. */
function decodeEscapes(text: string): string {
  return text.replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

export function readZeekJson(sink: ObservationSink): LineReader {
  return readByLine((line, number) => {
    let entry: unknown;
    try {
      entry = JSON.parse(line);
    } catch {
      return void sink.malformed(number, 'not-json');
    }
    if (typeof entry !== 'object' || entry === null) return void sink.malformed(number, 'not-json');
    const field = fieldOf(entry as Members);
    // Other logs of Zeek name both ends too.
    if (field('cipher') === undefined && field('established') === undefined) return void sink.untold();
    observe(sink, number, field);
  }, sink.malformed);
}

type Members = Readonly<Record<string, unknown>>;

/** `id.orig_h` is a name of its own; what passes logs on makes an object `id` of it. */
function fieldOf(entry: Members): Field {
  const { id } = entry;
  const inner = typeof id === 'object' && id !== null ? (id as Members) : {};
  return (name) => entry[name] ?? (name.startsWith('id.') ? inner[name.slice(3)] : undefined) ?? undefined;
}

function observe(sink: ObservationSink, number: number, field: Field): void {
  const cipher = text(field('cipher'));
  const version = text(field('version'));
  const time = parseTime(field('ts'));
  if (time === undefined) return void sink.malformed(number, 'no-time');
  const keyExchange = cipher === null ? 'unknown' : keyExchangeOfName(cipher);
  sink.observe({
    ...nothingMore,
    time,
    client: text(field('id.orig_h')),
    server: text(field('id.resp_h')),
    port: Number(field('id.resp_p')) || null,
    name: text(field('server_name')),
    protocol: (version === null ? undefined : protocols[version]) ?? null,
    suite: cipher,
    keyExchange,
    end: endOf(field),
  });
}

function endOf(field: Field): HandshakeEnd {
  const established = field('established');
  if (established === true || established === 'T') return 'completed';
  return field('last_alert') === undefined ? 'cut-off' : 'alert';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Seconds since 1970; JSON logs may have ISO 8601 instead. */
function parseTime(value: unknown): number | undefined {
  const seconds = Number(value);
  return plausibleTime(Number.isNaN(seconds) ? Date.parse(String(value)) : Math.round(seconds * 1000));
}
