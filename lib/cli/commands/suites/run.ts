/** `suites`: the catalog, or the default list of one Windows version. */
import { assess } from '../../../assessment/assess';
import { type CipherSuite, catalog, findSuite, isDheSuite } from '../../../cipher-suite/cipher-suite';
import { type Configuration, configuredList } from '../../../configuration/configuration';
import { InvalidInputError } from '../../../errors';
import { repairPolicyText } from '../../../policy/policy-text';
import { convertList } from '../../../windows/convert-list';
import { findWindowsVersion, isSupportedOn, type WindowsVersionId, windowsDefaults } from '../../../windows/versions';
import { type CommandContext, type Content, report, tell } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import type { Outcome } from '../../exit-code';
import { readNamedInput } from '../../named-input';
import { obtainConfiguration } from '../../obtain-configuration';
import type { OptionValues } from '../../option';
import type { SuiteLayer } from '../../suite-layers';
import { asShown } from '../../terminal';
import { viewFaults } from '../../views/fault-view';
import { formatTable } from '../../views/table';
import type { suites as command } from './command';
import type { documents } from './documents';

type SuitesOptions = OptionValues<typeof command.options>;

export async function run(context: CommandContext, options: SuitesOptions): Promise<Outcome> {
  if (context.isSimulated && options.layer === undefined) {
    throw new CommandLineError({ kind: 'needs', option: '--simulate', others: ['--layer'] });
  }
  if (options.convert !== undefined) return convert(context, options.convert, options);
  if (options.layer !== undefined) return listLayer(context, options.layer, options);
  const listed =
    options.windows === undefined
      ? catalog
      : windowsDefaults[options.windows].enabledByDefault.flatMap((name) => findSuite(name) ?? []);
  const suites = listed.filter((suite) => matches(suite, options));
  report(context, 'suites', 'done', { suites } satisfies Content<(typeof documents)['suites']>, (shown) =>
    viewTable(context, shown.suites),
  );
  return 'done';
}

/** The names alone, one a line; what became another name is told beside them. */
async function convert(
  context: CommandContext,
  windows: WindowsVersionId,
  { layer, from }: SuitesOptions,
): Promise<Outcome> {
  const { list, faults, faultCount } =
    layer === undefined
      ? await readStdinList(context)
      : { list: namesOf(await obtainConfiguration(context, from), layer), faults: [], faultCount: 0 };
  if (list.length === 0)
    throw new InvalidInputError(from?.join(', ') ?? layer ?? 'stdin', undefined, 'suite-list', 'none-of-them');
  const converted = convertList(list, windows);
  const lost = converted.list.filter((name) => !isSupportedOn(windows, name));
  const content = {
    windows,
    ...converted,
    faults,
    faultCount,
    withoutSpelling: lost,
  } satisfies Content<(typeof documents)['converted-list']>;
  report(context, 'converted-list', 'done', content, (shown) => `${shown.list.join('\n')}\n`);
  if (!context.json) {
    const { messages } = context;
    tell(context, viewFaults(asShown(faults), faultCount, messages));
    for (const { name, to } of asShown(content.changed)) tell(context, `${name} -> ${to.join(', ')}\n`);
    if (lost.length > 0) tell(context, `${messages.withoutSpelling(asShown(lost).join(', '))}\n`);
  }
  return 'done';
}

async function readStdinList(context: CommandContext): Promise<ReturnType<typeof repairPolicyText>> {
  const { readInput } = await import('../../../inputs/read-input.js');
  const { policyTextOf } = await import('../../../inputs/open-configuration.js');
  const { bytes, source } = await readNamedInput(context, '-');
  const text = policyTextOf(readInput(bytes, source), ',', source);
  // One a line is how this command writes them itself.
  return repairPolicyText(text.replace(/\r?\n$/, ''));
}

/** What one layer of this machine, or of an export, holds, in its order. */
async function listLayer(context: CommandContext, layer: SuiteLayer, options: SuitesOptions): Promise<Outcome> {
  const suites = namesOf(await obtainConfiguration(context, options.from), layer).flatMap((name, position) => {
    const suite = findSuite(name);
    const isMatch = suite === undefined ? isUnknownWanted(name, options) : matches({ ...suite, name }, options);
    const { name: _, ...known } = suite ?? { name };
    return isMatch
      ? [{ name, position, isDhe: isDheSuite(name), known: suite === undefined ? null : (known as Known) }]
      : [];
  });
  const content = { layer, suites } satisfies Content<(typeof documents)['suite-list']>;
  const nothing = { codePoint: '', protocols: [] };
  report(context, 'suite-list', 'done', content, (shown) =>
    viewTable(
      context,
      shown.suites.map(({ name, known }) => ({ ...(known ?? nothing), name })),
    ),
  );
  return 'done';
}

type Known = Omit<CipherSuite, 'name'>;

function namesOf(configuration: Configuration, layer: SuiteLayer): readonly string[] {
  if (layer === 'enumerated') return assess(configuration).listed ?? [];
  if (layer !== 'windowsDefault') return configuredList(configuration, layer) ?? [];
  const { build, installationType } = configuration.windows;
  const version = build === null ? undefined : findWindowsVersion(build, installationType ?? undefined);
  return version === undefined ? [] : windowsDefaults[version].enabledByDefault;
}

function isUnknownWanted(name: string, { dhe, keyExchange, protocol }: SuitesOptions): boolean {
  return keyExchange === undefined && protocol === undefined && (!dhe || isDheSuite(name));
}

function viewTable(
  { messages, colours }: CommandContext,
  suites: readonly Pick<CipherSuite, 'name' | 'keyExchange' | 'codePoint' | 'protocols'>[],
): string {
  const rows = suites.map(({ name, keyExchange, codePoint, protocols }) => [
    name,
    codePoint,
    isDheSuite(name) ? colours.red('DHE') : (keyExchange ?? ''),
    protocols.join(', '),
  ]);
  return formatTable([messages.suiteColumns, ...rows]);
}

function matches({ name, keyExchange, protocols }: CipherSuite, options: SuitesOptions): boolean {
  if (options.dhe && !isDheSuite(name)) return false;
  if (options.keyExchange !== undefined && keyExchange !== options.keyExchange.toUpperCase()) return false;
  return (
    options.protocol === undefined ||
    protocols.some((protocol) => protocol.toLowerCase() === options.protocol?.toLowerCase())
  );
}
