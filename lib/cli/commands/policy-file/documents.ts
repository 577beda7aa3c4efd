import { z } from 'zod';
import { policyJudgementSchema } from '../../../group-policy/policy-file-schema';
import { document } from '../../document';

export const documents = {
  'policy-file': document('policy-file', {
    file: z.string(),
    ...policyJudgementSchema.shape,
    written: z.strictObject({ file: z.string(), kept: z.string().nullable() }).nullable(),
  }),
};
