/** What a comparison of evidence comes to, as a schema. */
import { z } from 'zod';
import { comparisonDoubts, type EvidenceComparison } from './compare-evidence';
import { peerSchema } from './evidence-schema';

const count = z.int().min(0);
const peerChange = z.array(
  z.strictObject({
    ...peerSchema.pick({ role: true, client: true, server: true, port: true, name: true }).shape,
    seen: count,
    failed: count,
  }),
);
const period = z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() });

export const comparisonSchema = {
  verdict: z.enum(['nothing-broke', 'these-broke', 'too-little']),
  doubts: z.array(z.enum(comparisonDoubts)),
  /** Two windows of the same length; null where one of the two has no times. */
  windows: z.strictObject({ hours: z.number(), before: period, after: period }).nullable(),
  events: z.array(
    z.strictObject({
      event: z.literal([36873, 36874, 36887, 36888]),
      before: count,
      after: count,
      chance: z.number().min(0).max(1),
    }),
  ),
  broke: peerChange,
  newPeersThatFail: peerChange,
  missing: peerChange,
} satisfies { readonly [Key in keyof EvidenceComparison]: z.ZodType } & { readonly windows: z.ZodType };
