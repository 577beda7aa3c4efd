/** What entries tell → configuration, for a machine that one cannot log on to. */
import { InputTooLargeError, InvalidInputError } from '../errors';
import { readRegFile } from '../registry-files/reg-file';
import type { RegistryEntry } from '../registry-files/registry-entry';
import { decodeDword, isSameValue, type RegistryValue } from '../registry-files/registry-value';
import { fipsKey, readKeys, registryPlaces, strayPolicyKey } from '../windows/registry-places';
import { readSchannelSettings } from '../windows/schannel-settings';
import type { Configuration, LayerId, LayerSnapshot, PolicyOrigin } from './configuration';
import {
  encodeValue,
  type ReadValue,
  readDiffieHellman,
  readFips,
  readHost,
  readWindowsBuild,
} from './registry-readings';
import { utcTime } from './utc-time';

/**
 * The configuration that an export shows. What nobody exported is `unknown` or null, never "not set".
 *
 * @param source names the file in errors
 * @throws InvalidInputError, InputTooLargeError as `readRegFile`, and where none of the three layers' keys is in the file
 */
export function readRegExport(bytes: Uint8Array, source: string): Configuration {
  const configuration = configurationOf(readRegFile(bytes, source), source, { isWhole: true });
  requireLayer(configuration, source);
  return configuration;
}

/** @throws InvalidInputError where nothing tells of any of the three layers, or of the list in force */
export function requireLayer({ layers, enumerated, policyOrigins }: Configuration, source: string): void {
  const isTold = Object.values(layers).some(({ status }) => status !== 'unknown');
  const isNamed = policyOrigins.some(({ kind }) => kind !== 'wow6432-node');
  if (isTold || isNamed || enumerated !== null) return;
  throw new InvalidInputError(source, undefined, 'cipher-suite-keys', 'none-of-them');
}

/**
 * The configuration that entries tell.
 *
 * @param options `isWhole`: where a key is named, everything in and below it is; else what is not named is unknown
 * @throws InvalidInputError where they tell nothing of any machine's Schannel
 */
export function configurationOf(
  entries: Iterable<RegistryEntry>,
  source: string,
  { isWhole }: { readonly isWhole: boolean },
): Configuration {
  const registry = collectKeys(entries, isWhole, source);
  if (registry.size === 0) throw new InvalidInputError(source, undefined, 'cipher-suite-keys', 'none-of-them');
  return { ...describe(registry), policyOrigins: describeStray(registry) };
}

/** Below HKLM, `SOFTWARE\\Policies` is one for all programs: what stands in the other place is read by nobody. */
function describeStray(registry: ReadonlyMap<string, ReadonlyMap<string, RegistryValue>>): PolicyOrigin[] {
  const value = registry.get(strayPolicyKey)?.get(registryPlaces.groupPolicy.valueName.toLowerCase());
  if (value === undefined) return [];
  const nothing = { name: null, links: [], action: null, isDisabled: false, isTargeted: false } as const;
  return [{ kind: 'wow6432-node', ...nothing, isInForce: false, layer: 'groupPolicy', value: encodeValue(value) }];
}

/** A configuration of which nothing is known but what is given. */
export function partialConfiguration(known: Partial<Configuration>): Configuration {
  return { ...describe(new Map()), ...known };
}

function describe(registry: ReadonlyMap<string, ReadonlyMap<string, RegistryValue>>): Configuration {
  const read: ReadValue = (key, valueName) => registry.get(key)?.get(valueName.toLowerCase());
  const readLayer = (layer: LayerId): LayerSnapshot => {
    const { key, valueName } = registryPlaces[layer];
    const value = read(key, valueName);
    const status = value !== undefined ? 'set' : registry.has(key) ? 'absent' : 'unknown';
    return { key, valueName, status, value: encodeValue(value), keyWriteTime: null };
  };
  return {
    schemaVersion: 1,
    kind: 'configuration',
    source: 'export',
    takenAt: utcTime(new Date()),
    host: readHost(read),
    windows: readWindowsBuild(read),
    bootTime: null,
    layers: { groupPolicy: readLayer('groupPolicy'), mdm: readLayer('mdm'), local: readLayer('local') },
    enumerated: null,
    fips: registry.has(fipsKey) ? readFips(read) : null,
    schannel: readSchannelSettings(read, (key) => registry.has(key)),
    diffieHellman: readDiffieHellman(read),
    change: null,
    eventLogging: null,
    policyOrigins: [],
    isFromDirtyHive: false,
    stateProblems: [],
  };
}

const wantedKeys = readKeys.map((key) => ({ key, path: `hkey_local_machine\\${key.toLowerCase()}\\` }));

/** The paths of the wanted keys and of all keys above them: no other entry tells anything. */
const tellingPaths = new Set<string>();
for (const { path } of wantedKeys) {
  let above = path;
  while (above !== '' && !tellingPaths.has(above)) {
    tellingPaths.add(above);
    above = above.slice(0, above.lastIndexOf('\\', above.length - 2) + 1);
  }
}

/** `SYSTEM` holds a control set for each of several starts; `CurrentControlSet` is a link to one of them. */
interface ControlSets {
  readonly found: Map<string, Map<string, Map<string, RegistryValue>>>;
  current: number | undefined;
}

/** Of the data of a value, in bytes: a policy holds at most 64 KiB, and 50,000 names are no list that anybody keeps. */
const largestValue = 4 * 1024 * 1024;

/** @throws InputTooLargeError */
export function requireSensibleSize(bytes: number, source: string): void {
  if (bytes > largestValue) throw new InputTooLargeError(source, largestValue, bytes);
}

