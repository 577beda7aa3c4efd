/**
 * What a configured suite name does on this Windows with these settings. Every rule has its source beside it; what no
 * source tells is `may-work`. The `SchUseStrongCrypto` values are .NET's and no setting of Schannel's: they only make .NET
 * pass SCH_USE_STRONG_CRYPTO (AzureDevOpsTls12Analysis.ps1, "Analysis of TLS 1.2 compatibility: .NET Framework").
 */
import { type CipherSuite, findSuite, isDheSuite, type ProtocolVersion } from '../cipher-suite/cipher-suite';
import { splitCurveSuffix } from '../cipher-suite/curve-suffix';
import { translateSuiteName } from '../cipher-suite/other-names';
import type { SuiteList } from '../cipher-suite/suite-list';
import { spellingsOn } from './convert-list';
import { type CipherKey, cipherKey, type HashKey, hashKey, type KeyExchangeKey, keyExchangeKey } from './schannel-keys';
import { type ProtocolState, protocolState, readSwitch } from './schannel-settings';
import type { SchannelSettings, SettingValue } from './schannel-settings-schema';
import {
  hasCurveSuffixes,
  isSupportedOn,
  type Role,
  type WindowsVersionId,
  windowsDefaults,
  windowsVersionIds,
} from './versions';

export const effects = ['works', 'may-work', 'no-effect'] as const;

/** What Windows makes of an entry; what is not documented is `may-work`. */
export type Effect = (typeof effects)[number];

/** All that decides about an effect, beside the name. */
export interface Conditions {
  /** Undefined where nobody knows it, as with most exports. */
  readonly windows: WindowsVersionId | undefined;
  readonly settings: SchannelSettings;
  /** Whether FIPS mode still filters the list: not one that CNG enumerated, which it has filtered. */
  readonly fips: boolean;
}

/** Why a name does not, or may not, do what it says. */
export type EffectReason =
  /** No suite that Schannel ever documented; `write` is Schannel's name where another stack's was found. */
  | { readonly id: 'unknown-name'; readonly isDhe: boolean; readonly write: string | null }
  /** A suite that this Windows does not have under that name; `write` is how it spells it, if it has it. */
  | { readonly id: 'other-windows'; readonly windows: WindowsVersionId; readonly write: readonly string[] }
  | { readonly id: 'curve-suffix'; readonly write: string }
  /** In an SDK header, and on no page. */
  | { readonly id: 'undocumented' }
  | { readonly id: 'windows-unknown' }
  | { readonly id: 'letter-case'; readonly write: string }
  | { readonly id: 'on-request' }
  | { readonly id: 'protocol'; readonly protocols: readonly ProtocolFinding[] }
  | { readonly id: 'key-exchange' | 'cipher' | 'hash'; readonly key: string; readonly value: SettingValue }
  | { readonly id: 'fips' };

/** Every id of a reason. */
export const effectReasonIds = [
  'unknown-name',
  'other-windows',
  'curve-suffix',
  'undocumented',
  'windows-unknown',
  'letter-case',
  'on-request',
  'protocol',
  'key-exchange',
  'cipher',
  'hash',
  'fips',
] as const satisfies readonly EffectReason['id'][];

export interface ProtocolFinding {
  readonly protocol: ProtocolVersion;
  readonly state: ProtocolState;
}

/** Of one entry of a list. */
export interface SuiteEffect {
  /** As listed. */
  readonly name: string;
  readonly effect: Effect;
  /** Null where it works. */
  readonly reason: EffectReason | null;
  /** With which protocols it works or may work, newest first. */
  readonly protocols: readonly { readonly protocol: ProtocolVersion; readonly effect: Exclude<Effect, 'no-effect'> }[];
}

/** The effect of each entry, in the list's order, for one end of a connection. */
export function judgeSuites(list: SuiteList, conditions: Conditions, role: Role): SuiteEffect[] {
  return list.map((name) => judgeSuite(name, conditions)[role]);
}

/** The same for a machine that is client and server: the better of the two effects. */
export function judgeSuitesInAnyRole(list: SuiteList, conditions: Conditions): SuiteEffect[] {
  return list.map((name) => {
    const { client, server } = judgeSuite(name, conditions);
    return effects.indexOf(server.effect) < effects.indexOf(client.effect) ? server : client;
  });
}

interface Doubt {
  readonly effect: Exclude<Effect, 'works'>;
  readonly reason: EffectReason;
}

type InEachRole = Readonly<Record<Role, SuiteEffect>>;

/** Of the last conditions alone: who judges a list judges most of it again without some of its names. */
let judged: { readonly under: Conditions; readonly effects: Map<string, InEachRole> } | undefined;

function judgeSuite(name: string, conditions: Conditions): InEachRole {
  if (judged?.under !== conditions) judged = { under: conditions, effects: new Map() };
  const { effects } = judged;
  const effect = effects.get(name) ?? judgeInEachRole(name, conditions);
  effects.set(name, effect);
  return effect;
}

