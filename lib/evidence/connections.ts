/**
 * Frames of a capture → handshakes. Up to TLS 1.2 the hellos and both key exchange messages are in clear. The server's
 * ChangeCipherSpec behind the client's key says that the keys are the same: it follows the client's Finished (RFC 5246, 7.3).
 */

import { zeroByteRate } from '../statistics/zero-byte-rate';
import { detach } from './detach';
import {
  type ClientOffer,
  type HandshakeEnd,
  type KeyExchangeSeen,
  nothingMore,
  type ObservationSink,
  type SeenKeyExchange,
  type ZeroForm,
} from './observation';
import { describeNumber, protocolOfVersion } from './suite-numbers';
import type { TsharkField } from './tshark-fields';

/** The values of a field in one frame, with commas between them; empty where there is none. */
export type Frame = (field: TsharkField) => string;

interface Connection {
  readonly client: string;
  readonly server: string;
  readonly port: number;
  readonly begun: number;
  /** Null where its hello is not in the capture. */
  readonly offer: ClientOffer | null;
  readonly name: string | null;
  /** The packet at which something of it was missing or cut. */
  gap: number | null;
  last: number;
  version: number | null;
  suite: number | null;
  hasServerKey: boolean;
  /** Of the group: digits of p, and the share of values that begin with a zero byte. */
  length: number;
  zeroRate: number | null;
  serverForm: ZeroForm | null;
  clientForm: ZeroForm | null;
}

/** Milliseconds without a frame after which a handshake is given up: twice what Schannel's callers commonly wait. */
const silenceAfter = 30_000;

/** A capture of a busy machine has some thousands of handshakes in flight. */
const mostConnections = 100_000;

const handshake = { clientHello: '1', serverHello: '2', serverKeyExchange: '12', clientKeyExchange: '16' };
const changeCipherSpec = '20';

export class Connections {
  readonly #open = new Map<string, Connection>();
  readonly #sink: Pick<ObservationSink, 'observe' | 'malformed'>;
  #now = 0;
  readonly #rates = new Map<string, number>();

  constructor(sink: Pick<ObservationSink, 'observe' | 'malformed'>) {
    this.#sink = sink;
  }

  /**
   * @param time milliseconds since 1970
   * @param number the packet's
   */
  add(frame: Frame, time: number, number: number): void {
    this.#now = Math.max(this.#now, time);
    const stream = frame('tcp.stream');
    const types = valuesOf(frame('tls.handshake.type'));
    const isCut = Number(frame('frame.cap_len')) < Number(frame('frame.len'));
    if (isCut) this.#sink.malformed(number, 'cut-packet');
    // A second hello answers a HelloRetryRequest, or a retransmission, and says the same.
    if (!this.#open.has(stream)) {
      if (types.includes(handshake.clientHello)) this.#begin(stream, connectionOf(frame, time));
      else if (types.includes(handshake.serverHello)) this.#begin(stream, answeredConnectionOf(frame, time));
    }
    const open = this.#open.get(stream);
    if (open === undefined) return;
    open.last = time;
    if (isCut || hasGap(frame)) open.gap ??= number;
    const isFromServer = addressOf(frame, 'src') === open.server && Number(frame('tcp.srcport')) === open.port;
    if (isFromServer && types.includes(handshake.serverHello)) answer(open, frame);
    if (isFromServer && types.includes(handshake.serverKeyExchange)) {
      open.hasServerKey = true;
      this.#takeServerKey(open, digitsOf(frame('tls.handshake.p')), digitsOf(frame('tls.handshake.ys')));
    }
    if (!isFromServer && types.includes(handshake.clientKeyExchange)) {
      const value = digitsOf(frame('tls.handshake.yc'));
      if (value !== '' && open.serverForm !== null) open.clientForm = formOf(value, open.length);
    }
    this.#look(stream, open, frame, isFromServer);
  }

