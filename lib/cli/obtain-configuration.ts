/** The configuration that a command works on: this machine's, or what files of any form tell of another. */
import type { Configuration } from '../configuration/configuration';
import type { CommandContext } from './command-context';
import { readNamedInput } from './named-input';

/** From the machine, or from one or several files of one machine; `-` is stdin. */
export async function obtainConfiguration(
  context: CommandContext,
  from: readonly string[] | undefined,
): Promise<Configuration> {
  if (from === undefined) {
    const { readConfiguration } = await import('../configuration/read-configuration.js');
    return readConfiguration(await context.open({ forChange: false }));
  }
  const { openConfigurations } = await import('../inputs/open-configuration.js');
  const files: Awaited<ReturnType<typeof readNamedInput>>[] = [];
  for (const name of from) files.push(await readNamedInput(context, name));
  return openConfigurations(files);
}
