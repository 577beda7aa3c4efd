/** What one line, event or connection of a source tells: the same record whichever source it is. */
import type { ProtocolVersion } from '../cipher-suite/cipher-suite';
import type { LineReader } from '../files/by-line';
import type { Role } from '../windows/versions';

/** `TLS 1.3` leaves the key exchange to extensions; `other` is none of the named, `unknown` is not told. */
export const seenKeyExchanges = ['DHE', 'ECDHE', 'RSA', 'TLS 1.3', 'other', 'unknown'] as const;

export type SeenKeyExchange = (typeof seenKeyExchanges)[number];

/**
 * `negotiated`: the source tells of agreed handshakes alone, and not how they ended. `completed`: the server sent its
 * Finished, which it does when the keys are the same. `silence`: nothing came any more for half a minute. `cut-off`: the
 * source ends, or begins, in the middle. `not-all-captured`: packets of it were cut, or are missing, so that its end is not
 * known. `no-common-suite`: Schannel's own words for it.
 */
export const handshakeEnds = [
  'negotiated',
  'completed',
  'alert',
  'reset',
  'closed',
  'silence',
  'cut-off',
  'not-all-captured',
  'no-common-suite',
] as const;

export type HandshakeEnd = (typeof handshakeEnds)[number];

/** What a ClientHello offers. */
export interface ClientOffer {
  /** Code points, in their order, such as 0xc02f. */
  readonly suites: readonly number[];
  /** TLS versions on the wire, such as 0x0303. */
  readonly versions: readonly number[];
  /** Named groups; empty where the extension is left out. */
  readonly groups: readonly number[];
}

/** A public value with a zero byte at its front can be sent without it, or with it. */
export type ZeroForm = 'none' | 'short' | 'padded';

/** A key exchange that was begun in clear: the server's ServerKeyExchange was sent. */
export interface KeyExchangeSeen {
  readonly kind: 'DHE' | 'ECDHE';
  /** The server's and the client's public value, with DHE; null for one that was not sent. */
  readonly server: ZeroForm | null;
  readonly client: ZeroForm | null;
  /** The share of values that begin with a zero byte in this group; null with ECDHE. */
  readonly zeroRate: number | null;
}

/** Events of Schannel that tell of a failure. */
export type FailureEvent = 36873 | 36874 | 36887 | 36888;

export interface Observation {
  /** Milliseconds since 1970, UTC; null where the source has none. */
  readonly time: number | null;
  /** As which end the machine that wrote the source took part; null for a capture, which shows both. */
  readonly role: Role | null;
  readonly client: string | null;
  readonly server: string | null;
  /** The server's. */
  readonly port: number | null;
  /** The server's name as the client asked for it, or what its certificate says. */
  readonly name: string | null;
  readonly protocol: ProtocolVersion | null;
  /** Schannel's or IANA's name, or the number where neither is known. */
  readonly suite: string | null;
  readonly keyExchange: SeenKeyExchange;
  readonly end: HandshakeEnd;
  /** The alert's number (RFC 5246, 7.2). */
  readonly alert: number | null;
  readonly event: FailureEvent | null;
  readonly offer: ClientOffer | null;
  readonly exchange: KeyExchangeSeen | null;
}

/** What most sources do not tell. */
export const nothingMore = {
  role: null,
  client: null,
  server: null,
  port: null,
  name: null,
  protocol: null,
  suite: null,
  keyExchange: 'unknown',
  end: 'negotiated',
  alert: null,
  event: null,
  offer: null,
  exchange: null,
} as const satisfies Omit<Observation, 'time'>;

/**
 * What is wrong with a line or an event; the ids are stable. `cut-packet`: it was captured in part.
 * `incomplete-handshake`: a handshake whose end is not known, since packets before this one are not in the capture.
 */
export const lineProblems = [
  'too-long',
  'field-count',
  'no-time',
  'unknown-value',
  'not-json',
  'not-xml',
  'cut-off',
  'no-header',
  'cut-packet',
  'incomplete-handshake',
] as const;

export type LineProblem = (typeof lineProblems)[number];

/** Where a reader puts what it finds. */
export interface ObservationSink {
  /** Once, or as often as `repeats` says. */
  readonly observe: (observation: Observation, repeats?: Repeats) => void;
  /** In which hours the repeats were that nothing ended badly of; `time` is in the hour. */
  readonly countHour: (time: number, keyExchange: SeenKeyExchange, times: number) => void;
  /** Whether what was seen at that time counts. */
  readonly counts: (time: number) => boolean;
  /** A line that could have told of TLS, and does not: a log without the fields. */
  readonly untold: () => void;
  readonly malformed: (line: number, problem: LineProblem) => void;
}

/** The same seen several times, of which all counts or nothing. The observation has the first time. */
export interface Repeats {
  readonly times: number;
  readonly last: number;
}

/** Reads one source of which little is ever text. What it is given is its own until it returns. */
export interface ByteReader {
  readonly pushBytes: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** Reads one source that arrives in pieces. */
export type { LineReader };
export type SourceReader = LineReader | ByteReader;