  /** What is open still, by how long nothing came. */
  end(): void {
    for (const [stream, open] of this.#open) this.#finish(stream, open, this.#isSilent(open) ? 'silence' : 'cut-off');
  }

  #begin(stream: string, connection: Connection): void {
    if (this.#open.size >= mostConnections) this.#makeRoom();
    this.#open.set(stream, connection);
  }

  /** The longest open one goes; those that nothing was heard of go with it. */
  #makeRoom(): void {
    let isFirst = true;
    for (const [stream, open] of this.#open) {
      const isSilent = this.#isSilent(open);
      if (!isFirst && !isSilent) return;
      isFirst = false;
      this.#finish(stream, open, isSilent ? 'silence' : 'cut-off');
    }
  }

  #isSilent({ last }: Connection): boolean {
    return this.#now - last >= silenceAfter;
  }

  #look(stream: string, open: Connection, frame: Frame, isFromServer: boolean): void {
    const contents = valuesOf(frame('tls.record.content_type'));
    if (isFromServer && open.suite !== null && !isEncrypted(open) && contents.includes(changeCipherSpec)) {
      // Where no key was exchanged, a session was resumed.
      return void this.#finish(stream, open, 'completed');
    }
    const levels = valuesOf(frame('tls.alert_message.level'));
    const alerts = numbersOf(frame('tls.alert_message.desc'));
    const fatal = levels.indexOf('2');
    if (fatal !== -1) return void this.#finish(stream, open, 'alert', alerts[fatal] ?? null);
    if (isSet(frame('tcp.flags.reset'))) this.#finish(stream, open, 'reset');
    else if (isSet(frame('tcp.flags.fin'))) this.#finish(stream, open, 'closed');
  }

  #finish(stream: string, open: Connection, seenEnd: HandshakeEnd, alert: number | null = null): void {
    this.#open.delete(stream);
    const chosen = open.suite === null ? { suite: null, keyExchange: 'unknown' as const } : describeNumber(open.suite);
    const keyExchange = open.serverForm !== null ? 'DHE' : chosen.keyExchange;
    const end = endOf(open, seenEnd);
    if (end === 'not-all-captured') this.#sink.malformed(open.gap ?? 0, 'incomplete-handshake');
    this.#sink.observe({
      ...nothingMore,
      time: open.begun,
      client: open.client,
      server: open.server,
      port: open.port,
      name: open.name,
      protocol: open.version === null ? null : protocolOfVersion(open.version),
      suite: chosen.suite,
      // The key itself tells, also with a suite that nobody knows.
      keyExchange,
      end,
      alert,
      offer: open.offer,
      // Those that are not whole are left out whatever their end: else their ends would be those that can be seen.
      exchange: open.gap === null ? exchangeOf(open, keyExchange) : null,
    });
  }

  /** The values themselves are long, and many handshakes are open at once: what they tell is kept. */
  #takeServerKey(open: Connection, p: string, value: string): void {
    const prime = withoutZeros(p);
    if (prime === '' || value === '') return;
    open.length = prime.length;
    open.zeroRate = this.#rateOf(prime);
    open.serverForm = formOf(value, open.length);
  }

  #rateOf(p: string): number {
    const known = this.#rates.get(p);
    if (known !== undefined) return known;
    const rate = zeroByteRate({ p: BigInt(`0x${p}`), length: p.length / 2 });
    // A server with a new group in each handshake must not fill the memory.
    if (this.#rates.size < 1_000) this.#rates.set(detach(p), rate);
    return rate;
  }
}

function connectionOf(frame: Frame, time: number): Connection {
  const versions = numbersOf(frame('tls.handshake.extensions.supported_version'));
  const [legacy = 0] = numbersOf(frame('tls.handshake.version'));
  return {
    client: detach(addressOf(frame, 'src')),
    server: detach(addressOf(frame, 'dst')),
    port: Number(frame('tcp.dstport')),
    begun: time,
    offer: {
      suites: numbersOf(frame('tls.handshake.ciphersuite')).filter((one) => !isGrease(one)),
      versions: (versions.length > 0 ? versions : versionsUpTo(legacy)).filter((one) => !isGrease(one)),
      groups: numbersOf(frame('tls.handshake.extensions_supported_group')).filter((one) => !isGrease(one)),
    },
    name: detach(frame('tls.handshake.extensions_server_name')) || null,
    ...nothingYet,
    last: time,
  };
}

