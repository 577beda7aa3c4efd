/** Suite names as other stacks spell them (OpenSSL, IANA, GnuTLS, Java, Mbed TLS), and what can be a name at all. */
import { findSuite, foldName } from './cipher-suite';
import otherNames from './other-names.json';

const openSslNames = new Map<string, string>(Object.entries(otherNames.openssl));

/**
 * The Schannel name of a suite that is spelt otherwise; `undefined` for a name that is Schannel's own, and for one of no
 * suite that Schannel has. The result carries no curve: up to Windows 8.1 that is still to be added.
 */
export function translateSuiteName(name: string): string | undefined {
  if (name.length > longestName || findSuite(name) !== undefined) return undefined;
  const folded = foldName(name);
  return openSslNames.get(folded) ?? findSuite(asSchannelSpells(folded))?.name;
}

/** The name that OpenSSL's cipher lists take for a suite of Schannel's. */
export function openSslNameOf(name: string): string | undefined {
  const suite = findSuite(name);
  const wanted = suite?.base ?? suite?.name;
  return [...openSslNames].find(([, schannel]) => schannel === wanted)?.[0];
}

/**
 * Whether a piece of text can be a suite name, known or not: words with `_` between them, or with `-` as OpenSSL and Mbed
 * TLS have it, and no word of the registry. `Functions`, `REG_MULTI_SZ`, `utf-8` and `----` cannot.
 */
export function canBeSuiteName(text: string): boolean {
  if (/^[a-z0-9]+(?:_[a-z0-9]+)+$/i.test(text)) return !/^(?:REG|HKEY)_/i.test(text);
  return /^(?:TLS-)?[a-z0-9]+(?:-[a-z0-9]+)*-(?:SHA\d*|MD5|POLY1305|CCM-?8?)$/i.test(text);
}

/**
 * Whether a text speaks of DHE anywhere, also in a name that nobody knows, in full-width letters, or with signs in it that
 * nobody sees; `ECDHE` and `EECDH` are not it.
 */
export function mentionsDhe(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, '');
  return [plain, plain.replace(/[_-]/g, '')].some((spelling) => /(?<!EC)(?:DHE|EDH)/i.test(spelling));
}

const longestName = 64;

/** RFC names have `_WITH_` and `_SHA`; GnuTLS leaves out the one and writes `SHA1`, Java keeps `SSL_`, Mbed TLS has dashes. */
function asSchannelSpells(name: string): string {
  return name
    .replaceAll('-', '_')
    .replace(/^(?:SSL_|TLS_)?/, 'TLS_')
    .replace(/_SHA1$/, '_SHA')
    .replace('_ARCFOUR_', '_RC4_')
    .replace(/^(TLS_(?:(?:EC)?DHE_(?:RSA|ECDSA|DSS)|RSA_PSK|PSK|RSA))_(?!WITH_|EXPORT|PSK)/, '$1_WITH_');
}