function judgeInEachRole(name: string, conditions: Conditions): InEachRole {
  const { suite, doubts } = judgeName(name, conditions);
  if (suite === undefined) return inBothRoles(conclude(name, doubts, []));
  const settings = [...judgeSettings(suite, conditions), ...judgeFips(suite, conditions)];
  const isCertain = doubts.length === 0 && settings.length === 0;
  const statesIn = (role: Role) =>
    suite.protocols.map((protocol) => ({ protocol, state: stateOf(protocol, conditions, role) }));
  const concludeFrom = (states: readonly ProtocolFinding[]): SuiteEffect => {
    const used = states.flatMap(({ protocol, state }) => {
      const effect = protocolEffects[state];
      return effect === 'no-effect' ? [] : [{ protocol, effect }];
    });
    const protocolDoubt: Doubt[] =
      states.length === 0 || used.some(({ effect }) => effect === 'works')
        ? []
        : [{ effect: used.length === 0 ? 'no-effect' : 'may-work', reason: { id: 'protocol', protocols: states } }];
    // What is wrong with the name comes first: it is what one can mend in the list.
    return conclude(name, [...doubts, ...protocolDoubt, ...settings], isCertain ? used : used.map(doubtful));
  };
  const [client, server] = [statesIn('client'), statesIn('server')];
  if (client.every(({ state }, index) => state === server[index]?.state)) return inBothRoles(concludeFrom(client));
  return { client: concludeFrom(client), server: concludeFrom(server) };
}

function inBothRoles(effect: SuiteEffect): InEachRole {
  return { client: effect, server: effect };
}

function doubtful({ protocol }: { readonly protocol: ProtocolVersion }) {
  return { protocol, effect: 'may-work' as const };
}

function conclude(name: string, doubts: readonly Doubt[], protocols: SuiteEffect['protocols']): SuiteEffect {
  const decisive = doubts.find(({ effect }) => effect === 'no-effect') ?? doubts[0];
  if (decisive === undefined) return { name, effect: 'works', reason: null, protocols };
  return { name, ...decisive, protocols: decisive.effect === 'no-effect' ? [] : protocols };
}

/** The suite that a name means here, and what is doubtful about the name itself. */
function judgeName(
  name: string,
  { windows }: Conditions,
): { readonly suite: CipherSuite | undefined; readonly doubts: Doubt[] } {
  const known = findSuite(name);
  const split = splitCurveSuffix(name);
  if (known === undefined && split === undefined) {
    // azure-devops-tls12#7: a name that the system lacks is simply without effect.
    const write = translateSuiteName(name) ?? null;
    const reason = { id: 'unknown-name', isDhe: isDheSuite(name), write } as const;
    return { suite: undefined, doubts: [{ effect: 'no-effect', reason }] };
  }
  if (windows === undefined) {
    const suite = known ?? split?.base;
    return { suite, doubts: [{ effect: 'may-work', reason: { id: 'windows-unknown' } }] };
  }
  const doubts: Doubt[] = [];
  // The version pages: from Windows 10 on the suffix is not required and the curve order overrides it. Reporters found
  // that no suite was negotiated with one.
  const isSuffixed = split !== undefined && !hasCurveSuffixes(windows);
  const suite = isSuffixed ? split.base : known;
  if (suite === undefined || !isSupportedOn(windows, suite.name)) {
    if (suite !== undefined && !isOnAnyPage(suite.name)) {
      return { suite, doubts: [{ effect: 'may-work', reason: { id: 'undocumented' } }] };
    }
    // The version pages list what is supported, on or off.
    const reason = { id: 'other-windows', windows, write: spellingsOn(windows, name) } as const;
    return { suite, doubts: [{ effect: 'no-effect', reason }] };
  }
  if (isSuffixed) doubts.push({ effect: 'may-work', reason: { id: 'curve-suffix', write: suite.name } });
  // Nothing tells whether Windows compares names by case.
  else if (suite.name !== name) {
    doubts.push({ effect: 'may-work', reason: { id: 'letter-case', write: suite.name } });
  }
  // The pages: "only used when application explicitly requests", and PSK suites need SCH_USE_PRESHAREDKEY_ONLY.
  const { onlyOnExplicitRequest, pskListed } = windowsDefaults[windows];
  if (onlyOnExplicitRequest.includes(suite.name) || pskListed.includes(suite.name)) {
    doubts.push({ effect: 'may-work', reason: { id: 'on-request' } });
  }
  return { suite, doubts };
}

function isOnAnyPage(name: string): boolean {
  return windowsVersionIds.some((id) => isSupportedOn(id, name));
}

const protocolEffects: Readonly<Record<ProtocolState, Effect>> = {
  on: 'works',
  'by-request': 'may-work',
  unclear: 'may-work',
  off: 'no-effect',
  'not-supported': 'no-effect',
};

function stateOf(protocol: ProtocolVersion, { windows, settings, fips }: Conditions, role: Role): ProtocolState {
  // The security setting "System cryptography: Use FIPS compliant algorithms": the provider then supports TLS alone.
  if (fips && protocol.startsWith('SSL')) return 'off';
  return protocolState(protocol, role, windows, settings);
}

