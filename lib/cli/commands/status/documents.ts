import { z } from 'zod';
import type { FindingId } from '../../../assessment/assess';
import { doubtSchema, findingDataSchemas, severitySchema, verdictSchema } from '../../../assessment/assessment-schema';
import { configurationSchema, layerIdSchema, suiteListSchema } from '../../../configuration/configuration-schema';
import type { Governance } from '../../../configuration/governing-layer';
import { recordSchema } from '../../../fleet/record-schema';
import { effectReasonIds, effects } from '../../../windows/suite-effect';
import { windowsVersionIds } from '../../../windows/versions';
import { document } from '../../document';

const governance = z.strictObject({
  layer: layerIdSchema,
  certain: z.boolean(),
  passedOver: z.array(
    z.strictObject({ layer: layerIdSchema, reason: z.enum(['wrong-type', 'empty', 'not-in-export']) }),
  ),
}) satisfies z.ZodType<Governance>;

const finding = z.discriminatedUnion(
  'id',
  Object.entries(findingDataSchemas).map(([id, data]) =>
    z.strictObject({ id: z.literal(id as FindingId), severity: severitySchema, data, message: z.string() }),
  ) as unknown as [z.ZodObject<{ id: z.ZodLiteral<FindingId> }>],
);

export const documents = {
  status: document('status', {
    verdict: verdictSchema,
    doubt: doubtSchema.nullable(),
    /** The verdict as a sentence. */
    message: z.string(),
    governance,
    version: z.enum(windowsVersionIds).nullable(),
    listed: suiteListSchema.nullable(),
    offered: suiteListSchema.nullable(),
    effects: z.array(
      z.strictObject({
        name: z.string(),
        effect: z.enum(effects),
        reason: z.enum(effectReasonIds).nullable(),
        message: z.string(),
      }),
    ),
    dheSuites: suiteListSchema,
    findings: z.array(finding),
    windows: configurationSchema.shape.windows,
  }),
  /** With `--record`: one line. */
  record: recordSchema,
  /** The snapshot that `--save` writes and `--from` reads. */
  configuration: configurationSchema,
};
