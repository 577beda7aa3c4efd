/** Reads the SCHANNEL keys, and says what their values mean. */
import type { ProtocolVersion } from '../cipher-suite/cipher-suite';
import { decodeDword, type RegistryValue } from '../registry-files/registry-value';
import {
  cipherKey,
  cipherKeys,
  hashKey,
  hashKeys,
  keyExchangeKey,
  keyExchangeKeys,
  protocolKey,
  protocolNames,
  schannelSettingKeys,
} from './schannel-keys';
import type { SchannelSettings, SettingValue } from './schannel-settings-schema';
import { type Role, type WindowsVersionId, windowsDefaults } from './versions';

/** Nothing is set: every protocol and algorithm is as its Windows version has it. */
export const noSchannelSettings: SchannelSettings = {
  seen: 'nothing',
  protocols: { client: {}, server: {} },
  ciphers: {},
  hashes: {},
  keyExchanges: {},
};

/**
 * The settings of a machine or of an export.
 *
 * @param read a value below HKEY_LOCAL_MACHINE, or undefined where it is not set
 * @param isSeen whether it is known what a key holds; every key of a live machine is
 */
export function readSchannelSettings(
  read: (key: string, valueName: string) => RegistryValue | undefined,
  isSeen: (key: string) => boolean = () => true,
): SchannelSettings {
  const readSetting = (key: string, valueName: string): SettingValue | undefined => {
    const value = read(key, valueName);
    return value === undefined ? undefined : (decodeDword(value) ?? 'other-type');
  };
  const readEnabled = <Key extends string>(keys: readonly Key[], place: (key: Key) => string) =>
    collect(keys, (key) => readSetting(place(key), 'Enabled'));
  const readProtocols = (role: Role) =>
    collect(protocolNames, (protocol) => {
      const key = protocolKey(protocol, role);
      const enabled = readSetting(key, 'Enabled');
      const disabledByDefault = readSetting(key, 'DisabledByDefault');
      if (enabled === undefined && disabledByDefault === undefined) return undefined;
      return {
        ...(enabled === undefined ? {} : { enabled }),
        ...(disabledByDefault === undefined ? {} : { disabledByDefault }),
      };
    });
  const seen = schannelSettingKeys.filter(isSeen).length;
  return {
    seen: seen === schannelSettingKeys.length ? 'all' : seen === 0 ? 'nothing' : 'part',
    protocols: { client: readProtocols('client'), server: readProtocols('server') },
    ciphers: readEnabled(cipherKeys, cipherKey),
    hashes: readEnabled(hashKeys, hashKey),
    keyExchanges: readEnabled(keyExchangeKeys, keyExchangeKey),
  };
}

function collect<Key extends string, Value>(
  keys: readonly Key[],
  read: (key: Key) => Value | undefined,
): Partial<Record<Key, Value>> {
  const found: Partial<Record<Key, Value>> = {};
  for (const key of keys) {
    const value = read(key);
    if (value !== undefined) found[key] = value;
  }
  return found;
}

export type SwitchState = 'on' | 'off' | 'unclear';

/**
 * What an `Enabled` value of a cipher, hash or key exchange means: KB245030 documents 0xffffffff (on), 0 (off) and no
 * value (on, but for NULL). All else, such as the 1 that people write, is undocumented; Microsoft's own
 * AzureDevOpsTls12Analysis.ps1 takes it for off.
 */
export function readSwitch(value: SettingValue | undefined): SwitchState {
  if (value === undefined || value === 0xffffffff) return 'on';
  return value === 0 ? 'off' : 'unclear';
}

/** `by-request`: Schannel negotiates it only where an application asks for it. */
export type ProtocolState = 'on' | 'by-request' | 'off' | 'not-supported' | 'unclear';

/**
 * Whether a role of a Windows version negotiates a protocol. `tls-registry-settings.md`: `Enabled` 0 is off whatever else is
 * set; `Enabled` not 0 with `DisabledByDefault` 0 is on, with another value it is by request. KB245030 and KB3140245 turn
 * on what is off by default with `DisabledByDefault` 0 alone, and Windows 7 itself has `DisabledByDefault` 1 alone for
 * SSL 2.0. `Enabled` alone says nothing about a protocol that is off by default.
 */
export function protocolState(
  protocol: ProtocolVersion,
  role: Role,
  windows: WindowsVersionId | undefined,
  settings: SchannelSettings,
): ProtocolState {
  const { enabled, disabledByDefault } = settings.protocols[role][protocol] ?? {};
  const inherited = defaultProtocolState(protocol, role, windows);
  if (inherited === 'not-supported') return inherited;
  if (enabled === 0) return 'off';
  if (enabled === 'other-type' || disabledByDefault === 'other-type') return 'unclear';
  if (disabledByDefault === undefined) return inherited;
  return disabledByDefault === 0 ? 'on' : 'by-request';
}

function defaultProtocolState(
  protocol: ProtocolVersion,
  role: Role,
  windows: WindowsVersionId | undefined,
): ProtocolState {
  if (windows === undefined) return 'on';
  const { enabled, disabled } = windowsDefaults[windows].protocols[role];
  if (enabled.includes(protocol)) return 'on';
  return disabled.includes(protocol) ? 'by-request' : 'not-supported';
}
