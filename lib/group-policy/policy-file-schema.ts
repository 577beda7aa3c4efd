/** What a policy says about the cipher suite order, as a schema. */
import { z } from 'zod';
import { findingDataSchemas } from '../assessment/assessment-schema';
import { costSchema } from '../policy/cost-schema';
import { policyTextFaultSchema, policyTextLengthSchema } from '../policy/policy-text-schema';
import type { CipherSuiteOrder, PolicyFileJudgement } from './policy-file';

const suites = z.array(z.string());
const count = z.int().min(0);

const orderSchema = z.strictObject({
  /** Null in a file that is no Registry.pol. */
  offset: count.nullable(),
  /** Null for a text that came from no registry. */
  type: z.string().nullable(),
  text: z.string(),
  list: suites,
  dheSuites: suites,
  faults: z.array(policyTextFaultSchema),
  faultCount: count,
  corrected: z.strictObject({
    text: z.string(),
    list: suites,
    length: policyTextLengthSchema,
    refusals: z.array(costSchema),
    warnings: z.array(costSchema),
  }),
}) satisfies z.ZodType<CipherSuiteOrder>;

export const policyJudgementSchema = z.strictObject({
  verdict: z.enum(['not-set', 'deleted', 'in-order', 'needs-repair', 'too-long', 'refused']),
  order: orderSchema.nullable(),
} satisfies Record<keyof PolicyFileJudgement, z.ZodType>);

/** Items of Group Policy preferences that set the order too. */
export const preferenceItemsSchema = findingDataSchemas['preference-items'].shape.items;
