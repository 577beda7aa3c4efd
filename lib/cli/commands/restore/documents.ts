import { z } from 'zod';
import { placedSuiteSchema, suiteListSchema } from '../../../configuration/configuration-schema';
import { backupSchema } from '../../../configuration/stored-backups-schema';
import { document } from '../../document';

export const documents = {
  restore: document('restore', {
    /** Null where no backup took part: what an interrupted self-check left behind is gone. */
    backupId: z.string().nullable(),
    before: suiteListSchema,
    added: z.array(placedSuiteSchema),
    /** How the list differs from the one that the backup goes back into, where that stopped it. */
    drift: z
      .strictObject({ missing: suiteListSchema, unexpected: suiteListSchema, isReordered: z.boolean() })
      .nullable(),
    cause: z.string().nullable(),
    message: z.string(),
  }),
  'set-aside': document('set-aside', { entries: z.array(z.string()) }),
  backups: document('backups', {
    backups: z.array(z.strictObject({ id: z.string(), backup: backupSchema.nullable() })),
  }),
};