/** Of which the capture holds no ClientHello. */
function answeredConnectionOf(frame: Frame, time: number): Connection {
  return {
    client: detach(addressOf(frame, 'dst')),
    server: detach(addressOf(frame, 'src')),
    port: Number(frame('tcp.srcport')),
    begun: time,
    offer: null,
    name: null,
    ...nothingYet,
    last: time,
  };
}

const nothingYet = {
  gap: null,
  version: null,
  suite: null,
  hasServerKey: false,
  length: 0,
  zeroRate: null,
  serverForm: null,
  clientForm: null,
} as const satisfies Partial<Connection>;

/** How it ended, as far as the capture can tell. An alert and the server's Finished were seen, whatever else is missing. */
function endOf(open: Connection, end: HandshakeEnd): HandshakeEnd {
  if (end === 'alert') return end;
  if (isEncrypted(open)) return 'negotiated';
  return open.gap !== null && end !== 'completed' ? 'not-all-captured' : end;
}

function hasGap(frame: Frame): boolean {
  return frame('tcp.analysis.lost_segment') !== '' || frame('tcp.analysis.ack_lost_segment') !== '';
}

/** A HelloRetryRequest is a ServerHello too (RFC 8446, 4.1.4); the last one counts. */
function answer(open: Connection, frame: Frame): void {
  const [legacy = null] = numbersOf(frame('tls.handshake.version'));
  const [chosen = null] = numbersOf(frame('tls.handshake.extensions.supported_version'));
  open.version = chosen ?? legacy;
  [open.suite = null] = numbersOf(frame('tls.handshake.ciphersuite'));
}

/** From its ServerHello on a handshake of TLS 1.3 shows nothing more. */
function isEncrypted({ version }: Connection): boolean {
  return version !== null && version >= 0x0304;
}

function exchangeOf(open: Connection, keyExchange: SeenKeyExchange): KeyExchangeSeen | null {
  if (!open.hasServerKey) return null;
  if (keyExchange === 'ECDHE') return { kind: 'ECDHE', server: null, client: null, zeroRate: null };
  if (open.serverForm === null) return null;
  return { kind: 'DHE', server: open.serverForm, client: open.clientForm, zeroRate: open.zeroRate };
}

/** In hexadecimal digits; a value of full length whose first byte is no zero has none. */
function formOf(value: string, length: number): ZeroForm {
  if (withoutZeros(value).length >= length) return 'none';
  return value.length < length ? 'short' : 'padded';
}

function withoutZeros(digits: string): string {
  return digits.replace(/^(?:00)+/, '');
}

/** Older versions put colons between the bytes. Nothing where it is no number. */
function digitsOf(text: string): string {
  const digits = text.replaceAll(':', '');
  return /^(?:[0-9a-f]{2})+$/i.test(digits) ? digits : '';
}

/** RFC 8701: values that mean nothing, 0x0a0a to 0xfafa. */
function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}

/** Where a client does not list its versions, the one that it names is its highest. */
function versionsUpTo(version: number): number[] {
  return [0x0300, 0x0301, 0x0302, 0x0303].filter((one) => one <= version);
}

function valuesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(',');
}

function numbersOf(text: string): number[] {
  return valuesOf(text).flatMap((value) => {
    const number = Number(value);
    return Number.isInteger(number) ? [number] : [];
  });
}

/** Version 4.2 of `tshark` writes `True` for 1. */
function isSet(text: string): boolean {
  return /^(?:1|true)/i.test(text);
}

/** In a tunnel the last address is the one of the connection itself. */
function addressOf(frame: Frame, end: 'src' | 'dst'): string {
  return valuesOf(frame(`ip.${end}`)).at(-1) ?? valuesOf(frame(`ipv6.${end}`)).at(-1) ?? '';
}
