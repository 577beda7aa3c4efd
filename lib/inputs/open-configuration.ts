/** What an administrator holds in hand → a configuration, or the text of a policy. */

import { isSameList } from '../cipher-suite/suite-list';
import {
  type Configuration,
  configuredList,
  type DiffieHellmanKey,
  type LayerId,
  layerIds,
  layerValue,
  type PolicyOrigin,
  policySeparator,
} from '../configuration/configuration';
import { configurationOf, partialConfiguration, requireLayer } from '../configuration/offline-configuration';
import { InvalidArgumentError, InvalidInputError } from '../errors';
import { judgePolicyValue } from '../policy/judge-policy-text';
import type { PolicySeparator } from '../policy/policy-text';
import type { RegistryEntry } from '../registry-files/registry-entry';
import {
  decodeWholeString,
  encodeMultiString,
  encodeString,
  RegistryType,
  type RegistryValue,
} from '../registry-files/registry-value';
import { diffieHellmanKey, fipsKey, hostNameKey, registryPlaces, windowsVersionKey } from '../windows/registry-places';
import { schannelKey } from '../windows/schannel-keys';
import type { SchannelSettings } from '../windows/schannel-settings-schema';
import type { InputContent } from './input-content';
import { requireAllDheTaken, withoutCommentLines } from './overlooked-dhe';
import { type Input, readInput } from './read-input';
import { namesOfList } from './readers/literal-list';

/**
 * The configuration in a file of any form: an export, a script, what a Windows tool printed, a policy file, a snapshot.
 * What it does not tell is `unknown`. A list that names no place is taken for the text of the policy.
 *
 * @param source names the input in errors
 * @throws InvalidInputError, InputTooLargeError
 */
export function openConfiguration(bytes: Uint8Array, source = 'input'): Configuration {
  return openConfigurations([{ bytes, source }]);
}

/**
 * The same from several files of one machine, such as one `reg export` a key.
 *
 * @throws InvalidInputError also where two of them say different things of one key; InputTooLargeError
 */
export function openConfigurations(
  files: readonly { readonly bytes: Uint8Array; readonly source: string }[],
): Configuration {
  const inputs = files.map(({ bytes, source }) => ({ source, content: readInput(bytes, source).content }));
  const [first, ...others] = inputs.map(({ source, content }) => ({
    source,
    configuration: asConfiguration(content, source),
  }));
  if (first === undefined) throw new InvalidArgumentError('files', 'at least one file', 0);
  const joined = others.reduce((all, part) => joinTwo(all, part.configuration, part.source), first.configuration);
  if (!inputs.some(({ content }) => isOfMachine(content)))
    requireLayer(joined, files.map(({ source }) => source).join(', '));
  return joined;
}

/** The same of an input that was read. */
export function openInput({ content }: Input, source: string): Configuration {
  const configuration = asConfiguration(content, source);
  if (!isOfMachine(content)) requireLayer(configuration, source);
  return configuration;
}

/** What was made on a machine tells of it, though it may not have seen every list. */
const isOfMachine = ({ kind }: InputContent) => kind === 'configuration';

function asConfiguration(content: InputContent, source: string): Configuration {
  switch (content.kind) {
    case 'configuration':
      return content.configuration;
    case 'enumerated':
      return partialConfiguration({ enumerated: [...content.names] });
    case 'entries':
      return {
        ...configurationOf(content.entries, source, content),
        isFromDirtyHive: content.isDirty ?? false,
      };
    case 'policies':
      return policyConfiguration(content.policies, source);
    case 'text': {
      const text = oneLine(content, source);
      const value = content.layer === 'local' ? encodeMultiString(namesOfList(text)) : encodeString(text);
      return configurationOf([entryOf(content.layer, value)], source, { isWhole: false });
    }
  }
}

/** No policy holds a list with line ends in it: who wrote one meant its names. */
function oneLine({ layer, text }: Extract<InputContent, { readonly kind: 'text' }>, source: string): string {
  if (!/[\r\n]/.test(text.trim())) return text.trim();
  const names = namesOfList(text).join(policySeparator(layer));
  requireAllDheTaken([withoutCommentLines(text)], { kind: 'text', layer, text: names }, source);
  return names;
}

function entryOf(layer: LayerId, value: RegistryValue | undefined): RegistryEntry {
  const { key, valueName: name } = registryPlaces[layer];
  const path = `HKEY_LOCAL_MACHINE\\${key}`;
  return value === undefined ? { kind: 'delete-value', key: path, name } : { kind: 'value', key: path, name, value };
}

/** What is in force, where the document tells or all say the same; who sets it in any case. */
function policyConfiguration(policies: readonly PolicyOrigin[], source: string): Configuration {
  const policyOrigins = [...policies];
  const [origin, ...others] = distinctPolicies(policies.filter(isApplied));
  if (origin === undefined || others.length > 0 || !isCertain(origin)) return partialConfiguration({ policyOrigins });
  const entry = entryOf(origin.layer, layerValue(origin));
  return { ...configurationOf([entry], source, { isWhole: false }), policyOrigins };
}

const isApplied = ({ isDisabled, isInForce }: PolicyOrigin) => !isDisabled && isInForce !== false;

/** The one that won; where none is known to have, one of each that say the same. */
function distinctPolicies(policies: readonly PolicyOrigin[]): readonly PolicyOrigin[] {
  const won = policies.filter(({ isInForce }) => isInForce);
  const values = (won.length > 0 ? won : policies).map((one) => [JSON.stringify([one.layer, one.value]), one] as const);
  return [...new Map(values).values()];
}

