/** Lists of suites, the names that stand in them, and what they keep. */
import { describe, expect, it } from 'vitest';
import { catalog, findSuite, foldName, isDheSuite, longestKnownName } from '../../lib/cipher-suite/cipher-suite';
import { findMeantSuite, splitCurveSuffix, withoutCurveSuffix } from '../../lib/cipher-suite/curve-suffix';
import { canBeSuiteName, mentionsDhe, openSslNameOf, translateSuiteName } from '../../lib/cipher-suite/other-names';
import {
  doubtfulDheNames,
  duplicatesOf,
  isLeftOver,
  isSameList,
  placeDheSuites,
  withoutDheSuites,
  withoutDuplicates,
} from '../../lib/cipher-suite/suite-list';

const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_CBC_SHA';

describe('a name', () => {
  it.each(catalog)('$name is found in any letters', (suite) => {
    expect(findSuite(suite.name)).toBe(suite);
    expect(findSuite(suite.name.toLowerCase())).toBe(suite);
    expect(suite.name.length).toBeLessThanOrEqual(longestKnownName);
  });

  it('that nobody knows is not found, however long', () => {
    for (const name of ['', 'TLS_FOO_BAR', `${rsa}_`, ` ${rsa}`, 'A'.repeat(32_767), 'toString'])
      expect(findSuite(name)).toBeUndefined();
    expect(catalog.some(({ name }) => name.length === longestKnownName)).toBe(true);
  });

  it('folds in ASCII letters alone', () => {
    expect(foldName('tls_Rsa_ıſé1')).toBe('TLS_RSA_ıſé1');
  });

  it.each([
    ['EXP-EDH-RSA-DES-CBC-SHA', true],
    ['EXP1024-DHE-DSS-RC4-SHA', true],
    ['EXP2048-DHE-DSS-RC4-SHA', false],
    ['TLS_PSK_DHE_WITH_AES_128_CCM_8', true],
    ['PSK_DHE_WITH', true],
    ['SSL-DHE-X', true],
    ['XTLS_DHE_RSA', false],
    ['TLSDHE_RSA', false],
    ['TLS_DHERSA', false],
    ['TLS_RSA_DHE_X', false],
    ['PSK-DHE-X', false],
  ])('%s is DHE: %s', (name, expected) => {
    expect(isDheSuite(name)).toBe(expected);
  });
});

describe('a curve', () => {
  it.each([
    [`${ecdhe}_P256`, ecdhe, 'P256'],
    [`${ecdhe}_p384`.toLowerCase(), ecdhe, 'P384'],
    [`${ecdhe}_P521`, ecdhe, 'P521'],
  ])('of %s is split off', (name, base, curve) => {
    expect(splitCurveSuffix(name)).toEqual({ base: findSuite(base), curve });
    expect(withoutCurveSuffix(name)).toBe(base);
    expect(findMeantSuite(name)).toBe(findSuite(base));
  });

  it.each([
    [ecdhe],
    [rsa],
    [`${rsa}_P256`],
    [`${dhe}_P256`],
    [`${ecdhe}_P255`],
    [`${ecdhe}_P256X`],
    [`${ecdhe}_P256_P256`],
    ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256_P384'],
    [`X${ecdhe}_P256`],
    ['TLS_AES_128_GCM_SHA256_P256'],
    ['TLS_FOO_BAR_P256'],
    ['_P256'],
    ['P256'],
    [`\n${ecdhe}_P256`],
    [`${ecdhe}_P256\n`],
  ])('stands on none of %j', (name) => {
    expect(splitCurveSuffix(name)).toBeUndefined();
    expect(withoutCurveSuffix(name)).toBe(name);
    expect(findMeantSuite(name)).toBe(findSuite(name));
  });
});

