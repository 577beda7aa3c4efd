import { z } from 'zod';
import { document } from '../../document';

export const documents = {
  completion: document('completion', { shell: z.literal('powershell'), script: z.string() }),
};
