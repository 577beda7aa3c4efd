import { z } from 'zod';
import { removalCostSchema } from '../../../assessment/removal-cost-schema';
import { policyTextFaultSchema, policyTextLengthSchema } from '../../../policy/policy-text-schema';
import { count, document } from '../../document';

const suites = z.array(z.string());

export const documents = {
  'policy-text': document('policy-text', {
    text: z.string(),
    list: suites,
    removed: suites,
    faults: z.array(policyTextFaultSchema),
    faultCount: count,
    length: policyTextLengthSchema.nullable(),
    refusals: z.array(removalCostSchema),
    message: z.string().nullable(),
  }),
};
