import { z } from 'zod';
import { evidenceSchema } from '../../../evidence/evidence-schema';
import { document } from '../../document';

export const documents = {
  evidence: document('evidence', evidenceSchema),
  'tshark-command': document('tshark-command', { command: z.string() }),
};
