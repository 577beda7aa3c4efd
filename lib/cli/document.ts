/** What every JSON document has, and the list of all of them, made from the commands. */
import { z } from 'zod';
import type { Command, Documents } from './command';
import { exitTable, type Outcome } from './exit-code';

export const count = z.int().min(0);
const outcome = z.enum(Object.keys(exitTable) as [Outcome, ...Outcome[]]);

export function document<const Kind extends string, Content extends z.ZodRawShape>(kind: Kind, content: Content) {
  return z.strictObject({ schemaVersion: z.literal(1), kind: z.literal(kind), outcome, ...content });
}

/** An end that no command reached, or one item of a stream that could not be judged. */
export const errorSchema = z.strictObject({ code: z.string(), message: z.string() });

/** Every document by its kind. */
export async function loadDocuments(commands: readonly Command[]): Promise<Documents> {
  const own = await Promise.all(commands.map(({ documents }) => documents()));
  return Object.assign({}, ...own, {
    version: document('version', { version: z.string() }),
    error: document('error', errorSchema.shape),
  });
}

/** JSON Schema 2020-12 of one document. */
export function describeDocument(name: string, schema: z.ZodType): object {
  return { title: `schannel-dhe ${name}`, ...z.toJSONSchema(schema, { io: 'input' }) };
}
