/**
 * Compares what this Windows does with what the package believes of Windows, so that one run on a real machine settles
 * what documentation leaves open. Without `deep` it only reads.
 */
import type { ContractAnswer } from '../binding/native-binding';
import type { SchannelBinding } from '../binding/schannel-binding';
import { writeBackup } from '../change/backup-store';
import { isSameList } from '../cipher-suite/suite-list';
import { type Configuration, configuredList, type LayerId } from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import { readConfiguration } from '../configuration/read-configuration';
import { encodeDword, encodeMultiString, encodeString, type RegistryValue } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';
import type { WindowsBuild } from '../windows/versions';

export interface SelfCheckReport {
  readonly takenAt: string;
  readonly deep: boolean;
  readonly windows: WindowsBuild;
  readonly checks: readonly CheckResult[];
}

export interface CheckResult {
  readonly id: string;
  /** `told` where nothing is believed and the answer itself is the news; `not-run` where it could not be asked. */
  readonly verdict: 'as-believed' | 'differs' | 'told' | 'not-run';
  readonly expected: string;
  readonly found: string;
}

/** Edits the registry as an administrator does, for policies. */
export interface RegistryEditor {
  setValue(key: string, valueName: string, value: RegistryValue): void;
  deleteValue(key: string, valueName: string): void;
}

export interface SelfCheckTools {
  readonly deep: boolean;
  /** The addon's own questions to CNG; absent on a simulated machine. */
  readonly probe?: () => readonly ContractAnswer[];
  readonly editor?: RegistryEditor;
}

/**
 * Runs every check. A deep one makes a backup first, holds the machine lock, and puts everything back; the check
 * `put-back` tells whether it could.
 *
 * @throws as reading a configuration does; deep: MachineLockBusyError, Win32Error where no backup can be written
 */
export function selfCheck(binding: SchannelBinding, tools: SelfCheckTools): SelfCheckReport {
  const configuration = readConfiguration(binding);
  const checks = [...checkReading(configuration), ...(tools.probe === undefined ? [] : checkContract(tools.probe()))];
  if (tools.deep) {
    const lock = binding.acquireMachineLock(5_000);
    try {
      checks.push(...checkWriting(binding, configuration, tools.editor));
    } finally {
      lock.release();
    }
  }
  return { takenAt: configuration.takenAt, deep: tools.deep, windows: configuration.windows, checks };
}

function compare(id: string, expected: unknown, found: unknown): CheckResult {
  const [one, other] = [JSON.stringify(expected), JSON.stringify(found)];
  return { id, verdict: one === other ? 'as-believed' : 'differs', expected: one, found: other ?? 'nothing' };
}

function tell(id: string, found: unknown): CheckResult {
  return { id, verdict: 'told', expected: 'not documented', found: JSON.stringify(found) ?? 'nothing' };
}

function checkReading(configuration: Configuration): CheckResult[] {
  const { enumerated, fips } = configuration;
  const { layer } = findGoverningLayer(configuration);
  const configured = configuredList(configuration, layer);
  return [
    fips === true
      ? tell('enumerated-under-fips', { layer, configured, enumerated })
      : compare(`enumerated-is-${layer}`, configured ?? [], enumerated),
    compare(
      'names-fit-63-characters',
      [],
      enumerated?.filter((name) => name.length > 63),
    ),
    compare('local-key-is-there', true, configuration.layers.local.keyWriteTime !== null),
  ];
}

