/** `suites`: the catalog, or the default list of one Windows version. */
import { type CipherSuite, catalog, findSuite, isDheSuite } from '../../cipher-suite/cipher-suite';
import { type WindowsVersionId, windowsDefaults } from '../../cipher-suite/windows-defaults';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';
import { formatTable } from '../views/table';

export interface SuitesOptions {
  readonly windows?: WindowsVersionId;
  readonly dhe?: boolean;
  readonly keyExchange?: string;
  readonly protocol?: string;
}

export function runSuites(context: CommandContext, options: SuitesOptions): Outcome {
  const listed =
    options.windows === undefined
      ? catalog
      : windowsDefaults[options.windows].enabledByDefault.flatMap((name) => findSuite(name) ?? []);
  const suites = listed.filter((suite) => matches(suite, options));
  if (context.json) writeJson(context, 'suites', 'nothing-to-do', { suites });
  else {
    const rows = suites.map(({ name, keyExchange, codePoint, protocols }) => [
      name,
      codePoint,
      isDheSuite(name) ? context.colours.red('DHE') : (keyExchange ?? ''),
      protocols.join(', '),
    ]);
    context.host.write(formatTable([context.messages.suiteColumns, ...rows]));
  }
  return 'nothing-to-do';
}

function matches({ name, keyExchange, protocols }: CipherSuite, options: SuitesOptions): boolean {
  if (options.dhe === true && !isDheSuite(name)) return false;
  if (options.keyExchange !== undefined && keyExchange !== options.keyExchange.toUpperCase()) return false;
  return (
    options.protocol === undefined ||
    protocols.some((protocol) => protocol.toLowerCase() === options.protocol?.toLowerCase())
  );
}
