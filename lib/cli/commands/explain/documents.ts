import { z } from 'zod';
import { lookIds, meaningIds, symptomIds } from '../../../windows/symptoms';
import { document } from '../../document';

export const documents = {
  explanation: document('explanation', {
    symptoms: z.array(
      z.strictObject({
        id: z.enum(symptomIds),
        message: z.string(),
        /** Likeliest first. */
        meanings: z.array(
          z.strictObject({
            id: z.enum(meaningIds),
            message: z.string(),
            look: z.array(z.strictObject({ id: z.enum(lookIds), message: z.string() })),
          }),
        ),
        /** Where that is written. */
        sources: z.array(z.string()),
      }),
    ),
  }),
};
