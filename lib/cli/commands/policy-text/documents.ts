import { z } from 'zod';
import { costSchema } from '../../../policy/cost-schema';
import { policyTextFaultSchema, policyTextLengthSchema } from '../../../policy/policy-text-schema';
import { count, document } from '../../document';

const suites = z.array(z.string());

export const documents = {
  'policy-text': document('policy-text', {
    /** Null where it may not be put in force. */
    text: z.string().nullable(),
    list: suites,
    removed: suites,
    faults: z.array(policyTextFaultSchema),
    faultCount: count,
    length: policyTextLengthSchema.nullable(),
    /** Schannel's names for those that are spelt as other programs do. */
    translations: z.array(z.strictObject({ name: z.string(), write: z.string() })),
    /** What the versions of --windows spell otherwise. */
    converted: z.array(z.strictObject({ name: z.string(), to: suites })),
    refusals: z.array(costSchema),
    warnings: z.array(costSchema),
    message: z.string().nullable(),
  }),
};
