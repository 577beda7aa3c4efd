/** The configuration that a command works on: this machine's, an export's, or a snapshot's. */
import type { Configuration } from '../configuration/configuration';
import { readRegExport } from '../configuration/offline-configuration';
import { decodeInputText, readInputFile } from '../files/user-file';
import type { CommandContext } from './command-context';

/** From the machine, from a `.reg` export, or from a saved snapshot. */
export async function obtainConfiguration(context: CommandContext, from: string | undefined): Promise<Configuration> {
  if (from === undefined) {
    const { readConfiguration } = await import('../configuration/read-configuration.js');
    return readConfiguration(await context.open({ forChange: false }));
  }
  const bytes = readInputFile(from);
  if (!/^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))) return readRegExport(bytes, from);
  const { parseConfiguration } = await import('../configuration/parse.js');
  return parseConfiguration(decodeInputText(bytes, from), from);
}
