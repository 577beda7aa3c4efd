/** The snapshot of a machine, and what its layers hold. Everything later is judged from it. */
import type { z } from 'zod';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { mentionsDhe } from '../cipher-suite/other-names';
import type { SuiteList } from '../cipher-suite/suite-list';
import type { DeepReadonly } from '../deep-readonly';
import { type PolicySeparator, splitPolicyText } from '../policy/policy-text';
import {
  decodeMultiString,
  decodeString,
  hiddenStrings,
  RegistryType,
  type RegistryValue,
} from '../registry-files/registry-value';
import type {
  changeRecordSchema,
  configurationSchema,
  eventLoggingRecordSchema,
  layerIdSchema,
  layerSchema,
  policyOriginSchema,
  stateProblemSchema,
} from './configuration-schema';

type Read<Schema extends z.ZodType> = DeepReadonly<z.infer<Schema>>;

/** Who may set the list of suites. */
export type LayerId = Read<typeof layerIdSchema>;
/** The value of one layer, as the registry holds it. */
export type LayerSnapshot = Read<typeof layerSchema>;
/** Who sets the order, of a report or a preference file. */
export type PolicyOrigin = Read<typeof policyOriginSchema>;
/** All of a machine that is judged, at one moment: a JSON document that can be kept. */
export type Configuration = Read<typeof configurationSchema>;
export type WindowsBuild = Configuration['windows'];
export type DiffieHellmanKey = Configuration['diffieHellman'];
/** That EventLogging was set, and what it was. */
export type EventLoggingRecord = Read<typeof eventLoggingRecordSchema>;
/** Our own journal: the change that was begun last, and how far it came. */
export type ChangeRecord = Read<typeof changeRecordSchema>;
export type StateProblem = Read<typeof stateProblemSchema>;

/** In the order in which Windows asks them (facts of recent builds; each falls through to the next). */
export const layerIds: readonly LayerId[] = ['groupPolicy', 'mdm', 'local'];

/** Group Policy texts have commas, MDM texts semicolons between the names. */
export function policySeparator(layer: LayerId): PolicySeparator {
  return layer === 'mdm' ? ';' : ',';
}

export function layerValue({ value }: Pick<LayerSnapshot, 'value'>): RegistryValue | undefined {
  return value === null ? undefined : { type: value.type, data: new Uint8Array(Buffer.from(value.data, 'base64')) };
}

/** The text of a policy layer, or undefined where its value is not a text. */
export function policyText(layer: LayerSnapshot): string | undefined {
  const value = layerValue(layer);
  const isText = value?.type === RegistryType.string || value?.type === RegistryType.expandString;
  return isText ? decodeString(value.data) : undefined;
}

/** The names that a layer's value holds, read as Windows reads it; undefined where it holds no list. */
export function configuredList(configuration: Configuration, layer: LayerId): SuiteList | undefined {
  const snapshot = configuration.layers[layer];
  if (!lists.has(snapshot)) lists.set(snapshot, readList(snapshot, layer));
  return lists.get(snapshot);
}

/** By the snapshot's identity: one assessment asks for a list several times. */
const lists = new WeakMap<LayerSnapshot, SuiteList | undefined>();

function readList(snapshot: LayerSnapshot, layer: LayerId): SuiteList | undefined {
  const value = layerValue(snapshot);
  if (value?.type === RegistryType.multiString) return decodeMultiString(value.data);
  const text = layer === 'local' ? undefined : policyText(snapshot);
  return text === undefined ? undefined : splitPolicyText(text, policySeparator(layer));
}

/** The DHE suites in the value of the local list, which Windows need not have answered with yet. */
export function storedDheSuites(configuration: Configuration): string[] {
  return (configuredList(configuration, 'local') ?? []).filter(isDheSuite);
}

/** What speaks of DHE in the value of the local list behind its end, where Windows should not look. */
export function hiddenDheNames({ layers }: Configuration): SuiteList {
  const value = layerValue(layers.local);
  if (value?.type !== RegistryType.multiString) return [];
  return hiddenStrings(value.data).filter((text) => mentionsDhe(text));
}

/** The names of a local list that somebody wrote as one text: not what Windows documents, and what was meant. */
export function textList(configuration: Configuration): SuiteList | undefined {
  const text = policyText(configuration.layers.local);
  return text?.split(/[,;\s\0]+/).filter((name) => name !== '');
}
