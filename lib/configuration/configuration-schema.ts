/** The zod schemas of what is saved and read back, and the checks at that edge. */
import { z } from 'zod';
import { InputTooLargeError, InvalidInputError, StoredStateDamagedError } from '../errors';
import { type ChangeRecord, type Configuration, configurationSchemaVersion } from './configuration';

const time = z.iso.datetime();
// No NUL can stand in a name: it ends one in a REG_MULTI_SZ value.
const suiteName = z
  .string()
  .max(32_767)
  .regex(/^[^\0]*$/);
const suiteList = z.array(suiteName).max(10_000);
const dword = z.int().min(0).max(0xffffffff);

export const placedSuiteSchema = z.strictObject({ name: suiteName, position: z.int().min(0).max(10_000) });
export const suiteListSchema = suiteList;

export const changeRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('change'),
  operation: z.enum(['disable', 'restore']),
  backupId: z.string().max(64),
  state: z.enum(['in-progress', 'complete', 'undone']),
  startedAt: time,
  finishedAt: time.nullable(),
  before: suiteList,
  after: suiteList,
  removed: z.array(placedSuiteSchema).max(10_000),
}) satisfies z.ZodType<ChangeRecord>;

const layerSchema = z.strictObject({
  key: z.string().max(1024),
  valueName: z.string().max(256),
  status: z.enum(['set', 'absent', 'unknown']),
  value: z.strictObject({ type: dword, data: z.base64().max(4_000_000) }).nullable(),
  keyWriteTime: time.nullable(),
});

export const configurationSchema = z.strictObject({
  schemaVersion: z.literal(configurationSchemaVersion),
  kind: z.literal('configuration'),
  source: z.enum(['machine', 'export']),
  takenAt: time,
  windows: z.strictObject({
    build: z.int().min(0).nullable(),
    revision: dword.nullable(),
    productName: z.string().max(1024).nullable(),
    installationType: z.string().max(1024).nullable(),
  }),
  bootTime: time.nullable(),
  layers: z.strictObject({ groupPolicy: layerSchema, mdm: layerSchema, local: layerSchema }),
  enumerated: suiteList.nullable(),
  fips: z.boolean().nullable(),
  diffieHellman: z.strictObject({
    enabled: dword.nullable(),
    clientMinKeyBitLength: dword.nullable(),
    serverMinKeyBitLength: dword.nullable(),
  }),
  change: changeRecordSchema.nullable(),
}) satisfies z.ZodType<Configuration>;

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
    throw new InvalidInputError(source, undefined, 'json', JSON.stringify(text.slice(0, 40)));
  }
  const result = configurationSchema.safeParse(json);
  if (result.success) return result.data;
  const { path, found } = describeIssue(result.error, json);
  throw new InvalidInputError(source, { path }, 'snapshot', found);
}

/**
 * The record of the last change, as the state store holds it.
 *
 * @throws StoredStateDamagedError where it is not one that this version writes
 */
export function parseChangeRecord(text: string | undefined, entry: string): ChangeRecord | null {
  return text === undefined ? null : parseStored(changeRecordSchema, text, entry);
}

/** @throws StoredStateDamagedError */
export function parseStored<T>(schema: z.ZodType<T>, text: string, entry: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new StoredStateDamagedError(entry, 'it is not JSON');
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const { path, found } = describeIssue(result.error, json);
  throw new StoredStateDamagedError(entry, `${path} is ${found}`);
}

/** Where a document first differs from its schema, and what stands there. */
export function describeIssue(error: z.ZodError, document: unknown): { readonly path: string; readonly found: string } {
  const issue = error.issues[0];
  let at: unknown = document;
  for (const key of issue?.path ?? []) at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
  const path = `$${(issue?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')}`;
  const extra = issue?.code === 'unrecognized_keys' ? `an unknown member ${JSON.stringify(issue.keys[0])}` : undefined;
  return { path, found: extra ?? (at === undefined ? 'nothing' : (JSON.stringify(at) ?? typeof at).slice(0, 60)) };
}
