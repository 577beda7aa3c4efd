/**
 * Compares what this Windows does with what the package believes of Windows, so that one run on a real machine settles
 * what documentation leaves open. Without `deep` it only reads.
 */
import type { ContractAnswer, SchannelBinding } from '../binding/schannel-binding';
import { type TransactionOptions, withMachineLock } from '../change/transaction';
import { endInterruptedTrial, runTrial, type Trial } from '../change/trial';
import { isSameList } from '../cipher-suite/suite-list';
import { type Configuration, configuredList, policySeparator, type WindowsBuild } from '../configuration/configuration';
import { findGoverningLayer } from '../configuration/governing-layer';
import { readConfiguration } from '../configuration/read-configuration';
import { encodeDword, encodeMultiString, encodeString } from '../registry-files/registry-value';
import { registryPlaces } from '../windows/registry-places';

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

export interface SelfCheckOptions extends TransactionOptions {
  /** Also add a suite and set policies for some seconds, and take them away again. */
  readonly deep: boolean;
}

/**
 * Runs every check. A deep one holds the machine lock, keeps a record of what it tries, and takes all of it away; the
 * check `put-back` tells whether it could. Where it dies midway, the next deep check or `restoreBackup` cleans up.
 *
 * @throws as reading a configuration does; deep: MachineLockBusyError, NotElevatedError
 */
export function selfCheck(binding: SchannelBinding, options: SelfCheckOptions): SelfCheckReport {
  if (options.deep) endInterruptedTrial(binding, options);
  const configuration = readConfiguration(binding);
  const { takenAt, windows } = configuration;
  const checks = [
    ...checkReading(configuration),
    ...checkContract(binding.probeContract()),
    ...(options.deep ? withMachineLock(binding, options, (now) => checkWriting(binding, now, options)) : []),
  ];
  return { takenAt, deep: options.deep, windows, checks };
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
  { now = () => new Date() }: TransactionOptions,
): CheckResult[] {
  const reason = findObstacle(configuration);
  if (reason !== undefined) return [{ id: 'deep', verdict: 'not-run', expected: 'an ordinary machine', found: reason }];
  const list = configuration.enumerated ?? [];
  const stored = configuration.layers.local.value;
  const checks: CheckResult[] = [];
  const act = () => {
    checks.push(...checkLocalList(binding, list));
    for (const layer of policyLayers) checks.push(...checkPolicy(binding, layer));
  };
  const result = runTrial(binding, configuration, describeTrial(binding), act, now);
  if (result.kind !== 'done') {
    checks.push({ id: 'deep', verdict: 'differs', expected: 'no failure', found: result.cause.message });
  }
  const after = readConfiguration(binding);
  checks.push(compare('put-back', { list, stored }, { list: after.enumerated, stored: after.layers.local.value }));
  return checks;
}

/** What makes trying things out unsafe, or its answers worthless. */
function findObstacle(configuration: Configuration): string | undefined {
  const { enumerated, fips, layers, change } = configuration;
  if (change?.state === 'in-progress') return 'a change that was interrupted';
  if (fips === true) return 'FIPS mode';
  if (policyLayers.some((layer) => layers[layer].value !== null)) return 'a policy in force';
  if (enumerated?.includes(testName)) return `${testName} in the list`;
  const local = configuredList(configuration, 'local');
  return isSameList(enumerated ?? [], local ?? []) ? undefined : 'a list that waits for a restart';
}

const policyLayers = ['groupPolicy', 'mdm'] as const;

type PolicyLayer = (typeof policyLayers)[number];

function describeTrial(binding: SchannelBinding): Trial {
  const values = policyLayers.flatMap((layer) =>
    Object.values(policyTrials(layer)).map(({ type, data }) => ({
      ...registryPlaces[layer],
      type,
      data: Buffer.from(data).toString('base64'),
    })),
  );
  const keys = policyLayers.flatMap((layer) => absentKeys(binding, registryPlaces[layer].key));
  return { suite: testName, values, keys };
}

/** A key and those above it that are not there, deepest first. */
function absentKeys(binding: SchannelBinding, key: string): string[] {
  const parts = key.split('\\');
  const chain = parts.map((_, index) => parts.slice(0, parts.length - index).join('\\'));
  return chain.filter((path) => binding.registryKeyWriteTime(path) === undefined);
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

const [one, other] = ['TLS_RSA_WITH_AES_256_CBC_SHA', 'TLS_RSA_WITH_AES_128_CBC_SHA'];

/** What each layer is set to, in this order. */
function policyTrials(layer: PolicyLayer) {
  const separator = policySeparator(layer);
  return {
    text: encodeString([one, other].join(separator)),
    'blank-after-separator': encodeString([one, other].join(`${separator} `)),
    'doubled-separator': encodeString([one, other].join(separator.repeat(2))),
    'ideographic-comma': encodeString([one, other].join('、')),
    'lower-case': encodeString(one.toLowerCase()),
    empty: encodeString(''),
    'multi-string': encodeMultiString([one, other]),
    number: encodeDword(1),
  };
}

/** Each value is set, CNG asked, and the value deleted again. The last asks whether the list is then the old one. */
function checkPolicy(binding: SchannelBinding, layer: PolicyLayer): CheckResult[] {
  const { key, valueName } = registryPlaces[layer];
  const list = binding.enumContextFunctions();
  const trials = policyTrials(layer);
  const ask = (name: keyof typeof trials): readonly string[] => {
    binding.registryEditor.setValue(key, valueName, trials[name]);
    try {
      return binding.enumContextFunctions();
    } finally {
      binding.registryEditor.deleteValue(key, valueName);
    }
  };
  const told = (name: keyof typeof trials) => tell(`${layer}-${name}`, ask(name));
  return [
    compare(`${layer}-text`, [one, other], ask('text')),
    told('blank-after-separator'),
    told('doubled-separator'),
    told('ideographic-comma'),
    told('lower-case'),
    tell(`${layer}-empty`, ask('empty').length === list.length ? 'ignored' : 'empties the list'),
    told('multi-string'),
    tell(`${layer}-number`, isSameList(ask('number'), list) ? 'ignored' : 'not ignored'),
    compare(`${layer}-deleted`, list, binding.enumContextFunctions()),
  ];
}