/** Which key switches an algorithm off, and whether a source says that its 0 does. */
interface Switch<Key> {
  readonly key: Key;
  readonly isDocumented: boolean;
}

function judgeSettings(suite: CipherSuite, { windows, settings }: Conditions): Doubt[] {
  return [
    ...judgeSwitches('key-exchange', keyExchangeKey, settings.keyExchanges, keyExchangeSwitches(suite, windows)),
    ...judgeSwitches('cipher', cipherKey, settings.ciphers, cipherSwitches[suite.cipher] ?? []),
    ...judgeSwitches('hash', hashKey, settings.hashes, hashSwitches[suite.hash] ?? []),
  ];
}

function judgeSwitches<Key extends string>(
  id: 'key-exchange' | 'cipher' | 'hash',
  keyOf: (algorithm: Key) => string,
  values: Partial<Readonly<Record<Key, SettingValue>>>,
  switches: readonly Switch<Key>[],
): Doubt[] {
  const doubts: Doubt[] = [];
  for (const { key, isDocumented } of switches) {
    const value = values[key];
    const state = readSwitch(value);
    if (value === undefined || state === 'on') continue;
    const effect = state === 'off' && isDocumented ? 'no-effect' : 'may-work';
    doubts.push({ effect, reason: { id, key: keyOf(key), value } });
  }
  return doubts;
}

/**
 * AzureDevOpsTls12Analysis.ps1: Diffie-Hellman ends every `_DHE_` suite, and from Windows 10 on ECDH every `_ECDHE_` one.
 * KB245030: PKCS is RSA as key exchange and authentication, and ends the RSA suites of its time; whether it ends the
 * authentication of newer ones, or anything of TLS 1.3, nobody says.
 */
function keyExchangeSwitches(suite: CipherSuite, windows: WindowsVersionId | undefined): Switch<KeyExchangeKey>[] {
  const hasEcdhKey = windows !== undefined && !hasCurveSuffixes(windows);
  const switches: Switch<KeyExchangeKey>[] = [];
  if (suite.keyExchange === 'DHE') switches.push({ key: 'Diffie-Hellman', isDocumented: true });
  if (suite.keyExchange === 'ECDHE') switches.push({ key: 'ECDH', isDocumented: hasEcdhKey });
  if (suite.keyExchange === undefined) switches.push({ key: 'ECDH', isDocumented: false });
  if (suite.keyExchange === 'RSA') switches.push({ key: 'PKCS', isDocumented: true });
  else if (suite.authentication !== 'ECDSA' && suite.authentication !== 'DSS' && suite.authentication !== 'PSK') {
    switches.push({ key: 'PKCS', isDocumented: false });
  }
  return switches;
}

const documented = <Key>(key: Key): Switch<Key> => ({ key, isDocumented: true });
const undocumented = <Key>(key: Key): Switch<Key> => ({ key, isDocumented: false });

/** KB245030. It has no key for AES: Windows made that one, and no page says what it does. */
const cipherSwitches: Readonly<Record<string, readonly Switch<CipherKey>[]>> = {
  NULL: [documented('NULL')],
  'DES-56-CBC': [documented('DES 56/56')],
  'RC2-40-CBC': [documented('RC2 40/128')],
  'RC2-128-CBC': [documented('RC2 128/128')],
  'RC2-128-CBC (40 secret bits)': [undocumented('RC2 40/128'), undocumented('RC2 128/128')],
  'RC4-40': [documented('RC4 40/128')],
  'RC4-56': [documented('RC4 56/128')],
  'RC4-128': [documented('RC4 128/128')],
  'RC4-128 (40 secret bits)': [undocumented('RC4 40/128'), undocumented('RC4 128/128')],
  '3DES-EDE-CBC': [documented('Triple DES 168'), undocumented('Triple DES 168/168')],
  'AES-128-CBC': [undocumented('AES 128/128')],
  'AES-128-GCM': [undocumented('AES 128/128')],
  'AES-256-CBC': [undocumented('AES 256/256')],
  'AES-256-GCM': [undocumented('AES 256/256')],
};

/** KB245030 has MD5 and SHA alone. */
const hashSwitches: Readonly<Record<string, readonly Switch<HashKey>[]>> = {
  MD5: [documented('MD5')],
  SHA1: [documented('SHA')],
  SHA256: [undocumented('SHA256')],
  SHA384: [undocumented('SHA384')],
};

/**
 * The page for Vista has a column "FIPS mode enabled": no for RC4, MD5 and NULL. Later pages call that column misleading,
 * and the filter itself is not documented.
 */
function judgeFips({ cipher, hash }: CipherSuite, { fips }: Conditions): Doubt[] {
  if (!fips) return [];
  const isForbidden = cipher.startsWith('RC4') || cipher === 'NULL' || hash === 'MD5';
  return [{ effect: isForbidden ? 'no-effect' : 'may-work', reason: { id: 'fips' } }];
}
