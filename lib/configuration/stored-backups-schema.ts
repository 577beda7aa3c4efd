/** A backup of the local list, as a schema; the type in `stored-backups.ts` is inferred from it. */
import { z } from 'zod';
import { backupIdSchema, layerIdSchema, placedSuiteSchema, suiteListSchema } from './configuration-schema';

export const backupSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('backup'),
  /** The time it was made, such as `20210201T093000Z`, with `-2` and so on for more in one second. */
  id: backupIdSchema,
  createdAt: z.iso.datetime(),
  /** One more than that of any other when it was made: clocks are set back, this is not. */
  sequence: z.int().min(0).default(0),
  governingLayer: layerIdSchema,
  /** The full local list before the change, highest priority first. */
  list: suiteListSchema,
  /** What the change was going to remove from it. */
  removed: z.array(placedSuiteSchema).max(10_000),
});