describe('a list', () => {
  it('gives its DHE suites with their places, and the others without', () => {
    expect(placeDheSuites([dhe, rsa, dhe.toLowerCase(), ecdhe, dhe])).toEqual([
      { name: dhe, position: 0 },
      { name: dhe.toLowerCase(), position: 2 },
      { name: dhe, position: 4 },
    ]);
    expect(withoutDheSuites([dhe, rsa, dhe, ecdhe, rsa])).toEqual([rsa, ecdhe, rsa]);
  });

  it.each<[string[], string[], boolean]>([
    [[], [], true],
    [['A', 'B'], ['A', 'B'], true],
    [['A', 'B'], ['B', 'A'], false],
    [['A'], ['A', 'B'], false],
    [['A', 'B'], ['A'], false],
    [['A'], ['a'], false],
  ])('%j is the same as %j: %s', (one, other, expected) => {
    expect(isSameList(one, other)).toBe(expected);
  });

  it('has names that speak of DHE, and are none', () => {
    expect(doubtfulDheNames([dhe, 'TLS_DHE_FOO', ecdhe, 'TLS_FOO', 'DHE-RSA-AES128-SHA', `${dhe}X`])).toEqual([
      'TLS_DHE_FOO',
      'DHE-RSA-AES128-SHA',
      `${dhe}X`,
    ]);
  });

  it('has each name once, where it stood first, in any letters', () => {
    const list = ['b', 'A', 'B', 'a', 'C', 'b'];
    expect(withoutDuplicates(list)).toEqual(['b', 'A', 'C']);
    expect(duplicatesOf(list)).toEqual(['B', 'a']);
    expect(duplicatesOf(['a', 'b'])).toEqual([]);
  });

  it.each<[string[], string[], string[], boolean]>([
    [['A', 'B'], ['A', 'B'], [], true],
    [['A', 'B'], ['A', 'D', 'B'], ['D'], true],
    [['A', 'D'], ['A', 'D', 'D'], ['D'], true],
    [['A', 'B'], ['A', 'D', 'B'], ['E'], false],
    [['A', 'B'], ['B', 'A'], [], false],
    [['A', 'B', 'C'], ['A', 'B'], [], false],
    [['A'], ['A', 'B'], [], false],
    [[], ['D'], ['D'], true],
    [[], [], [], true],
  ])('%j is left over of %j without some of %j: %s', (part, full, removable, expected) => {
    expect(isLeftOver(part, full, removable)).toBe(expected);
  });
});

describe('other programs', () => {
  it.each([
    [ecdhe, 'ECDHE-RSA-AES256-GCM-SHA384'],
    [`${ecdhe}_P256`, undefined],
    ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256', 'ECDHE-RSA-AES128-SHA'],
    [dhe, 'DHE-RSA-AES256-GCM-SHA384'],
    ['TLS_FOO_BAR', undefined],
  ])('call %s %s', (name, expected) => {
    expect(openSslNameOf(name)).toBe(expected);
  });

  it.each([
    ['RSA_WITH_AES_128_CBC_SHA', rsa],
    ['tls-rsa-with-aes-128-cbc-sha', rsa],
    ['TLS_RSA_AES_128_CBC_SHA1', rsa],
    ['TLS_ECDHE_ECDSA_AES_128_CBC_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'],
    ['TLS_DHE_DSS_3DES_EDE_CBC_SHA1', 'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA'],
    ['TLS_PSK_AES_128_GCM_SHA256', 'TLS_PSK_WITH_AES_128_GCM_SHA256'],
    ['SSL_RSA_EXPORT1024_WITH_RC4_56_SHA', 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA'],
    ['SSL_CK_RC4_128_WITH_MD5', undefined],
    ['TLS_RSA_AES_128_CBC_SHA1_SHA1', undefined],
    ['TLS_RSA_WITH_NULL_SHA1256', undefined],
    ['XTLS_RSA_WITH_AES_128_CBC_SHA', undefined],
    [`${rsa}_${'A'.repeat(40)}`, undefined],
    [rsa.toLowerCase(), undefined],
  ])('mean by %s %s', (name, expected) => {
    expect(translateSuiteName(name)).toBe(expected);
  });

  it.each([
    ['A_B', true],
    ['A_B_C9', true],
    ['a_', false],
    ['_a', false],
    ['A__B', false],
    ['A_B!', false],
    ['!A_B', false],
    ['REG_SZ', false],
    ['reg_sz', false],
    ['HKEY_USERS', false],
    ['AREG_SZ', true],
    ['AES128-SHA', true],
    ['TLS-AES-128-CCM-8', true],
    ['AES128-CCM8', true],
    ['AES128-CCM', true],
    ['ECDHE-RSA-CHACHA20-POLY1305', true],
    ['RC4-MD5', true],
    ['NULL-SHA256', true],
    ['x-SHA!', false],
    ['!x-SHA', false],
    ['-SHA', false],
    ['SHA', false],
    ['A--SHA', false],
    ['AES128-SHA-X', false],
    ['utf-8', false],
  ])('%j can be a name: %s', (text, expected) => {
    expect(canBeSuiteName(text)).toBe(expected);
  });

  it.each([
    [dhe, true],
    ['TLS_EDH_RSA', true],
    [ecdhe, false],
    ['EECDH', false],
    ['TLS_E_C_DHE', true],
    ['TLS_D_HE', true],
    ['TLS-E-D-H', true],
    ['\uff24\uff28\uff25', true],
    ['D\u200bHE', true],
    ['D\u0301HE', true],
    ['D HE', false],
    ['dhe', true],
    ['CDHE', true],
    ['EDHE', true],
    ['TLS_DH_RSA', false],
  ])('%j speaks of DHE: %s', (text, expected) => {
    expect(mentionsDhe(text)).toBe(expected);
  });
});
