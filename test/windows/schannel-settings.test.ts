import { describe, expect, it } from 'vitest';
import { encodeDword, encodeString, type RegistryValue } from '../../lib/registry-files/registry-value';
import { keyExchangeKey, protocolKey, schannelSettingKeys } from '../../lib/windows/schannel-keys';
import {
  noSchannelSettings,
  type ProtocolState,
  protocolState,
  readSchannelSettings,
  readSwitch,
} from '../../lib/windows/schannel-settings';
import { type SettingValue, schannelSettingsSchema } from '../../lib/windows/schannel-settings-schema';
import type { WindowsVersionId } from '../../lib/windows/versions';

const root = 'SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';

function readFrom(values: Readonly<Record<string, RegistryValue>>) {
  return readSchannelSettings((key, valueName) => values[`${key}\\${valueName}`]);
}

describe('reading', () => {
  it('finds nothing in an empty registry', () => {
    expect(readFrom({})).toStrictEqual({ ...noSchannelSettings, seen: 'all' });
  });

  it('takes each value from its own key', () => {
    const settings = readFrom({
      [`${root}\\Protocols\\TLS 1.2\\Server\\Enabled`]: encodeDword(0),
      [`${root}\\Protocols\\TLS 1.2\\Server\\DisabledByDefault`]: encodeDword(1),
      [`${root}\\Protocols\\SSL 2.0\\Client\\DisabledByDefault`]: encodeDword(1),
      [`${root}\\Ciphers\\RC4 128/128\\Enabled`]: encodeDword(0xffffffff),
      [`${root}\\Hashes\\MD5\\Enabled`]: encodeString('0'),
      [`${root}\\KeyExchangeAlgorithms\\Diffie-Hellman\\Enabled`]: encodeDword(0),
      [`${root}\\KeyExchangeAlgorithms\\Diffie-Hellman\\ServerMinKeyBitLength`]: encodeDword(2048),
    });
    expect(settings).toStrictEqual({
      seen: 'all',
      protocols: {
        client: { 'SSL 2.0': { disabledByDefault: 1 } },
        server: { 'TLS 1.2': { enabled: 0, disabledByDefault: 1 } },
      },
      ciphers: { 'RC4 128/128': 0xffffffff },
      hashes: { MD5: 'other-type' },
      keyExchanges: { 'Diffie-Hellman': 0 },
    });
    expect(schannelSettingsSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it('says how much of the keys could be seen', () => {
    const read = () => undefined;
    expect(readSchannelSettings(read, () => false).seen).toBe('nothing');
    expect(readSchannelSettings(read, (key) => key === keyExchangeKey('PKCS')).seen).toBe('part');
    expect(readSchannelSettings(read, () => true).seen).toBe('all');
  });

  it('asks for no other key than those it names', () => {
    const asked = new Set<string>();
    readSchannelSettings((key) => {
      asked.add(key);
      return undefined;
    });
    expect([...asked].sort()).toEqual([...schannelSettingKeys].sort());
    expect(schannelSettingKeys).toContain(protocolKey('TLS 1.3', 'client'));
  });
});

it.each([{ enabled: -1 }, { enabled: 0x1_0000_0000 }, { enabled: '1' }, { other: 1 }])(
  'a snapshot takes no %j',
  (setting) => {
    const protocols = { client: { 'TLS 1.2': setting }, server: {} };
    expect(schannelSettingsSchema.safeParse({ ...noSchannelSettings, protocols }).success).toBe(false);
  },
);

it.each<[SettingValue | undefined, string]>([
  [undefined, 'on'],
  [0xffffffff, 'on'],
  [0, 'off'],
  [1, 'unclear'],
  [2, 'unclear'],
  ['other-type', 'unclear'],
])('a switch of %s is %s', (value, state) => {
  expect(readSwitch(value)).toBe(state);
});

/** `tls-registry-settings.md`, "TLS, DTLS and SSL Protocol Version Settings"; then what stands there by half. */
describe('a protocol', () => {
  const [on, off]: WindowsVersionId[] = ['win10-1809-ws2019', 'win7-2008r2'];
  it.each<[SettingValue | undefined, SettingValue | undefined, ProtocolState, ProtocolState]>([
    [undefined, undefined, 'on', 'by-request'],
    [1, 0, 'on', 'on'],
    [0xffffffff, 0, 'on', 'on'],
    [1, 1, 'by-request', 'by-request'],
    [0, undefined, 'off', 'off'],
    [0, 0, 'off', 'off'],
    [0, 1, 'off', 'off'],
    [undefined, 0, 'on', 'on'],
    [undefined, 1, 'by-request', 'by-request'],
    [1, undefined, 'on', 'by-request'],
    ['other-type', undefined, 'unclear', 'unclear'],
    [1, 'other-type', 'unclear', 'unclear'],
  ])(
    'with Enabled %s and DisabledByDefault %s is %s, or %s where it is off by default',
    (enabled, byDefault, expected, expectedOff) => {
      const setting = {
        ...(enabled === undefined ? {} : { enabled }),
        ...(byDefault === undefined ? {} : { disabledByDefault: byDefault }),
      };
      const settings = { ...noSchannelSettings, protocols: { client: {}, server: { 'TLS 1.2': setting } } };
      expect(protocolState('TLS 1.2', 'server', on, settings)).toBe(expected);
      expect(protocolState('TLS 1.2', 'server', off, settings)).toBe(expectedOff);
      expect(protocolState('TLS 1.2', 'client', on, settings)).toBe('on');
      expect(protocolState('TLS 1.3', 'server', on, settings)).toBe('not-supported');
    },
  );

  it('is taken for on where the Windows version is not known', () => {
    expect(protocolState('TLS 1.3', 'server', undefined, noSchannelSettings)).toBe('on');
  });

  it('that a Windows does not have is not supported, whatever is set', () => {
    const settings = {
      ...noSchannelSettings,
      protocols: { client: { 'TLS 1.3': { enabled: 1, disabledByDefault: 0 } }, server: {} },
    };
    expect(protocolState('TLS 1.3', 'client', 'win10-22h2', settings)).toBe('not-supported');
    expect(protocolState('TLS 1.3', 'client', 'win11-21h2', settings)).toBe('on');
  });
});
