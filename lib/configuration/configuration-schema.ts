/** What is saved and read back, as schemas; the types in `configuration.ts` are inferred from them. */
import { z } from 'zod';
import { schannelSettingsSchema } from '../windows/schannel-settings-schema';

const time = z.iso.datetime();
// No NUL can stand in a name: it ends one in a REG_MULTI_SZ value.
const suiteName = z
  .string()
  .max(32_767)
  .regex(/^[^\0]*$/);
const dword = z.int().min(0).max(0xffffffff);
const place = z.strictObject({ key: z.string().max(1024), valueName: z.string().max(256) });
/** The registry type number and the bytes in base64. */
const rawValue = z.strictObject({ type: dword, data: z.base64().max(4_000_000) });

export const suiteListSchema = z.array(suiteName).max(10_000);
export const layerIdSchema = z.enum(['groupPolicy', 'mdm', 'local']);
/** A suite and the index that it had in the list it was taken from. */
export const placedSuiteSchema = z.strictObject({ name: suiteName, position: z.int().min(0).max(10_000) });
export const backupIdSchema = z.string().regex(/^[0-9TZ-]{1,40}$/);

/** What the self-check tries out for some seconds, so that whatever it leaves behind can be told from others' settings. */
export const trialSchema = z.strictObject({
  suite: suiteName,
  /** Each value that it sets, one after the other. */
  values: z.array(z.strictObject({ ...place.shape, ...rawValue.shape })).max(100),
  /** The keys that were not there before, deepest first. */
  keys: z.array(z.string().max(1024)).max(100),
});

/** What a removal was made to depend on. */
export const relianceSchema = z.strictObject({
  /** Of the document, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The period that it covers. */
  first: time.nullable(),
  last: time.nullable(),
  /** What was seen, and how many peers used DHE and keep others. */
  seen: z.int().min(0),
  peersWithDhe: z.int().min(0),
});

/** A change, written before its first step and again after its last. */
export const changeRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('change'),
  operation: z.enum(['disable', 'restore', 'selfcheck']),
  /** Null for the self-check, which needs none. */
  backupId: backupIdSchema.nullable(),
  state: z.enum(['in-progress', 'complete', 'undone']),
  startedAt: time,
  finishedAt: time.nullable(),
  /** The full local list before the change, and the one that it leads to. */
  before: suiteListSchema,
  after: suiteListSchema,
  removed: z.array(placedSuiteSchema).max(10_000),
  trial: trialSchema.nullable().default(null),
  evidence: relianceSchema.nullable().default(null),
});

/** That this tool set Schannel's EventLogging: kept until it is put back. */
export const eventLoggingRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('event-logging'),
  startedAt: time,
  /** When whoever set it wants it put back; nothing does that by itself. */
  until: time.nullable(),
  /** The value before, null where there was none, and the one that was set. */
  before: dword.nullable(),
  after: dword,
});

/** An entry of our own state store that this version cannot read. */
export const stateProblemSchema = z.strictObject({
  entry: z.string().max(64),
  problem: z.enum(['not-text', 'not-json', 'other-member']),
  /** With `other-member`: the first one that differs, such as `$.removed[0].name`; else null. */
  path: z.string().max(1024).nullable(),
});

export const layerSchema = z.strictObject({
  ...place.shape,
  /** `unknown` where an export does not hold the key. */
  status: z.enum(['set', 'absent', 'unknown']),
  value: rawValue.nullable(),
  keyWriteTime: time.nullable(),
});

/**
 * What sets the order, as its own document tells: a GPO of a report, a preference item, or the place where Windows would keep a
 * policy for 32-bit programs alone, which has no effect.
 */
export const policyOriginSchema = z.strictObject({
  kind: z.enum(['gpo', 'preference-item', 'wow6432-node']),
  name: z.string().max(1024).nullable(),
  /** The sites, domains and units that it is linked to, as far as the document tells. */
  links: z.array(z.string().max(1024)).max(1000),
  /** Whether this one won; null where the document does not tell. */
  isInForce: z.boolean().nullable(),
  /** Of a preference item, else null. */
  action: z.enum(['create', 'replace', 'update', 'delete']).nullable(),
  /** The item, a folder around it, or that half of the GPO. */
  isDisabled: z.boolean(),
  /** By item-level targeting: it applies to some machines alone. */
  isTargeted: z.boolean(),
  layer: layerIdSchema,
  /** Null where it takes the value away. */
  value: rawValue.nullable(),
});

export const windowsBuildSchema = z.strictObject({
  build: z.int().min(0).nullable(),
  /** The update revision (UBR), the last part of 10.0.14393.3542. */
  revision: dword.nullable(),
  productName: z.string().max(1024).nullable(),
  installationType: z.string().max(1024).nullable(),
});

/** The snapshot: what a machine's Schannel is configured with, raw, as read in one pass. */
export const configurationSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('configuration'),
  /** `export` was read from a file, which holds only what somebody exported. */
  source: z.enum(['machine', 'export']),
  /** ISO 8601, UTC, as all times here. */
  takenAt: time,
  /** The machine's name in DNS; null where nobody told it. */
  host: z.string().max(512).nullable().default(null),
  windows: windowsBuildSchema,
  bootTime: time.nullable(),
  layers: z.strictObject({ groupPolicy: layerSchema, mdm: layerSchema, local: layerSchema }),
  /** What CNG answered, highest priority first; null where nobody could ask it. */
  enumerated: suiteListSchema.nullable(),
  /** Whether FIPS mode is on; null where it could not be seen. */
  fips: z.boolean().nullable(),
  /** The SCHANNEL keys that switch protocols and algorithms off; a snapshot from before they were read has none. */
  schannel: schannelSettingsSchema.default({
    seen: 'nothing',
    protocols: { client: {}, server: {} },
    ciphers: {},
    hashes: {},
    keyExchanges: {},
  }),
  /** `SCHANNEL\KeyExchangeAlgorithms\Diffie-Hellman`; sizes in bits, null where not set. */
  diffieHellman: z.strictObject({
    enabled: dword.nullable(),
    clientMinKeyBitLength: dword.nullable(),
    serverMinKeyBitLength: dword.nullable(),
  }),
  /** The last change that this tool made, finished or not. */
  change: changeRecordSchema.nullable(),
  eventLogging: eventLoggingRecordSchema.nullable().default(null),
  /** What a report or a preference file says of who sets the order. */
  policyOrigins: z.array(policyOriginSchema).max(10_000).default([]),
  /** From a hive that Windows had not written whole: what changed last may stand in the logs beside it. */
  isFromDirtyHive: z.boolean().default(false),
  /** Entries of our own that cannot be read: damaged, of a newer version, or somebody's experiment. */
  stateProblems: z.array(stateProblemSchema).max(1_000).default([]),
});
