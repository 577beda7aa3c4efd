import { z } from 'zod';
import { policyTextFaultSchema } from '../../../policy/policy-text-schema';
import { windowsVersionIds } from '../../../windows/versions';
import { count, document } from '../../document';
import { suiteLayers } from '../../suite-layers';

const suite = z.strictObject({
  name: z.string(),
  codePoint: z.string(),
  keyExchange: z.string().optional(),
  authentication: z.string().optional(),
  cipher: z.string(),
  hash: z.string(),
  protocols: z.array(z.string()),
  forwardSecrecy: z.boolean(),
  aead: z.boolean(),
  export: z.boolean(),
  curve: z.string().optional(),
  base: z.string().optional(),
  aliasOf: z.string().optional(),
});

export const documents = {
  'converted-list': document('converted-list', {
    windows: z.enum(windowsVersionIds),
    list: z.array(z.string()),
    changed: z.array(z.strictObject({ name: z.string(), to: z.array(z.string()) })),
    /** What that version has in no spelling; it stays in the list. */
    withoutSpelling: z.array(z.string()),
    /** Of a text on stdin. */
    faults: z.array(policyTextFaultSchema),
    faultCount: count,
  }),
  suites: document('suites', { suites: z.array(suite) }),
  'suite-list': document('suite-list', {
    layer: z.enum(suiteLayers),
    suites: z.array(
      z.strictObject({
        name: z.string(),
        position: count,
        isDhe: z.boolean(),
        known: suite.omit({ name: true }).nullable(),
      }),
    ),
  }),
};
