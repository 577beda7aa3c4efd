/** The snapshot: what a machine's Schannel is configured with, raw, as read in one pass. Everything later is judged from it. */

import type { PlacedSuite, SuiteList } from '../cipher-suite/suite-list';
import { type PolicySeparator, splitPolicyText } from '../policy/policy-text';
import { decodeMultiString, decodeString, RegistryType, type RegistryValue } from '../registry-files/registry-value';
import type { WindowsBuild } from '../windows/versions';

export const configurationSchemaVersion = 1;

export type LayerId = 'groupPolicy' | 'mdm' | 'local';

/** In the order in which Windows asks them (facts of recent builds; each falls through to the next). */
export const layerIds: readonly LayerId[] = ['groupPolicy', 'mdm', 'local'];

export interface Configuration {
  readonly schemaVersion: typeof configurationSchemaVersion;
  readonly kind: 'configuration';
  /** `export` was read from a `.reg` file, which holds only the keys that somebody exported. */
  readonly source: 'machine' | 'export';
  /** ISO 8601, UTC, as all times here. */
  readonly takenAt: string;
  readonly windows: WindowsBuild;
  readonly bootTime: string | null;
  readonly layers: Readonly<Record<LayerId, LayerSnapshot>>;
  /** What CNG answered, highest priority first; null where nobody could ask it. */
  readonly enumerated: readonly string[] | null;
  /** Whether FIPS mode is on; null where it could not be seen. */
  readonly fips: boolean | null;
  readonly diffieHellman: DiffieHellmanKey;
  /** The last change that this tool made, finished or not. */
  readonly change: ChangeRecord | null;
}

export interface LayerSnapshot {
  readonly key: string;
  readonly valueName: string;
  /** `unknown` where an export does not hold the key. */
  readonly status: 'set' | 'absent' | 'unknown';
  /** The registry type number and the bytes in base64. */
  readonly value: { readonly type: number; readonly data: string } | null;
  readonly keyWriteTime: string | null;
}

/** `SCHANNEL\KeyExchangeAlgorithms\Diffie-Hellman`; sizes in bits, null where not set. */
export interface DiffieHellmanKey {
  readonly enabled: number | null;
  readonly clientMinKeyBitLength: number | null;
  readonly serverMinKeyBitLength: number | null;
}

/** A change of the local list, written before its first step and again after its last. */
export interface ChangeRecord {
  readonly schemaVersion: 1;
  readonly kind: 'change';
  readonly operation: 'disable' | 'restore';
  readonly backupId: string;
  readonly state: 'in-progress' | 'complete' | 'undone';
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** The full local list before the change, and the one that it leads to. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly removed: readonly PlacedSuite[];
}

/** Group Policy texts have commas, MDM texts semicolons between the names. */
export function policySeparator(layer: LayerId): PolicySeparator {
  return layer === 'mdm' ? ';' : ',';
}

export function layerValue({ value }: LayerSnapshot): RegistryValue | undefined {
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
  const value = layerValue(snapshot);
  if (value?.type === RegistryType.multiString) return decodeMultiString(value.data);
  const text = layer === 'local' ? undefined : policyText(snapshot);
  return text === undefined ? undefined : splitPolicyText(text, policySeparator(layer));
}
