import { z } from 'zod';
import { document } from '../../document';

export const documents = { schemas: document('schemas', { names: z.array(z.string()) }) };