/** An item for some machines may not apply here, so that it proves a list only where that offers DHE. */
function isCertain({ isTargeted, value, layer }: PolicyOrigin): boolean {
  const set = layerValue({ value });
  return !isTargeted || (set !== undefined && judgePolicyValue(set, policySeparator(layer)).dheSuites.length > 0);
}

/**
 * The text that a policy would hold: a list as it was written, or what the first layer in the input says.
 *
 * @throws InvalidInputError where no layer holds one
 */
export function policyTextOf({ content }: Input, separator: PolicySeparator, source: string): string {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'enumerated') return content.names.join(separator);
  const configuration =
    content.kind === 'policies' ? onlyPolicy(content.policies, source) : asConfiguration(content, source);
  const preferred: readonly LayerId[] = separator === ';' ? ['mdm', ...layerIds] : layerIds;
  for (const layer of preferred) {
    const value = layerValue(configuration.layers[layer]);
    if (value === undefined) continue;
    const isText = value.type === RegistryType.string || value.type === RegistryType.expandString;
    const text = isText ? decodeWholeString(value.data) : configuredList(configuration, layer)?.join(separator);
    if (text !== undefined) return policySeparator(layer) === separator ? text : namesOfList(text).join(separator);
  }
  if (configuration.enumerated !== null) return configuration.enumerated.join(separator);
  throw new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
}

/** Whether it applies or not: its text is wanted. @throws InvalidInputError where there are several */
function onlyPolicy(policies: readonly PolicyOrigin[], source: string): Configuration {
  const applied = policies.filter((one) => isApplied(one) && one.value !== null);
  const set = distinctPolicies(applied.length > 0 ? applied : policies.filter(({ value }) => value !== null));
  const [origin] = set;
  if (origin === undefined) throw new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
  if (set.length > 1) throw new InvalidInputError(source, undefined, 'one-list', { number: set.length });
  return configurationOf([entryOf(origin.layer, layerValue(origin))], source, { isWhole: false });
}

function joinTwo(one: Configuration, other: Configuration, source: string): Configuration {
  const layer = (id: LayerId) => {
    const [mine, theirs] = [one.layers[id], other.layers[id]];
    if (mine.status === 'unknown') return theirs;
    const isSame = mine.status === theirs.status && JSON.stringify(mine.value) === JSON.stringify(theirs.value);
    if (theirs.status === 'unknown' || isSame) return mine;
    throw new InvalidInputError(source, undefined, 'same-machine', { otherValueIn: mine.key });
  };
  const agree = <Told>(mine: Told, theirs: Told, otherValueIn: string): Told => {
    if (mine === null || theirs === null || JSON.stringify(mine) === JSON.stringify(theirs)) return mine ?? theirs;
    throw new InvalidInputError(source, undefined, 'same-machine', { otherValueIn });
  };
  const diffieHellman = (name: keyof DiffieHellmanKey) =>
    agree(one.diffieHellman[name], other.diffieHellman[name], diffieHellmanKey);
  agree(one.windows.build, other.windows.build, windowsVersionKey);
  if (one.enumerated !== null && other.enumerated !== null && !isSameList(one.enumerated, other.enumerated)) {
    throw new InvalidInputError(source, undefined, 'same-machine', 'another-list');
  }
  return {
    ...one,
    host: agree(one.host, other.host, hostNameKey),
    windows: one.windows.build === null ? other.windows : one.windows,
    layers: { groupPolicy: layer('groupPolicy'), mdm: layer('mdm'), local: layer('local') },
    enumerated: one.enumerated ?? other.enumerated,
    fips: agree(one.fips, other.fips, fipsKey),
    schannel: joinSettings(one.schannel, other.schannel, source),
    diffieHellman: {
      enabled: diffieHellman('enabled'),
      clientMinKeyBitLength: diffieHellman('clientMinKeyBitLength'),
      serverMinKeyBitLength: diffieHellman('serverMinKeyBitLength'),
    },
    policyOrigins: [...one.policyOrigins, ...other.policyOrigins],
    isFromDirtyHive: one.isFromDirtyHive || other.isFromDirtyHive,
    change: one.change ?? other.change,
    bootTime: one.bootTime ?? other.bootTime,
  };
}

/** Keys that one file tells of stand beside those of another. @throws InvalidInputError */
function joinSettings(one: SchannelSettings, other: SchannelSettings, source: string): SchannelSettings {
  const join = <Values extends Readonly<Record<string, unknown>>>(mine: Values, theirs: Values): Values => {
    const differing = Object.keys(theirs).find(
      (key) => key in mine && JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]),
    );
    if (differing === undefined) return { ...mine, ...theirs };
    throw new InvalidInputError(source, undefined, 'same-machine', {
      otherValueIn: `${schannelKey}\\...\\${differing}`,
    });
  };
  return {
    seen: rank[one.seen] >= rank[other.seen] ? one.seen : other.seen,
    protocols: {
      client: join(one.protocols.client, other.protocols.client),
      server: join(one.protocols.server, other.protocols.server),
    },
    ciphers: join(one.ciphers, other.ciphers),
    hashes: join(one.hashes, other.hashes),
    keyExchanges: join(one.keyExchanges, other.keyExchanges),
  };
}

const rank = { nothing: 0, part: 1, all: 2 } as const;
