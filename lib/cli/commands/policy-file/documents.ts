import { z } from 'zod';
import { policyJudgementSchema, preferenceItemsSchema } from '../../../group-policy/policy-file-schema';
import { count, document } from '../../document';

export const documents = {
  'policy-file': document('policy-file', {
    file: z.string(),
    /** Whose text it is. */
    layer: z.enum(['groupPolicy', 'mdm']),
    ...policyJudgementSchema.shape,
    preferenceItems: preferenceItemsSchema,
    isFromDirtyHive: z.boolean(),
    written: z
      .strictObject({
        file: z.string(),
        kept: z.string().nullable(),
        /** Hard links that still lead to the old content. */
        otherNames: count,
        version: z.enum(['raised', 'in-directory', 'none']),
      })
      .nullable(),
  }),
};
