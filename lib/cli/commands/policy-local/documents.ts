import { z } from 'zod';
import { policyJudgementSchema } from '../../../group-policy/policy-file-schema';
import { document } from '../../document';

export const documents = {
  'policy-local': document('policy-local', {
    folder: z.string(),
    owner: z.enum(['none', 'local-gpo', 'mdm', 'domain-gpo', 'unknown']),
    domainGpos: z.array(z.string()),
    judgement: policyJudgementSchema,
    interrupted: z.boolean(),
    done: z.enum(['nothing-to-do', 'changed', 'finished', 'refused']).nullable(),
    holds: z.boolean().nullable(),
  }),
};
