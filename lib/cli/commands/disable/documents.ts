import { z } from 'zod';
import { changePlanSchema } from '../../../change/plan-schema';
import { document } from '../../document';

export const documents = {
  disable: document('disable', {
    plan: changePlanSchema,
    backupId: z.string().nullable(),
    cause: z.string().nullable(),
    message: z.string(),
  }),
};
