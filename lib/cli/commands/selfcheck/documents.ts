import { z } from 'zod';
import { configurationSchema } from '../../../configuration/configuration-schema';
import { document } from '../../document';

export const documents = {
  selfcheck: document('selfcheck', {
    takenAt: z.iso.datetime(),
    deep: z.boolean(),
    windows: configurationSchema.shape.windows,
    checks: z.array(
      z.strictObject({
        id: z.string(),
        verdict: z.enum(['as-believed', 'differs', 'told', 'not-run']),
        expected: z.string(),
        found: z.string(),
      }),
    ),
  }),
};
