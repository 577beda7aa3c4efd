/** `schema`: the JSON Schema of a document that this program prints or reads. */
import { type CommandContext, type Content, report } from '../../command-context';
import { CommandLineError } from '../../command-line-error';
import { describeDocument, loadDocuments } from '../../document';
import type { Outcome } from '../../exit-code';
import type { documents } from './documents';

/** Without a name: the names, one a line. */
export async function run(context: CommandContext, _: object, name: string | undefined): Promise<Outcome> {
  const known = await loadDocuments(context.commands);
  const names = Object.keys(known);
  if (name === undefined) {
    const content = { names } satisfies Content<(typeof documents)['schemas']>;
    report(context, 'schemas', 'done', content, () => `${names.join('\n')}\n`);
    return 'done';
  }
  const schema = names.includes(name) ? known[name] : undefined;
  if (schema === undefined) {
    throw new CommandLineError({ kind: 'unknown-schema', found: name, known: names });
  }
  context.host.write(`${JSON.stringify(describeDocument(name, schema), null, 2)}\n`);
  return 'done';
}
