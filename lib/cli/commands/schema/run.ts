/** `schema`: the JSON Schema of a document that this program prints or reads. */
import { z } from 'zod';
import type { CommandContext } from '../../command-context';
import { type DocumentName, documentSchemas } from '../../document-schemas';
import type { Outcome } from '../../exit-code';

/** JSON Schema 2020-12 of one document. */
export function describeDocument(name: DocumentName): object {
  return { title: `schannel-dhe ${name}`, ...z.toJSONSchema(documentSchemas[name], { io: 'input' }) };
}

/** Without a name: the names, one a line. */
export function runSchema({ host, messages }: CommandContext, name: string | undefined): Outcome {
  const names = Object.keys(documentSchemas) as DocumentName[];
  if (name === undefined) {
    host.write(`${names.join('\n')}\n`);
    return 'nothing-to-do';
  }
  const known = names.find((one) => one === name);
  if (known === undefined) {
    host.writeError(`${messages.unknownSchema(name, names)}\n`);
    return 'bad-input';
  }
  host.write(`${JSON.stringify(describeDocument(known), null, 2)}\n`);
  return 'nothing-to-do';
}
