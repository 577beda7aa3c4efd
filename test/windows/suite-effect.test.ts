import { describe, expect, it } from 'vitest';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import type { SchannelSettings } from '../../lib/windows/schannel-settings-schema';
import { type Effect, judgeSuites, judgeSuitesInAnyRole } from '../../lib/windows/suite-effect';
import { type Role, type WindowsVersionId, windowsVersionIds } from '../../lib/windows/versions';
import { effectByPages, everyList, suitePages } from '../support/effect-oracle';

const off: Readonly<Record<string, SchannelSettings>> = Object.fromEntries(
  [0, 1, 0xffffffff, 'other-type' as const].flatMap((value) => [
    ...['Diffie-Hellman', 'ECDH', 'PKCS'].map((key) => [
      `KeyExchangeAlgorithms\\${key} ${value}`,
      { ...noSchannelSettings, keyExchanges: { [key]: value } },
    ]),
    ...[
      'NULL',
      'DES 56/56',
      'RC4 40/128',
      'RC4 56/128',
      'RC4 128/128',
      'Triple DES 168',
      'Triple DES 168/168',
      'AES 128/128',
      'AES 256/256',
    ].map((key) => [`Ciphers\\${key} ${value}`, { ...noSchannelSettings, ciphers: { [key]: value } }]),
    ...['MD5', 'SHA', 'SHA256', 'SHA384', 'SHA512'].map((key) => [
      `Hashes\\${key} ${value}`,
      { ...noSchannelSettings, hashes: { [key]: value } },
    ]),
  ]),
);

const protocols: Readonly<Record<string, SchannelSettings>> = Object.fromEntries(
  ['TLS 1.3', 'TLS 1.2', 'TLS 1.0', 'SSL 3.0'].flatMap((protocol) =>
    [
      { enabled: 0 },
      { enabled: 1, disabledByDefault: 0 },
      { enabled: 1, disabledByDefault: 1 },
      { disabledByDefault: 1 },
    ].map((setting) => [
      `Protocols\\${protocol}\\Server ${JSON.stringify(setting)}`,
      { ...noSchannelSettings, protocols: { client: {}, server: { [protocol]: setting } } },
    ]),
  ),
);

const settings: Readonly<Record<string, SchannelSettings>> = { nothing: noSchannelSettings, ...off, ...protocols };

describe.each(windowsVersionIds)('on %s', (windows) => {
  it.each(Object.keys(settings))('with %s every name of every list has the effect that the pages tell', (id) => {
    const given = settings[id] as SchannelSettings;
    const roles: readonly Role[] = id in protocols ? ['client', 'server'] : ['server'];
    for (const role of roles) {
      for (const fips of [false, true]) {
        const judged = judgeSuites(everyList, { windows, settings: given, fips }, role);
        const wrong = judged.flatMap(({ name, effect, reason, protocols: used }) => {
          const expected = effectByPages(name, windows, { id, role, fips });
          const isConsistent =
            (reason === null) === (effect === 'works') &&
            (reason?.id === 'undocumented' || (used.length === 0) === (effect === 'no-effect')) &&
            (effect === 'works' || used.every((one) => one.effect !== 'works'));
          // Not an assertion for each: there are a million of them.
          return effect === expected && isConsistent
            ? []
            : [`${name}: ${effect} (${JSON.stringify({ reason, used })}), not ${expected}`];
        });
        expect(wrong).toEqual([]);
      }
    }
  });
});

it('judges every list of the pages on its own Windows as working, but for what is asked for', () => {
  for (const [id, page] of Object.entries(suitePages)) {
    const windows = id as WindowsVersionId;
    const judged = judgeSuitesInAnyRole(page.enabledByDefault, { windows, settings: noSchannelSettings, fips: false });
    const doubtful = judged.filter(({ effect }) => effect !== 'works');
    for (const { effect, reason } of doubtful) {
      expect(effect).toBe('may-work');
      expect(['on-request', 'protocol']).toContain(reason?.id);
    }
  }
});

