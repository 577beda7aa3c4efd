/** What an assessment says, as schemas; the types in `assess.ts` are inferred from them. */
import { z } from 'zod';
import {
  backupIdSchema,
  changeRecordSchema,
  layerIdSchema,
  policyOriginSchema,
  stateProblemSchema,
  suiteListSchema,
} from '../configuration/configuration-schema';
import { costSchema } from '../policy/cost-schema';
import { policyTextFaultSchema } from '../policy/policy-text-schema';
import { windowsVersionIds } from '../windows/versions';

const count = z.int().min(0);
const time = z.iso.datetime();
const suites = suiteListSchema;
const layer = layerIdSchema;
const windows = z.enum(windowsVersionIds);
const named = z.strictObject({ suites });
const policyPlace = z.strictObject({ key: z.string(), valueName: z.string() });

export const severitySchema = z.enum(['error', 'warning', 'info']);

/** `unknown` where the list in force cannot be seen. */
export const verdictSchema = z.enum(['dhe-offered', 'no-dhe-offered', 'unknown']);

/** Why it is not known whether DHE is offered. */
export const doubtSchema = z.enum([
  'not-in-export',
  'wrong-type',
  'empty',
  'malformed',
  'no-known-name',
  'dhe-in-unknown-name',
  /** The registry holds DHE suites that Windows did not answer with: the next start may bring them. */
  'dhe-not-in-answer',
  'governing-layer-uncertain',
  'dirty-hive',
]);

/** The data of each finding, by its id. Ids are stable. */
export const findingDataSchemas = {
  'dhe-offered': named,
  'dhe-hidden-by-fips': named,
  'dhe-in-overridden-list': z.strictObject({ suites, governing: layer }),
  'governed-by-group-policy': policyPlace,
  'governed-by-mdm': policyPlace,
  'governing-layer-uncertain': z.strictObject({ layer }),
  'policy-text-malformed': z.strictObject({ layer, faults: z.array(policyTextFaultSchema), faultCount: count }),
  'policy-wrong-type': z.strictObject({ layer, found: z.string(), key: z.string() }),
  'policy-too-long': z.strictObject({ layer, length: count, shortened: count, limit: count }),
  'policy-empty': z.strictObject({ layer, key: z.string() }),
  'local-wrong-type': z.strictObject({ found: z.string(), key: z.string() }),
  'configured-enumerated-differ': z.strictObject({ layer, onlyConfigured: suites, onlyEnumerated: suites }),
  'layer-not-in-export': z.strictObject({ layer, key: z.string(), exportKey: z.string() }),
  'policy-without-effect': z.strictObject({ key: z.string(), dheSuites: suites }),
  'dirty-hive': z.strictObject({}),
  'policy-origins': z.strictObject({
    origins: z.array(
      z.strictObject({
        ...policyOriginSchema.pick({ name: true, links: true, isInForce: true, isDisabled: true }).shape,
        dheSuites: suites,
      }),
    ),
  }),
  'preference-items': z.strictObject({
    items: z.array(
      z.strictObject({
        ...policyOriginSchema.pick({ name: true, links: true, isDisabled: true, isTargeted: true }).shape,
        action: policyOriginSchema.shape.action.unwrap(),
        dheSuites: suites,
      }),
    ),
  }),
  'diffie-hellman-disabled': z.strictObject({ enabled: count, suites }),
  'diffie-hellman-unclear': z.strictObject({ enabled: count, suites }),
  'nothing-works-here': z.strictObject({ windows: windows.nullable(), listed: count }),
  'curve-suffixes': z.strictObject({ suites: z.array(z.strictObject({ name: z.string(), write: z.string() })) }),
  'leading-zero-fix': z.strictObject({
    state: z.enum(['present', 'absent', 'never-made', 'unknown']),
    build: count.nullable(),
    revision: count.nullable(),
  }),
  /** Whether the time for which it was set is over. */
  'event-logging-set': z.strictObject({ startedAt: time, until: time.nullable(), isOver: z.boolean() }),
  'restart-advised': z.strictObject({ certain: z.boolean(), changedAt: time, bootTime: time }),
  'interrupted-change': z.strictObject({
    operation: changeRecordSchema.shape.operation,
    backupId: backupIdSchema.nullable(),
    startedAt: time,
  }),
  'stored-state-unreadable': z.strictObject({ key: z.string(), entries: z.array(stateProblemSchema) }),
  'unknown-suites': z.strictObject({
    suites: z.array(z.strictObject({ name: z.string(), write: z.string().nullable() })),
  }),
  'duplicate-suites': named,
  'unsupported-suites': z.strictObject({ suites, windows }),
  'windows-version-unknown': z.strictObject({ build: count.nullable() }),
  'removal-costs': z.strictObject({ costs: z.array(costSchema) }),
};
