/** The plan as a schema; its type in `plan.ts` is inferred from it. */
import { z } from 'zod';
import { layerIdSchema, placedSuiteSchema, suiteListSchema } from '../configuration/configuration-schema';
import { costSchema } from '../policy/cost-schema';
import { policyTextFaultSchema, policyTextLengthSchema } from '../policy/policy-text-schema';

export const policyCorrectionSchema = z.strictObject({
  layer: layerIdSchema.exclude(['local']),
  key: z.string(),
  valueName: z.string(),
  /** The corrected text, one line without blanks, without DHE suites. */
  text: z.string(),
  removed: suiteListSchema,
  faults: z.array(policyTextFaultSchema),
  faultCount: z.int().min(0),
  /** Against the limit of the policy editor; null for MDM, which has none that is known. */
  length: policyTextLengthSchema.nullable(),
});

export const changePlanSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('plan'),
  /** SHA-256 of the configuration that it was made from; a plan is refused on any other. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** `restart-first`: DHE suites stand in the registry alone, and come into force with the next start. */
  verdict: z.enum(['nothing-to-do', 'change', 'governed-by-policy', 'refused', 'restart-first']),
  governingLayer: layerIdSchema,
  /** The suites to remove from the local list, one for each occurrence, with their places in it. */
  steps: z.array(placedSuiteSchema),
  /** The local list now and afterwards, and what CNG should answer afterwards. */
  before: suiteListSchema,
  after: suiteListSchema,
  expectedEnumeration: suiteListSchema,
  /** Whether CNG's answer shows the whole local list; else the registry value does. */
  localListIsEnumerated: z.boolean(),
  refusals: z.array(costSchema),
  warnings: z.array(costSchema),
  /** What the policy in force should hold instead; null where no policy is in force or it is as it should be. */
  policy: policyCorrectionSchema.nullable(),
  /** The backup of an interrupted change that this one finishes. */
  resumes: z.string().nullable(),
});
