import { z } from 'zod';
import { policyJudgementSchema, preferenceItemsSchema } from '../../../group-policy/policy-file-schema';
import { count, document, errorSchema } from '../../document';

const policy = {
  folder: z.string(),
  kind: z.enum(['backup', 'sysvol', 'file', 'folder']),
  name: z.string().nullable(),
  guid: z.string().nullable(),
  domain: z.string().nullable(),
  verdict: policyJudgementSchema.shape.verdict.nullable(),
  order: policyJudgementSchema.shape.order,
  preferenceItems: preferenceItemsSchema,
  written: z.string().nullable(),
  staleReport: z.boolean(),
  error: errorSchema.nullable(),
};

const tally = z.strictObject({
  policies: count,
  setting: count,
  needRepair: count,
  /** In how many a preference item sets the order too. */
  preferences: count,
  written: count,
  refused: count,
  skipped: count,
});

export type ScanTally = z.infer<typeof tally>;

export const documents = {
  'policy-scan': document('policy-scan', {
    policies: z.array(z.strictObject(policy)),
    tally,
    /** What ended the search before its end. */
    error: errorSchema.nullable(),
  }),
  /** With `--ndjson`: one GPO, a line each, and the tally at the end. */
  'scanned-policy': document('scanned-policy', { policy: z.strictObject(policy) }),
  'policy-tally': document('policy-tally', { tally }),
};
