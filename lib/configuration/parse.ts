/** Texts that were saved → what they hold, checked against their schemas. */
import type { z } from 'zod';
import { type FoundInput, InputTooLargeError, InvalidInputError, StoredStateDamagedError } from '../errors';
import type { Configuration } from './configuration';
import { configurationSchema } from './configuration-schema';

/** A snapshot has three layers of at most some hundred kilobytes. */
const largestSnapshot = 16 * 1024 * 1024;

/**
 * A snapshot as `status --save` wrote it.
 *
 * @throws InvalidInputError naming the member that is not what it should be
 * @throws InputTooLargeError above 16 MiB
 */
export function parseConfiguration(text: string, source: string): Configuration {
  if (text.length > largestSnapshot) throw new InputTooLargeError(source, largestSnapshot, text.length);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InvalidInputError(source, undefined, 'json', { text: text.slice(0, 40) });
  }
  return checkConfiguration(json, source);
}

/** @throws InvalidInputError as above */
export function checkConfiguration(json: unknown, source: string): Configuration {
  const result = configurationSchema.safeParse(json);
  if (result.success) return result.data;
  const { path, found } = describeIssue(result.error, json);
  throw new InvalidInputError(source, { path }, 'snapshot', found);
}

/** @throws StoredStateDamagedError where it is not what this version writes */
export function parseStored<Schema extends z.ZodType>(schema: Schema, text: string, entry: string): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new StoredStateDamagedError(entry, 'not-json', null);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const { path } = describeIssue(result.error, json);
  throw new StoredStateDamagedError(entry, 'other-member', path);
}

/** Where a document first differs from its schema, and what stands there. */
export function describeIssue(
  error: z.ZodError,
  document: unknown,
): { readonly path: string; readonly found: FoundInput } {
  const issue = error.issues[0];
  let at: unknown = document;
  for (const key of issue?.path ?? []) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  const path = `$${(issue?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')}`;
  if (issue?.code === 'unrecognized_keys') return { path, found: { unknownMember: issue.keys[0] ?? '' } };
  return { path, found: at === undefined ? 'nothing' : { json: JSON.stringify(at).slice(0, 60) } };
}
