import { z } from 'zod';
import { comparisonSchema } from '../../../evidence/comparison-schema';
import { evidenceSchema } from '../../../evidence/evidence-schema';
import { document } from '../../document';

export const documents = {
  evidence: document('evidence', evidenceSchema),
  'evidence-comparison': document('evidence-comparison', comparisonSchema),
  'tshark-command': document('tshark-command', { command: z.string() }),
};
