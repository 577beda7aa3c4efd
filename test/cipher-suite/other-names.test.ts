import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, findSuite, isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { canBeSuiteName, mentionsDhe, openSslNameOf, translateSuiteName } from '../../lib/cipher-suite/other-names';
import { canRun, type Group } from '../../scripts/build/test/test-needs';
import { anyName } from '../support/suites';

interface Spelling {
  readonly name: string;
  readonly codePoint: string;
}

/** What a program that is not ours calls every suite that it knows. */
const says = (group: Group, command: string, ...words: readonly string[]) =>
  canRun(group) ? execFileSync(command, words, { encoding: 'utf8' }) : '';

const openSslSpellings = [
  ...says('OpenSSL', 'openssl', 'ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0').matchAll(
    /0x(..),0x(..)\s+-\s+(\S+)\s+-\s+(\S+)\s+\S+\s+Kx=(\S+)\s+Au=(\S+)/g,
  ),
].map(([, high, low, iana = '', name = '', exchange, authentication]) => ({
  codePoint: `0x${high}${low}`,
  iana,
  name,
  isDhe: exchange === 'DHEPSK' || (exchange === 'DH' && authentication !== 'None'),
}));

const gnuTlsSpellings: readonly Spelling[] = [
  ...says('GnuTLS', 'gnutls-cli', '--list').matchAll(/^(TLS_\S+)\s+0x(..), 0x(..)/gm),
].map(([, name = '', high = '', low = '']) => ({
  name,
  codePoint: `0x${(high + low).toUpperCase()}`,
}));

const ofSchannel = new Map(
  catalog
    .filter(({ base, aliasOf }) => base === undefined && aliasOf === undefined)
    .map((suite) => [suite.codePoint, suite.name]),
);

describe.each([
  ['OpenSSL', openSslSpellings],
  ['GnuTLS', gnuTlsSpellings],
] as const)('the names of %s', (group, spellings) => {
  it.runIf(canRun(group))('are many', () => {
    expect(spellings.length).toBeGreaterThan(50);
  });

  it.each(spellings)('$name ($codePoint) is the suite of that number, or none of ours', ({ name, codePoint }) => {
    const ours = ofSchannel.get(codePoint);
    expect(findSuite(name)?.name ?? translateSuiteName(name)).toBe(ours);
    expect(canBeSuiteName(name)).toBe(true);
  });

  it.each(spellings)('$name is DHE where OpenSSL says so of its number', ({ name, codePoint }) => {
    const { isDhe, iana } = openSslSpellings.find((other) => other.codePoint === codePoint) ?? {};
    if (isDhe === undefined) return;
    expect(isDheSuite(name)).toBe(isDhe);
    expect(mentionsDhe(name)).toBe(isDhe);
    expect(isDheSuite(iana ?? '')).toBe(isDhe);
  });
});

it.each(openSslSpellings.filter(({ codePoint }) => ofSchannel.has(codePoint)))(
  '$iana is $name to OpenSSL',
  ({ iana, name }) => {
    expect(translateSuiteName(openSslNameOf(iana) ?? '') ?? iana).toBe(iana);
    if (!iana.startsWith('TLS_AES') && !iana.startsWith('TLS_CHACHA')) expect(openSslNameOf(iana)).toBe(name);
  },
);

describe('other spellings', () => {
  it.each([
    ['ecdhe-rsa-aes256-gcm-sha384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
    ['EDH-RSA-DES-CBC3-SHA', 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA'],
    ['EXP1024-DHE-DSS-DES-CBC-SHA', 'TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA'],
    ['SSL_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
    ['SSL_RSA_EXPORT_WITH_RC4_40_MD5', 'TLS_RSA_EXPORT_WITH_RC4_40_MD5'],
    ['TLS-DHE-RSA-WITH-AES-128-GCM-SHA256', 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
    ['DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'],
    ['TLS_RSA_ARCFOUR_128_SHA1', 'TLS_RSA_WITH_RC4_128_SHA'],
    ['TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', undefined],
    ['TLS_RSA_WITH_AES_128_CBC_SHA', undefined],
    ['', undefined],
  ])('%s is %s', (name, schannel) => {
    expect(translateSuiteName(name)).toBe(schannel);
  });

  it.each([
    'DHE-RSA-CHACHA20-POLY1305',
    'SSL_DHE_RSA_WITH_DES_CBC_SHA',
    'EDH-DSS-DES-CBC-SHA',
    'tls-dhe-psk-with-null-sha',
  ])('%s is DHE', (name) => {
    expect(isDheSuite(name)).toBe(true);
  });

  it.each([
    'ECDHE-RSA-AES128-SHA',
    'EECDH-RSA',
    'ADH-AES128-SHA',
    'TLS_ECDHE_RSA_WITH_NULL_SHA',
    'TLS_DH_anon_WITH_NULL_MD5',
    'DHE',
  ])('%s is not', (name) => {
    expect(isDheSuite(name)).toBe(false);
  });

  it('keep their meaning in any case', () => {
    fc.assert(
      fc.property(anyName, fc.boolean(), (name, upper) => {
        expect(isDheSuite(upper ? name.toUpperCase() : name.toLowerCase())).toBe(isDheSuite(name));
      }),
    );
  });
});

it.each([
  'Functions',
  'REG_MULTI_SZ',
  'HKEY_LOCAL_MACHINE',
  '----',
  '00010002',
  '5.0',
  'a b',
  'TLS_',
  '_',
  '',
  'TLS_Ä_B',
  'A=B_C',
])('%j cannot be a name', (text) => {
  expect(canBeSuiteName(text)).toBe(false);
});

it.each(catalog.map(({ name }) => name))('%s can be a name', (name) => {
  expect(canBeSuiteName(name)).toBe(true);
});
