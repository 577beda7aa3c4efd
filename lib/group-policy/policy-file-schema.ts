/** What a policy says about the cipher suite order, as a schema. */
import { z } from 'zod';
import { costSchema } from '../policy/cost-schema';
import { policyTextFaultSchema, policyTextLengthSchema } from '../policy/policy-text-schema';
import type { CipherSuiteOrder, PolicyFileJudgement } from './policy-file';

const suites = z.array(z.string());
const count = z.int().min(0);

const orderSchema = z.strictObject({
  offset: count,
  type: z.string(),
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
