import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDheSuite } from '../../lib/cipher-suite/cipher-suite';
import { translateSuiteName } from '../../lib/cipher-suite/other-names';
import { withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { type EffectCostId, isLockOut, judgeCosts, peers } from '../../lib/windows/effect-costs';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import type { SchannelSettings } from '../../lib/windows/schannel-settings-schema';
import { isSupportedOn, type WindowsVersionId, windowsDefaults, windowsVersionIds } from '../../lib/windows/versions';
import { canUseWithRsa, everyList } from '../support/effect-oracle';

const on = (windows: WindowsVersionId | undefined, settings: SchannelSettings = noSchannelSettings) => ({
  windows,
  settings,
  fips: false,
});

function costsOf(
  before: readonly string[],
  after: readonly string[],
  windows: WindowsVersionId,
  settings?: SchannelSettings,
) {
  return Object.fromEntries(
    judgeCosts(before, after, on(windows, settings)).map(({ id, roles }) => [id, roles.join()]),
  );
}

const gcmOfTheWeb = ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'];

describe('taking the DHE suites out', () => {
  it.each(windowsVersionIds)('of the default list of %s locks nobody out', (windows) => {
    const { enabledByDefault } = windowsDefaults[windows];
    const costs = judgeCosts(enabledByDefault, withoutDheSuites(enabledByDefault), on(windows));
    expect(costs.filter(isLockOut)).toEqual([]);
  });

  it('of a modern list pasted on Server 2012 R2 leaves nothing that works there', () => {
    const before = [...gcmOfTheWeb, 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'];
    expect(costsOf(before, gcmOfTheWeb, 'win8.1-2012r2')).toMatchObject({ 'leaves-nothing-for-rsa': 'client,server' });
    expect(costsOf(before, gcmOfTheWeb, 'win10-1809-ws2019')).toEqual({});
  });

  it('of the default list of Server 2012 R2 loses the last forward-secret GCM for RSA, and servers that want it', () => {
    const { enabledByDefault } = windowsDefaults['win8.1-2012r2'];
    const costs = judgeCosts(enabledByDefault, withoutDheSuites(enabledByDefault), on('win8.1-2012r2'));
    expect(costs).toEqual([
      { id: 'loses-forward-secret-gcm-for-rsa', roles: ['client', 'server'], peers: [] },
      { id: 'loses-known-peers', roles: ['client'], peers: ['mozilla-intermediate'] },
      { id: 'loses-known-peers', roles: ['server'], peers: ['icinga-web'] },
      { id: 'leaves-nothing-for-dsa', roles: ['client', 'server'], peers: [] },
    ]);
  });

  it('loses Azure where CBC is gone as well', () => {
    const before = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
    const costs = judgeCosts(before, withoutDheSuites(before), on('win8.1-2012r2'));
    expect(costs.find(({ id, roles }) => id === 'loses-known-peers' && roles.includes('client'))?.peers).toEqual([
      'azure-front-door-2022',
      'azure-devops',
      'mozilla-intermediate',
    ]);
  });

  it('costs no server where ECDHE with GCM works', () => {
    const { enabledByDefault } = windowsDefaults.ws2022;
    expect(judgeCosts(enabledByDefault, withoutDheSuites(enabledByDefault), on('ws2022'))).toEqual([]);
  });
});

it.each<[string, readonly string[], WindowsVersionId, SchannelSettings, EffectCostId, string]>([
  ['nothing', [], 'ws2022', noSchannelSettings, 'leaves-nothing', 'client,server'],
  ['NULL alone', ['TLS_RSA_WITH_NULL_SHA256'], 'ws2022', noSchannelSettings, 'leaves-nothing-for-rsa', 'client,server'],
  [
    'export alone',
    ['TLS_RSA_EXPORT1024_WITH_RC4_56_SHA'],
    'ws2022',
    noSchannelSettings,
    'leaves-nothing-for-rsa',
    'client,server',
  ],
  [
    'ECDSA alone',
    ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    'ws2022',
    noSchannelSettings,
    'leaves-nothing-for-rsa',
    'client,server',
  ],
  [
    'curves alone',
    ['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA_P256'],
    'ws2022',
    noSchannelSettings,
    'rests-on-may-work',
    'client,server',
  ],
  ['TLS 1.3 alone', ['TLS_AES_128_GCM_SHA256'], 'ws2022', noSchannelSettings, 'leaves-only-tls-1-3', 'client,server'],
  ['RSA alone', ['TLS_RSA_WITH_AES_128_GCM_SHA256'], 'ws2022', noSchannelSettings, 'leaves-no-ecdhe', 'client,server'],
  [
    'what TLS 1.2 needs, with TLS 1.2 off for both',
    ['TLS_RSA_WITH_AES_128_GCM_SHA256'],
    'win10-1607-ws2016',
    {
      ...noSchannelSettings,
      protocols: { client: { 'TLS 1.2': { enabled: 0 } }, server: { 'TLS 1.2': { enabled: 0 } } },
    },
    'leaves-nothing-for-rsa',
    'client,server',
  ],
  [
    'what RSA needs, with PKCS off',
    ['TLS_RSA_WITH_AES_128_GCM_SHA256'],
    'ws2022',
    { ...noSchannelSettings, keyExchanges: { PKCS: 0 } },
    'leaves-nothing-for-rsa',
    'client,server',
  ],
])('a list of %s', (_, list, windows, settings, id, roles) => {
  expect(costsOf(list, list, windows, settings)).toHaveProperty([id], roles);
});

it('does not refuse for a role that had nothing', () => {
  const clientOff = { ...noSchannelSettings, protocols: { client: { 'TLS 1.2': { enabled: 0 } }, server: {} } };
  const before = ['TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'];
  expect(costsOf(before, withoutDheSuites(before), 'win10-1607-ws2016', clientOff)).toEqual({});
});

it('asks for ECDSA alone where all certificates are ECDSA', () => {
  const list = ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'];
  expect(judgeCosts(list, list, on('ws2022'), { ecdsaOnly: true })).toEqual([]);
  const rsa = ['TLS_RSA_WITH_AES_128_GCM_SHA256'];
  expect(judgeCosts(rsa, rsa, on('ws2022'), { ecdsaOnly: true }).map(({ id }) => id)).toContain(
    'leaves-nothing-for-ecdsa',
  );
});

it('lets nothing through that leaves an RSA certificate without a suite, whatever the list, Windows and settings', () => {
  const settings = fc.record({
    seen: fc.constant('all' as const),
    protocols: fc.record({
      client: fc.constantFrom({}, { 'TLS 1.2': { enabled: 0 } }, { 'TLS 1.3': { enabled: 0 } }),
      server: fc.constantFrom({}, { 'TLS 1.2': { enabled: 0 } }, { 'TLS 1.2': { enabled: 1, disabledByDefault: 0 } }),
    }),
    ciphers: fc.constantFrom({}, { 'AES 128/128': 0 }, { 'Triple DES 168': 0, 'RC4 128/128': 0 }),
    hashes: fc.constantFrom({}, { SHA: 0 }, { MD5: 0 }),
    keyExchanges: fc.constantFrom({}, { PKCS: 0 }, { ECDH: 0 }, { 'Diffie-Hellman': 0, PKCS: 0 }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...everyList), { maxLength: 8 }),
      fc.constantFrom(...windowsVersionIds),
      settings,
      (list, windows, given) => {
        const after = withoutDheSuites(list);
        if (judgeCosts(list, after, on(windows, given)).some(isLockOut)) return;
        expect(after.some((name) => canUseWithRsa(name, windows, given))).toBe(true);
      },
    ),
  );
});

describe('the known peers', () => {
  it.each(peers)('$id names suites that TLS has, a day and a source', ({ accepts, asOf, source, is }) => {
    expect(accepts.length).toBeGreaterThan(0);
    for (const name of accepts) expect(translateSuiteName(name)).toBeUndefined();
    expect(new Date(asOf).toISOString().slice(0, 10)).toBe(asOf);
    expect(source).toMatch(/\w+\/\w/);
    expect(['client', 'server']).toContain(is);
  });

  it('are there because somebody needs DHE to reach them', () => {
    for (const { accepts } of peers) {
      expect(accepts.some(isDheSuite)).toBe(true);
      expect(accepts.some((name) => isSupportedOn('win8.1-2012r2', name))).toBe(true);
    }
  });
});
