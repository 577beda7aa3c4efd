/** What a list costs each end of a connection, whole. */
import { describe, expect, it } from 'vitest';
import {
  type CostOptions,
  type EffectCost,
  effectCostIds,
  isLockOut,
  judgeCosts,
} from '../../lib/windows/effect-costs';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import type { SchannelSettings } from '../../lib/windows/schannel-settings-schema';
import type { Role, WindowsVersionId } from '../../lib/windows/versions';

const ecdhe = 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384';
const ecdheCbc = 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384';
const ecdsa = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';
const rsa = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
const rsaOld = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const dhe = 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384';
const dss = 'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256';
const tls13 = 'TLS_AES_256_GCM_SHA384';
const exported = 'TLS_RSA_EXPORT1024_WITH_RC4_56_SHA';
const unencrypted = 'TLS_RSA_WITH_NULL_SHA256';

const both: readonly Role[] = ['client', 'server'];
const cost = (id: EffectCost['id'], roles: readonly Role[] = both): EffectCost => ({ id, roles, peers: [] });
const withoutPeers = (costs: readonly EffectCost[]) => costs.filter(({ id }) => id !== 'loses-known-peers');

/** With a protocol off for one of the two. */
const off = (role: Role, protocol: 'TLS 1.2' | 'TLS 1.3'): SchannelSettings => ({
  ...noSchannelSettings,
  protocols: { client: {}, server: {}, [role]: { [protocol]: { enabled: 0 } } },
});

interface Case {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly windows?: WindowsVersionId;
  readonly settings?: SchannelSettings;
  readonly options?: CostOptions;
  readonly expected: readonly EffectCost[];
}

it.each<[string, Case]>([
  ['nothing left', { before: [rsa], after: [], expected: [cost('leaves-nothing')] }],
  ['ECDHE with GCM left', { before: [dhe, ecdhe], after: [ecdhe], expected: [] }],
  [
    'nothing that encrypts',
    {
      before: [dhe, unencrypted],
      after: [unencrypted],
      expected: [cost('leaves-nothing-for-rsa'), cost('loses-forward-secret-gcm-for-rsa')],
    },
  ],
  [
    'export grade',
    {
      windows: 'win8.1-2012r2',
      before: [rsaOld, exported],
      after: [exported],
      expected: [cost('leaves-nothing-for-rsa')],
    },
  ],
  [
    'ECDSA alone, with ECDSA certificates',
    {
      before: [dhe, ecdsa],
      after: [ecdsa],
      options: { ecdsaOnly: true },
      expected: [cost('loses-forward-secret-gcm-for-rsa')],
    },
  ],
  [
    'ECDSA alone',
    {
      before: [dhe, ecdsa],
      after: [ecdsa],
      expected: [cost('leaves-nothing-for-rsa'), cost('loses-forward-secret-gcm-for-rsa')],
    },
  ],
  [
    'RSA alone, with ECDSA certificates',
    { before: [ecdsa, rsa], after: [rsa], options: { ecdsaOnly: true }, expected: [cost('leaves-nothing-for-ecdsa')] },
  ],
  [
    'TLS 1.3 alone',
    { before: [rsa, tls13], after: [tls13], expected: [cost('leaves-only-tls-1-3'), cost('leaves-no-ecdhe')] },
  ],
  [
    'TLS 1.3 and what does not encrypt',
    {
      before: [rsa, tls13, unencrypted],
      after: [tls13, unencrypted],
      expected: [cost('leaves-only-tls-1-3'), cost('leaves-no-ecdhe')],
    },
  ],
  [
    'ECDHE that this Windows does not have',
    {
      windows: 'win8.1-2012r2',
      before: [rsaOld, rsa, ecdhe],
      after: [rsaOld, ecdhe],
      expected: [cost('leaves-no-ecdhe')],
    },
  ],
  [
    'DSS that this Windows does not have',
    {
      windows: 'vista-2008',
      before: ['TLS_RSA_WITH_AES_128_CBC_SHA', dss],
      after: ['TLS_RSA_WITH_AES_128_CBC_SHA'],
      expected: [cost('rests-on-may-work'), cost('leaves-no-ecdhe')],
    },
  ],
  ['TLS 1.3 and one more', { before: [rsa, tls13, ecdhe], after: [tls13, ecdhe], expected: [] }],
  ['no ECDHE', { before: [rsa, rsaOld], after: [rsa], expected: [cost('leaves-no-ecdhe')] }],
  [
    'CBC alone',
    { before: [ecdheCbc, rsa, ecdhe], after: [ecdheCbc, rsa], expected: [cost('loses-forward-secret-gcm-for-rsa')] },
  ],
  [
    'what had no GCM before',
    { before: [ecdheCbc, rsa, dss], after: [ecdheCbc, rsa], expected: [cost('leaves-nothing-for-dsa')] },
  ],
  ['TLS 1.3, which has GCM', { before: [ecdhe, ecdheCbc, tls13], after: [ecdheCbc, tls13], expected: [] }],
  [
    'what nobody documented',
    {
      before: [`${ecdhe}_P256`, ecdhe],
      after: [`${ecdhe}_P256`],
      expected: [cost('rests-on-may-work')],
    },
  ],
  ['one of them works', { before: [`${ecdhe}_P256`, ecdhe, rsa], after: [`${ecdhe}_P256`, rsa], expected: [] }],
  [
    'TLS 1.2 that is only by request',
    {
      windows: 'win7-2008r2',
      before: [rsaOld, rsa],
      after: [rsaOld],
      expected: [cost('rests-on-may-work'), cost('leaves-no-ecdhe')],
    },
  ],
])('with %s', (_, { before, after, windows = 'ws2022', settings = noSchannelSettings, options, expected }) => {
  expect(withoutPeers(judgeCosts(before, after, { windows, settings, fips: false }, options))).toEqual(expected);
});