/**
 * The wanted keys that are told about, with their values. In an export a key is told about where it stands there, or one
 * above it does: it holds whole trees, so a wanted key that is not below it does not exist.
 */
function collectKeys(
  entries: Iterable<RegistryEntry>,
  isWhole: boolean,
  source: string,
): Map<string, Map<string, RegistryValue>> {
  const sets: ControlSets = { found: new Map(), current: undefined };
  for (const entry of entries) {
    const { path, set } = asLivePath(`${entry.key.toLowerCase()}\\`);
    if (path === 'hkey_local_machine\\system\\select\\' && entry.kind === 'value') {
      if (entry.name.toLowerCase() === 'current') sets.current = decodeDword(entry.value);
      continue;
    }
    if (!tellingPaths.has(path)) continue;
    const found = sets.found.get(set) ?? new Map<string, Map<string, RegistryValue>>();
    sets.found.set(set, found);
    for (const wanted of wantedKeys) {
      if (!(isWhole ? wanted.path.startsWith(path) : isSetting(entry, path, wanted))) continue;
      const values = found.get(wanted.key) ?? new Map<string, RegistryValue>();
      found.set(wanted.key, values);
      if (layerKeys.has(wanted.key)) refuseSecond(entry, values, { isWhole, source });
      if (entry.kind === 'delete-key') values.clear();
      if (wanted.path !== path) continue;
      if (entry.kind === 'value') {
        requireSensibleSize(entry.value.data.byteLength, source);
        values.set(entry.name.toLowerCase(), entry.value);
      }
      if (entry.kind === 'delete-value') values.delete(entry.name.toLowerCase());
    }
  }
  return new Map([...(sets.found.get('') ?? []), ...chooseControlSet(sets, source)]);
}

/**
 * Two machines' exports joined, or branches of a script, set a layer's value twice: which of them counts, nothing tells. In what
 * is no export, one that is deleted afterwards is such a branch too.
 *
 * @throws InvalidInputError
 */
function refuseSecond(
  entry: RegistryEntry,
  values: ReadonlyMap<string, RegistryValue>,
  { isWhole, source }: { readonly isWhole: boolean; readonly source: string },
): void {
  const present = 'name' in entry ? values.get(entry.name.toLowerCase()) : [...values.values()][0];
  if (present === undefined) return;
  if (entry.kind === 'value' ? isSameValue(entry.value, present) : isWhole) return;
  throw new InvalidInputError(source, undefined, 'one-list', { number: 2 });
}

/** Of a layer's key the one value counts: that another one is set tells nothing of it. A key goes with all that is below it. */
function isSetting(entry: RegistryEntry, path: string, wanted: (typeof wantedKeys)[number]): boolean {
  if (entry.kind === 'delete-key') return wanted.path.startsWith(path);
  if (wanted.path !== path || !('name' in entry)) return false;
  const layer = Object.values(registryPlaces).find(({ key }) => key === wanted.key);
  return layer === undefined || layer.valueName.toLowerCase() === entry.name.toLowerCase();
}

/**
 * The keys of the control set in force. Where nothing tells which one that is, the layers count if all say the same.
 *
 * @throws InvalidInputError
 */
function chooseControlSet({ found, current }: ControlSets, source: string): Map<string, Map<string, RegistryValue>> {
  const live = found.get('currentcontrolset');
  if (live !== undefined) return live;
  const numbered = [...found].filter(([set]) => set !== '');
  const selected =
    numbered.find(([set]) => Number(set.slice(-3)) === current) ??
    (current === undefined && numbered.length === 1 ? numbered[0] : undefined);
  if (selected !== undefined) return selected[1];
  // The one in force is another, which is not here.
  if (current !== undefined) return new Map();
  const layers = numbered.map(([, keys]) => new Map([...keys].filter(([key]) => layerKeys.has(key))));
  const told = layers.filter((keys) => keys.size > 0);
  if (new Set(told.map(describeKeys)).size > 1)
    throw new InvalidInputError(source, undefined, 'control-set', { number: told.length });
  return told[0] ?? new Map();
}

const layerKeys = new Set<string>(Object.values(registryPlaces).map(({ key }) => key));

function describeKeys(keys: ReadonlyMap<string, ReadonlyMap<string, RegistryValue>>): string {
  return JSON.stringify(
    [...keys].map(([key, values]) => [key, [...values].map(([name, { type, data }]) => [name, type, [...data]])]),
  );
}

/**
 * The path that a running Windows would have: a hive of a machine that is off is loaded under any name, and has no
 * `CurrentControlSet`. Other users' hives are not such.
 */
function asLivePath(path: string): { readonly path: string; readonly set: string } {
  if (tellingPaths.has(path)) return { path, set: path.startsWith(liveSystem) ? 'currentcontrolset' : '' };
  const system =
    /^hkey_(?:local_machine|users)\\(?:[^\\]+\\)?(currentcontrolset|controlset\d{3})(\\.*)$/.exec(path) ??
    /^hkey_(?:local_machine|users)\\(?:[^\\]+\\)?(select)(\\)$/.exec(path);
  if (system !== null) {
    const [, set = '', rest = ''] = system;
    const isSelect = set === 'select';
    return {
      path: `hkey_local_machine\\system\\${isSelect ? set : 'currentcontrolset'}${rest}`,
      set: isSelect ? '' : set,
    };
  }
  const software =
    /^hkey_(?:local_machine|users)\\(?!software\\|system\\|s-1-)[^\\]+\\((?:policies\\microsoft|microsoft\\windows nt)\\.*)$/.exec(
      path,
    );
  return { path: software === null ? path : `hkey_local_machine\\software\\${software[1]}`, set: '' };
}

const liveSystem = 'hkey_local_machine\\system\\currentcontrolset\\';
