/** `suites`: the catalog, or the default list of one Windows version. */
import { assess } from '../../assessment/assess';
import { type CipherSuite, catalog, findSuite, isDheSuite } from '../../cipher-suite/cipher-suite';
import { type Configuration, configuredList } from '../../configuration/configuration';
import { findWindowsVersion, type WindowsVersionId, windowsDefaults } from '../../windows/versions';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import type { SuiteLayer } from '../suite-layers';
import { formatTable } from '../views/table';
import { obtainConfiguration } from './status';

export interface SuitesOptions {
  readonly windows?: WindowsVersionId;
  readonly layer?: SuiteLayer;
  readonly from?: string;
  readonly dhe?: boolean;
  readonly keyExchange?: string;
  readonly protocol?: string;
}

export async function runSuites(context: CommandContext, options: SuitesOptions): Promise<Outcome> {
  if (options.layer !== undefined) return listLayer(context, options.layer, options);
  const listed =
    options.windows === undefined
      ? catalog
      : windowsDefaults[options.windows].enabledByDefault.flatMap((name) => findSuite(name) ?? []);
  const suites = listed.filter((suite) => matches(suite, options));
  if (context.json) writeJson(context, 'suites', 'nothing-to-do', { suites });
  else writeTable(context, suites);
  return 'nothing-to-do';
}

/** What one layer of this machine, or of an export, holds, in its order. */
async function listLayer(context: CommandContext, layer: SuiteLayer, options: SuitesOptions): Promise<Outcome> {
  const suites = namesOf(await obtainConfiguration(context, options.from), layer).flatMap((name, position) => {
    const suite = findSuite(name);
    const isMatch = suite === undefined ? isUnknownWanted(name, options) : matches({ ...suite, name }, options);
    return isMatch ? [{ name, position, suite }] : [];
  });
  if (!context.json) {
    const nothing = { codePoint: '', protocols: [] };
    writeTable(
      context,
      suites.map(({ name, suite }) => ({ ...(suite ?? nothing), name })),
    );
    return 'nothing-to-do';
  }
  writeJson(context, 'suite-list', 'nothing-to-do', {
    layer,
    suites: suites.map(({ name, position, suite }) => {
      const { name: _, ...known } = suite ?? { name };
      return { name, position, isDhe: isDheSuite(name), known: suite === undefined ? null : known };
    }),
  });
  return 'nothing-to-do';
}

function namesOf(configuration: Configuration, layer: SuiteLayer): readonly string[] {
  if (layer === 'enumerated') return assess(configuration).offered ?? [];
  if (layer !== 'windowsDefault') return configuredList(configuration, layer) ?? [];
  const { build, installationType } = configuration.windows;
  const version = build === null ? undefined : findWindowsVersion(build, installationType ?? undefined);
  return version === undefined ? [] : windowsDefaults[version].enabledByDefault;
}

function isUnknownWanted(name: string, { dhe, keyExchange, protocol }: SuitesOptions): boolean {
  return keyExchange === undefined && protocol === undefined && (dhe !== true || isDheSuite(name));
}

function writeTable(
  { host, messages, colours }: CommandContext,
  suites: readonly Pick<CipherSuite, 'name' | 'keyExchange' | 'codePoint' | 'protocols'>[],
): void {
  const rows = suites.map(({ name, keyExchange, codePoint, protocols }) => [
    name,
    codePoint,
    isDheSuite(name) ? colours.red('DHE') : (keyExchange ?? ''),
    protocols.join(', '),
  ]);
  host.write(formatTable([messages.suiteColumns, ...rows]));
}

function matches({ name, keyExchange, protocols }: CipherSuite, options: SuitesOptions): boolean {
  if (options.dhe === true && !isDheSuite(name)) return false;
  if (options.keyExchange !== undefined && keyExchange !== options.keyExchange.toUpperCase()) return false;
  return (
    options.protocol === undefined ||
    protocols.some((protocol) => protocol.toLowerCase() === options.protocol?.toLowerCase())
  );
}