it('of an unknown Windows rests on nothing that may work', () => {
  const unknown = { windows: undefined, settings: noSchannelSettings, fips: false };
  expect(withoutPeers(judgeCosts([dhe, ecdhe], [ecdhe], unknown))).toEqual([]);
  expect(withoutPeers(judgeCosts([dhe, rsa], [rsa], unknown))).toEqual([
    cost('leaves-no-ecdhe'),
    cost('loses-forward-secret-gcm-for-rsa'),
  ]);
});

describe.each<[Role, Role]>([
  ['client', 'server'],
  ['server', 'client'],
])('where TLS 1.2 is off for the %s', (role, other) => {
  const on = (windows: WindowsVersionId, protocol: 'TLS 1.2' | 'TLS 1.3' = 'TLS 1.2') => ({
    windows,
    settings: off(role, protocol),
    fips: false,
  });

  it('that one loses nothing, for it had nothing', () => {
    const costs = withoutPeers(judgeCosts([dhe, dss, rsa], [rsa], on('win10-1607-ws2016')));
    expect(costs).toEqual([
      cost('leaves-no-ecdhe', [other]),
      cost('loses-forward-secret-gcm-for-rsa', [other]),
      cost('leaves-nothing-for-dsa', [other]),
    ]);
  });

  it('that one is locked out where TLS 1.3 goes', () => {
    expect(withoutPeers(judgeCosts([tls13, ecdhe], [ecdhe], on('ws2022')))).toEqual([
      cost('leaves-nothing-for-rsa', [role]),
      cost('loses-forward-secret-gcm-for-rsa', [role]),
    ]);
    expect(withoutPeers(judgeCosts([tls13, ecdhe], [tls13], on('ws2022', 'TLS 1.3')))).toEqual([
      cost('leaves-nothing-for-rsa', [role]),
      cost('leaves-only-tls-1-3', [other]),
      cost('leaves-no-ecdhe', [other]),
      cost('loses-forward-secret-gcm-for-rsa', [role]),
    ]);
  });

  it('and nothing is left for the other, both are refused', () => {
    const costs = judgeCosts([ecdsa, rsaOld], [ecdsa], on('win10-1607-ws2016'));
    expect(costs[0]).toEqual(cost('leaves-nothing-for-rsa'));
  });

  it('only the other loses a peer', () => {
    const lost = judgeCosts([dhe, rsaOld], [rsaOld], on('win10-1607-ws2016')).filter(
      ({ id }) => id === 'loses-known-peers',
    );
    expect(lost.map(({ roles }) => roles)).toEqual([[other]]);
    expect(lost[0]?.peers.length).toBeGreaterThan(0);
  });
});

it('locks out by the first three alone', () => {
  expect(effectCostIds.filter((id) => isLockOut({ id }))).toEqual([
    'leaves-nothing',
    'leaves-nothing-for-rsa',
    'leaves-nothing-for-ecdsa',
  ]);
});
