/** The DHE suites of all stacks: their numbers by what other programs call them, the rest by their names. */
import { execFileSync } from 'node:child_process';
import { getCipherInfo } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../lib/cipher-suite/cipher-suite';
import { dheSuites, rareDheSuites, suiteInVersion, unspokenDheSuites } from '../../lib/cipher-suite/dhe-suites';
import { canRun, type Group } from '../../scripts/build/test/test-needs';

const says = (group: Group, command: string, ...words: readonly string[]) =>
  canRun(group) ? execFileSync(command, words, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 }) : '';

const namesOfOpenSsl = [
  ...says('OpenSSL', 'openssl', 'ciphers', '-V', '-stdname', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0').matchAll(
    /0x(..),0x(..)\s+-\s+(\S+)/g,
  ),
].map(([, high, low, name]) => [Number(`0x${high}${low}`), name] as const);

/** It leaves out `WITH`, and writes `SHA1`, `ANON` and `ARCFOUR`. */
const namesOfGnuTls = [
  ...says('GnuTLS', 'gnutls-cli', '--list').matchAll(/^(TLS_DHE?_(?:RSA|DSS|PSK|ANON))_(\S+)\s+0x(..), 0x(..)/gm),
].map(
  ([, exchange = '', rest = '', high, low]) =>
    [
      Number(`0x${high}${low}`),
      `${exchange.replace('ANON', 'anon')}_WITH_${rest
        .replace('ARCFOUR', 'RC4')
        .replace(/_SHA1$/, '_SHA')
        .replace(/(_CCM|_CCM_8)_SHA256$/, '$1')}`,
    ] as const,
);

const namesOfSchannel = catalog
  .filter(({ curve, aliasOf }) => curve === undefined && aliasOf === undefined)
  .map(({ codePoint, name }) => [Number(codePoint), name] as const);

/** Every number that IANA gave, and those of drafts. */
const namesOfWireshark = [
  ...says('captures', 'tshark', '-G', 'values').matchAll(/^V\ttls\.handshake\.ciphersuite\t(\d+)\t(\S+)$/gm),
].map(([, number, name]) => [Number(number), String(name)] as const);

const toldNames = new Map([...namesOfWireshark, ...namesOfSchannel, ...namesOfGnuTls, ...namesOfOpenSsl]);
const spoken = [...dheSuites, ...rareDheSuites];
const numbered = [...spoken.map(({ id, name }) => [id, name] as const), ...unspokenDheSuites];

it.each(numbered.filter(([id]) => toldNames.has(id)))('0x%s is what others call %s', (id, name) => {
  expect(name).toBe(toldNames.get(id));
});

it.runIf(canRun('captures'))('they are all that Wireshark knows', () => {
  const ephemeral = namesOfWireshark.filter(([, name]) => /^TLS_(?:DHE_|DH_anon_|PSK_DHE_)/.test(name));
  expect(ephemeral.length).toBeGreaterThan(90);
  expect(new Map(numbered)).toEqual(new Map(ephemeral));
});

it('those of Schannel that TLS 1.2 still has are offered first', () => {
  const ofSchannel = catalog.filter(({ keyExchange, cipher, export: isExport, base }) => {
    return keyExchange === 'DHE' && !isExport && base === undefined && /^(?:AES|3DES)/.test(cipher);
  });
  expect(dheSuites.map(({ name }) => name)).toEqual(expect.arrayContaining(ofSchannel.map(({ name }) => name)));
});

it('each has its own number', () => {
  expect(new Set(numbered.map(([id]) => id)).size).toBe(numbered.length);
});

it.each(spoken)('$name is as its name says', (suite) => {
  const [, algorithm = '', hash = ''] = /_WITH_(.+?)(?:_(SHA\d*))?$/.exec(suite.name) ?? [];
  const cipher = algorithm.replace(/_8$/, '').replace('3DES_EDE', 'DES_EDE3').replaceAll('_', '-').toLowerCase();
  const { mode, keyLength, ivLength } = getCipherInfo(cipher) ?? {};
  const isAead = mode !== 'cbc';
  // RFC 5288 and 6655 send eight of the twelve bytes along; RFC 7905 sends none.
  const ownIv = mode === 'stream' ? 12 : 4;
  const macs: Readonly<Record<string, string>> = { SHA: 'sha1', SHA256: 'sha256', SHA384: 'sha384' };
  expect(suite).toStrictEqual({
    id: suite.id,
    name: suite.name,
    cipher,
    keyLength,
    ivLength: isAead ? ownIv : ivLength,
    mac: isAead ? undefined : macs[hash],
    tagLength: isAead ? (algorithm.endsWith('_8') ? 8 : 16) : 0,
    prf: hash === 'SHA384' ? 'sha384' : 'sha256',
    version: 0x0303,
  });
});

describe('in a lower version', () => {
  it.each(spoken)('$name is there where its MAC is SHA-1', (suite) => {
    const isOld = suite.name.endsWith('_SHA');
    for (const version of [0x0301, 0x0302])
      expect(suiteInVersion(suite, version)).toEqual(isOld ? { ...suite, version, prf: 'md5-sha1' } : undefined);
    for (const version of [0x0303, 0x0304]) expect(suiteInVersion(suite, version)).toBe(suite);
  });
});
