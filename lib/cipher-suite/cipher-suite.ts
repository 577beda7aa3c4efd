/** What a suite name means. The catalog holds every name that Schannel ever documented; others stay, marked unknown. */
import catalogData from './catalog.json';

export type KeyExchange = 'DHE' | 'ECDHE' | 'RSA' | 'PSK' | 'RSA_PSK';
export type Authentication = 'RSA' | 'ECDSA' | 'DSS' | 'PSK' | 'RSA+PSK';
export type ProtocolVersion = 'TLS 1.3' | 'TLS 1.2' | 'TLS 1.1' | 'TLS 1.0' | 'SSL 3.0' | 'SSL 2.0';

/** A suite that Schannel knows or knew. */
export interface CipherSuite {
  /** The name as Schannel spells it, at most 63 characters. */
  readonly name: string;
  /** The number on the wire: two bytes for TLS (`0x1301`), three for SSL 2.0 (`0x010080`). */
  readonly codePoint: string;
  /** Absent for TLS 1.3 suites, which leave key exchange and authentication to extensions (RFC 8446, B.4). */
  readonly keyExchange?: KeyExchange;
  readonly authentication?: Authentication;
  readonly cipher: string;
  readonly hash: string;
  /** Empty where no Microsoft page says. */
  readonly protocols: readonly ProtocolVersion[];
  readonly forwardSecrecy: boolean;
  readonly aead: boolean;
  readonly export: boolean;
  /** `P256`, `P384` or `P521` where the name carries it (up to Windows 8.1); `base` is the name without it. */
  readonly curve?: string;
  readonly base?: string;
  /** The usual spelling of a name that one page writes differently. */
  readonly aliasOf?: string;
}

/** Every known suite. */
export const catalog = catalogData.suites as readonly CipherSuite[];

export const longestKnownName = Math.max(...catalog.map(({ name }) => name.length));

const byName = new Map(catalog.map((suite) => [suite.name, suite]));

/** The suite of that name, ASCII case-insensitive; `undefined` for a name that Schannel never documented. */
export function findSuite(name: string): CipherSuite | undefined {
  if (name.length > longestKnownName) return undefined;
  return byName.get(name) ?? byName.get(foldName(name));
}

/**
 * Whether the key exchange is finite-field ephemeral Diffie-Hellman: the name begins `TLS_DHE_`, ASCII case-insensitive,
 * or as OpenSSL, Java and Mbed TLS spell that (and IANA, once: `TLS_PSK_DHE_WITH_AES_128_CCM_8`). Anchored, because
 * `TLS_ECDHE_` contains `DHE_`.
 */
export function isDheSuite(name: string): boolean {
  return dheName.test(foldName(name));
}

/** A loop, where these come once and in this order at most: V8 compiles optional groups once for each way through them. */
const dheName = /^(?:(?:TLS|SSL)[_-]|EXP(?:1024)?-|PSK_)*(?:DHE|EDH)[_-]/;

/** The form in which two spellings of one name are equal: ASCII letters upper-case, all else as it is. */
export function foldName(name: string): string {
  return smallLetter.test(name) ? name.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : name;
}

const smallLetter = /[a-z]/;
