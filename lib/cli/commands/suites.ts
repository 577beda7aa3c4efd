/** `suites`: the catalog, or the default list of one Windows version. */
import { type CipherSuite, catalog, findSuite, isDheSuite } from '../../cipher-suite/cipher-suite';
import { type WindowsVersionId, windowsDefaults } from '../../cipher-suite/windows-defaults';
import { type CommandContext, writeJson } from '../command-context';
import type { Outcome } from '../exit-code';

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
    for (const { name, keyExchange, codePoint, protocols } of suites) {
      const mark = isDheSuite(name) ? '*' : ' ';
      context.host.write(
        `${mark} ${name.padEnd(46)} ${codePoint.padEnd(9)} ${(keyExchange ?? '-').padEnd(8)} ${protocols.join(', ')}\n`,
      );
    }
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