const hex = (status: number) => `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;

/** The statuses of the SDK's documentation; where two are known to occur, both count. */
const believedStatuses: Readonly<Record<string, readonly number[]>> = {
  enumerate: [0],
  'unknown-context': [0xc0000225],
  'unknown-table': [0xc000000d],
  'unknown-interface': [0xc000000d, 0xc0000225],
  'domain-table': [0xc0000225],
  'no-size': [0xc000000d],
  'size-alone': [0xc0000023, 0],
  'buffer-too-small': [0xc0000023],
};

function checkContract(answers: readonly ContractAnswer[]): CheckResult[] {
  return answers.map(({ question, status, size }) => {
    const believed = believedStatuses[question] ?? [];
    return {
      id: `contract-${question}`,
      verdict: believed.includes(status) ? 'as-believed' : 'differs',
      expected: believed.map(hex).join(' or '),
      found: `${hex(status)}, size ${size}`,
    };
  });
}

/** A name that no Windows has. */
const testName = 'TLS_SCHANNEL_DHE_SELF_CHECK';

function checkWriting(
  binding: SchannelBinding,
  configuration: Configuration,
  editor: RegistryEditor | undefined,
): CheckResult[] {
  const isPlain =
    configuration.fips !== true &&
    configuration.layers.groupPolicy.value === null &&
    configuration.layers.mdm.value === null;
  const list = configuration.enumerated ?? [];
  if (!isPlain || list.includes(testName)) {
    return [{ id: 'deep', verdict: 'not-run', expected: 'neither policy nor FIPS mode', found: 'one of them is on' }];
  }
  writeBackup(binding.stateStore, new Date(), { governingLayer: 'local', list, removed: [] });
  const stored = configuration.layers.local.value;
  const checks: CheckResult[] = [];
  try {
    checks.push(...checkLocalList(binding, list));
    if (editor !== undefined) {
      checks.push(...checkPolicy(binding, editor, 'groupPolicy', ','), ...checkPolicy(binding, editor, 'mdm', ';'));
    }
  } finally {
    if (binding.enumContextFunctions().includes(testName)) binding.removeContextFunction(testName);
  }
  const now = readConfiguration(binding);
  checks.push(compare('put-back', { list, stored }, { list: now.enumerated, stored: now.layers.local.value }));
  return checks;
}

function checkLocalList(binding: SchannelBinding, list: readonly string[]): CheckResult[] {
  const checks = [compare('remove-absent-name', false, binding.removeContextFunction(testName))];
  const add = (id: string, position: number, expected: readonly string[]) => {
    binding.addContextFunction(testName, position);
    checks.push(compare(id, expected, binding.enumContextFunctions()));
  };
  add('add-at-bottom', 0xffffffff, [...list, testName]);
  checks.push(
    compare('add-reaches-registry', true, configuredList(readConfiguration(binding), 'local')?.includes(testName)),
  );
  add('add-moves-to-top', 0, [testName, ...list]);
  add('add-inserts-ahead', 1, [...list.slice(0, 1), testName, ...list.slice(1)]);
  const foldsCase = binding.removeContextFunction(testName.toLowerCase());
  checks.push(tell('remove-folds-case', foldsCase));
  if (!foldsCase) checks.push(compare('remove', true, binding.removeContextFunction(testName)));
  checks.push(compare('remove-keeps-others', list, binding.enumContextFunctions()));
  return checks;
}

/** Each value is set, CNG asked, and the value deleted again. The last asks whether the list is then the old one. */
function checkPolicy(
  binding: SchannelBinding,
  editor: RegistryEditor,
  layer: Exclude<LayerId, 'local'>,
  separator: string,
): CheckResult[] {
  const { key, valueName } = registryPlaces[layer];
  const list = binding.enumContextFunctions();
  const [one, other] = ['TLS_RSA_WITH_AES_256_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA'];
  const ask = (value: RegistryValue): readonly string[] => {
    editor.setValue(key, valueName, value);
    try {
      return binding.enumContextFunctions();
    } finally {
      editor.deleteValue(key, valueName);
    }
  };
  return [
    compare(`${layer}-text`, [one, other], ask(encodeString([one, other].join(separator)))),
    tell(`${layer}-blank-after-separator`, ask(encodeString([one, other].join(`${separator} `)))),
    tell(`${layer}-doubled-separator`, ask(encodeString([one, other].join(separator.repeat(2))))),
    tell(`${layer}-ideographic-comma`, ask(encodeString([one, other].join('、')))),
    tell(`${layer}-lower-case`, ask(encodeString(one.toLowerCase()))),
    tell(`${layer}-empty`, ask(encodeString('')).length === list.length ? 'ignored' : 'empties the list'),
    tell(`${layer}-multi-string`, ask(encodeMultiString([one, other]))),
    tell(`${layer}-number`, isSameList(ask(encodeDword(1)), list) ? 'ignored' : 'not ignored'),
    compare(`${layer}-deleted`, list, binding.enumContextFunctions()),
  ];
}
