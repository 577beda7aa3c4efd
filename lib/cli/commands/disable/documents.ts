import { z } from 'zod';
import { changePlanSchema } from '../../../change/plan-schema';
import { relianceSchema } from '../../../configuration/configuration-schema';
import { concernSchema } from '../../../evidence/evidence-schema';
import { document } from '../../document';

export const documents = {
  disable: document('disable', {
    plan: changePlanSchema,
    backupId: z.string().nullable(),
    /** With `--unless-seen`: what the removal was made to depend on, and why it was refused. */
    evidence: z.strictObject({ ...relianceSchema.shape, concerns: z.array(concernSchema) }).nullable(),
    cause: z.string().nullable(),
    message: z.string(),
  }),
};
