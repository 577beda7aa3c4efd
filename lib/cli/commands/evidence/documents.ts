import { z } from 'zod';
import { eventLoggingRecordSchema } from '../../../configuration/configuration-schema';
import { comparisonSchema } from '../../../evidence/comparison-schema';
import { evidenceSchema } from '../../../evidence/evidence-schema';
import { document } from '../../document';

export const documents = {
  evidence: document('evidence', evidenceSchema),
  'evidence-comparison': document('evidence-comparison', comparisonSchema),
  'event-logging': document('event-logging', {
    operation: z.enum(['status', 'on', 'off']),
    done: z
      .enum([
        'changed',
        'kept',
        'nothing-to-do',
        'not-ours',
        'forgotten',
        'wrong-type',
        'failed-undone',
        'failed-undo-incomplete',
      ])
      .nullable(),
    /** In the registry; null where there is none, or one of another type. */
    level: z.int().min(0).nullable(),
    wrongType: z.string().nullable(),
    logsHandshakes: z.boolean(),
    awaitsRestart: z.enum(['yes', 'no', 'unknown']),
    record: eventLoggingRecordSchema.omit({ schemaVersion: true, kind: true }).nullable(),
    isOver: z.boolean(),
    systemLogBytes: z.int().min(0).nullable(),
    cause: z.string().nullable(),
  }),
  'tshark-command': document('tshark-command', { command: z.string() }),
};