describe('the reason', () => {
  const conditions = { windows: 'win8.1-2012r2' as WindowsVersionId, settings: noSchannelSettings, fips: false };

  it.each<[string, Partial<typeof conditions>, Effect, unknown]>([
    [
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      {},
      'no-effect',
      { id: 'other-windows', windows: 'win8.1-2012r2', write: [] },
    ],
    [
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      {},
      'no-effect',
      {
        id: 'other-windows',
        windows: 'win8.1-2012r2',
        write: ['TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384'],
      },
    ],
    [
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384',
      {},
      'no-effect',
      { id: 'other-windows', windows: 'win8.1-2012r2', write: [] },
    ],
    [
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384',
      { windows: 'ws2022' },
      'may-work',
      { id: 'curve-suffix', write: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' },
    ],
    [
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256_P256',
      { windows: 'win10-20h2' },
      'may-work',
      { id: 'curve-suffix', write: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256' },
    ],
    [
      'DHE-RSA-AES256-GCM-SHA384',
      {},
      'no-effect',
      { id: 'unknown-name', isDhe: true, write: 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384' },
    ],
    ['TLS_FOO_BAR', {}, 'no-effect', { id: 'unknown-name', isDhe: false, write: null }],
    ['TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA', {}, 'may-work', { id: 'undocumented' }],
    ['TLS_RSA_WITH_NULL_SHA', {}, 'may-work', { id: 'on-request' }],
    ['TLS_PSK_WITH_AES_256_GCM_SHA384', { windows: 'ws2025' }, 'may-work', { id: 'on-request' }],
    ['tls_rsa_with_aes_128_cbc_sha', {}, 'may-work', { id: 'letter-case', write: 'TLS_RSA_WITH_AES_128_CBC_SHA' }],
    ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', {}, 'works', null],
    [
      'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      { settings: { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 0 } } },
      'no-effect',
      {
        id: 'key-exchange',
        key: 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman',
        value: 0,
      },
    ],
    [
      'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      { settings: { ...noSchannelSettings, keyExchanges: { 'Diffie-Hellman': 1 } } },
      'may-work',
      {
        id: 'key-exchange',
        key: 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\KeyExchangeAlgorithms\\Diffie-Hellman',
        value: 1,
      },
    ],
    [
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      { windows: 'win7-2008r2' },
      'may-work',
      { id: 'protocol', protocols: [{ protocol: 'TLS 1.2', state: 'by-request' }] },
    ],
    ['TLS_RSA_WITH_RC4_128_SHA', { fips: true }, 'no-effect', { id: 'fips' }],
  ])('for %s with %j', (name, changed, effect, reason) => {
    const [judged] = judgeSuites([name], { ...conditions, ...changed }, 'server');
    expect(judged).toMatchObject({ name, effect, reason });
  });

  it('is that the version is not known, where it is not', () => {
    const [known, unknown] = judgeSuites(
      ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_FOO_BAR'],
      { ...conditions, windows: undefined },
      'client',
    );
    expect(known).toMatchObject({ effect: 'may-work', reason: { id: 'windows-unknown' } });
    expect(unknown).toMatchObject({ effect: 'no-effect' });
  });
});

it('leaves SSL 3.0 out of the protocols of a suite in FIPS mode', () => {
  const used = (fips: boolean) =>
    judgeSuites(
      ['TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA'],
      { windows: 'win8.1-2012r2', settings: noSchannelSettings, fips },
      'client',
    ).flatMap(({ protocols: list }) => list.map(({ protocol }) => protocol));
  expect(used(false)).toEqual(['TLS 1.2', 'TLS 1.1', 'TLS 1.0', 'SSL 3.0']);
  expect(used(true)).toEqual(['TLS 1.2', 'TLS 1.1', 'TLS 1.0']);
});

it('takes the better of the two roles', () => {
  const given: SchannelSettings = {
    ...noSchannelSettings,
    protocols: { client: { 'TLS 1.2': { enabled: 0 } }, server: {} },
  };
  const conditions = { windows: 'ws2022' as WindowsVersionId, settings: given, fips: false };
  const [name] = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'];
  expect(judgeSuites([name], conditions, 'client')[0]?.effect).toBe('no-effect');
  expect(judgeSuitesInAnyRole([name], conditions)[0]?.effect).toBe('works');
});
