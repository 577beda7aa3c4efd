/** What an administrator holds in hand → a configuration, or the text of a policy. */
import {
  type Configuration,
  configuredList,
  type LayerId,
  layerIds,
  layerValue,
  policySeparator,
} from '../configuration/configuration';
import { configurationOf, enumeratedConfiguration } from '../configuration/offline-configuration';
import { InvalidInputError } from '../errors';
import type { PolicySeparator } from '../policy/policy-text';
import { decodeWholeString, encodeMultiString, encodeString, RegistryType } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';
import type { InputContent } from './input-content';
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
  return asConfiguration(readInput(bytes, source).content, source);
}

function asConfiguration(content: InputContent, source: string): Configuration {
  switch (content.kind) {
    case 'configuration':
      return content.configuration;
    case 'enumerated':
      return enumeratedConfiguration(content.names);
    case 'entries':
      return configurationOf(content.entries, source, content);
    case 'text': {
      const { key, valueName: name } = registryPlaces[content.layer];
      const value =
        content.layer === 'local' ? encodeMultiString(namesOfList(content.text)) : encodeString(content.text);
      const entry = { kind: 'value', key: `HKEY_LOCAL_MACHINE\\${key}`, name, value } as const;
      return configurationOf([entry], source, { isWhole: false });
    }
  }
}

/**
 * The text that a policy would hold: a list as it was written, or what the first layer in the input says.
 *
 * @throws InvalidInputError where no layer holds one
 */
export function policyTextOf({ content }: Input, separator: PolicySeparator, source: string): string {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'enumerated') return content.names.join(separator);
  const configuration = asConfiguration(content, source);
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

/**
 * Several files of one machine as one configuration.
 *
 * @throws InvalidInputError where two of them say different things of one layer
 */
export function joinConfigurations(
  parts: readonly { readonly source: string; readonly configuration: Configuration }[],
): Configuration {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('nothing to join');
  return others.reduce((joined, part) => joinTwo(joined, part.configuration, part.source), first.configuration);
}

function joinTwo(one: Configuration, other: Configuration, source: string): Configuration {
  const layer = (id: LayerId) => {
    const [mine, theirs] = [one.layers[id], other.layers[id]];
    if (mine.status === 'unknown') return theirs;
    const isSame = mine.status === theirs.status && JSON.stringify(mine.value) === JSON.stringify(theirs.value);
    if (theirs.status === 'unknown' || isSame) return mine;
    throw new InvalidInputError(source, undefined, 'same-machine', { text: `HKLM\\${mine.key}` });
  };
  const { diffieHellman: dh } = other;
  return {
    ...one,
    windows: one.windows.build === null ? other.windows : one.windows,
    layers: { groupPolicy: layer('groupPolicy'), mdm: layer('mdm'), local: layer('local') },
    enumerated: one.enumerated ?? other.enumerated,
    fips: one.fips ?? other.fips,
    schannel: rank[one.schannel.seen] >= rank[other.schannel.seen] ? one.schannel : other.schannel,
    diffieHellman: {
      enabled: one.diffieHellman.enabled ?? dh.enabled,
      clientMinKeyBitLength: one.diffieHellman.clientMinKeyBitLength ?? dh.clientMinKeyBitLength,
      serverMinKeyBitLength: one.diffieHellman.serverMinKeyBitLength ?? dh.serverMinKeyBitLength,
    },
    change: one.change ?? other.change,
    bootTime: one.bootTime ?? other.bootTime,
  };
}

const rank = { nothing: 0, part: 1, all: 2 } as const;
