/** What was found in a policy text, as schemas; the types in `policy-text.ts` are inferred from them. */
import { z } from 'zod';

const count = z.int().min(0);

export const policyTextFaultSchema = z.strictObject({
  kind: z.enum([
    'wrong-separator',
    'missing-separator',
    'leading-separator',
    'doubled-separator',
    'trailing-separator',
    'full-width',
    'invisible',
    'white-space',
    'blank-inside-name',
    'quote',
    'lower-case',
    'duplicate',
    'not-a-name',
    'cut-off',
    'other-spelling',
    'unknown-name',
  ]),
  /** Index of the first UTF-16 code unit, from 0, and how many it spans. */
  position: count,
  length: count,
  /** What stands there, at most 64 code units of it. */
  found: z.string(),
  action: z.enum(['replaced', 'removed', 'inserted', 'kept']),
});

/** The length of a list as Group Policy text, against the limit of the policy editor. */
export const policyTextLengthSchema = z.strictObject({
  length: count,
  limit: count,
  /** Suites that a text over the limit can lose first, in that order. All of them, also where less would do. */
  expendable: z.array(
    z.strictObject({
      name: z.string(),
      reason: z.enum(['no-effect', 'curve-variant', 'null-cipher', 'rc4', 'export-grade', 'ssl-2']),
    }),
  ),
});
