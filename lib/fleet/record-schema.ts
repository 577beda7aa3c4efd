/** A machine in one line, as a schema; its type is inferred in `record.ts`. */
import { z } from 'zod';
import { doubtSchema, findingDataSchemas, verdictSchema } from '../assessment/assessment-schema';
import { layerIdSchema } from '../configuration/configuration-schema';
import { recordedMachine } from '../inputs/machine-lines-schema';

const count = z.int().min(0);

export const findingIdSchema = z.enum(Object.keys(findingDataSchemas) as [keyof typeof findingDataSchemas]);
/** `perhaps`: a key of the list was written after the last start; `unknown`: nobody saw both times. */
export const restartSchema = z.enum(['advised', 'perhaps', 'not-needed', 'unknown']);
/** What the removal of DHE would do: `locks-out` is what `disable` refuses. */
export const removalSchema = z.enum(['locks-out', 'has-costs', 'costs-nothing', 'nothing-to-remove', 'unknown']);

export const recordSchema = z.strictObject({
  ...recordedMachine,
  verdict: verdictSchema,
  /** With the verdict `unknown`: why. */
  doubt: doubtSchema.nullable(),
  /** The governing layer, and whether that is sure. */
  layer: layerIdSchema,
  certain: z.boolean(),
  /** The GPO that sets the order, where a report of Group Policy told. */
  gpo: z.string().max(256).nullable(),
  /** Of the list in force; null where it is not known. */
  counts: z.strictObject({ listed: count, dhe: count, works: count }).nullable(),
  findings: z.array(findingIdSchema).max(64),
  restart: restartSchema,
  removal: removalSchema,
});
