/** What a setting makes of a suite, whole: the effect, the reason, and the protocols that are left. */
import { describe, expect, it } from 'vitest';
import { noSchannelSettings } from '../../lib/windows/schannel-settings';
import type { SchannelSettings } from '../../lib/windows/schannel-settings-schema';
import { judgeSuites, judgeSuitesInAnyRole } from '../../lib/windows/suite-effect';
import type { Role } from '../../lib/windows/versions';

const root = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const cbc = 'TLS_RSA_WITH_AES_128_CBC_SHA';
const gcm = 'TLS_RSA_WITH_AES_128_GCM_SHA256';
const on2016 = (settings: Partial<SchannelSettings>) => ({
  windows: 'win10-1607-ws2016' as const,
  settings: { ...noSchannelSettings, ...settings },
  fips: false,
});
const off = (role: Role, ...names: ('TLS 1.0' | 'TLS 1.1' | 'TLS 1.2')[]) => ({
  protocols: {
    client: {},
    server: {},
    [role]: Object.fromEntries(names.map((name) => [name, { enabled: 0 }])),
  },
});

it.each<[string, Partial<SchannelSettings>, object]>([
  ['a cipher', { ciphers: { 'AES 128/128': 0 } }, { id: 'cipher', key: `${root}\\Ciphers\\AES 128/128`, value: 0 }],
  ['a hash', { hashes: { SHA256: 0 } }, { id: 'hash', key: `${root}\\Hashes\\SHA256`, value: 0 }],
  [
    'a key exchange',
    { keyExchanges: { PKCS: 'other-type' } },
    { id: 'key-exchange', key: `${root}\\KeyExchangeAlgorithms\\PKCS`, value: 'other-type' },
  ],
  [
    'a protocol',
    { protocols: { client: {}, server: { 'TLS 1.2': { enabled: 'other-type' } } } },
    { id: 'protocol', protocols: [{ protocol: 'TLS 1.2', state: 'unclear' }] },
  ],
])('%s that may be off leaves what may work', (_, settings, reason) => {
  expect(judgeSuites([gcm], on2016(settings), 'server')).toEqual([
    { name: gcm, effect: 'may-work', reason, protocols: [{ protocol: 'TLS 1.2', effect: 'may-work' }] },
  ]);
});

it.each<[string, Partial<SchannelSettings>, string, object]>([
  [
    'a cipher',
    { ciphers: { 'RC4 128/128': 0 } },
    'TLS_RSA_WITH_RC4_128_SHA',
    { id: 'cipher', key: `${root}\\Ciphers\\RC4 128/128`, value: 0 },
  ],
  ['a hash', { hashes: { SHA: 0 } }, cbc, { id: 'hash', key: `${root}\\Hashes\\SHA`, value: 0 }],
])('%s that is off leaves nothing', (_, settings, name, reason) => {
  expect(judgeSuites([name], on2016(settings), 'client')).toEqual([
    { name, effect: 'no-effect', reason, protocols: [] },
  ]);
});

describe('in any role', () => {
  const all = ['TLS 1.2', 'TLS 1.1', 'TLS 1.0'] as const;
  const protocols = (settings: Partial<SchannelSettings>) =>
    judgeSuitesInAnyRole([cbc], on2016(settings))[0]?.protocols.map(({ protocol }) => protocol);

  it.each<Role>(['client', 'server'])('it is as the other does where the %s does nothing', (role) => {
    expect(protocols(off(role, ...all))).toEqual(all);
  });

  it('it is as the client does where both work', () => {
    expect(protocols(off('client', 'TLS 1.0'))).toEqual(['TLS 1.2', 'TLS 1.1']);
    expect(protocols(off('server', 'TLS 1.0'))).toEqual(all);
  });
});
