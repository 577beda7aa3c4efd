/** A simulated machine as it is kept in a file. Apart from the model, which needs no validator. */
import { z } from 'zod';

export const simulatedMachineStateSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('simulated-machine'),
  clock: z.int(),
  bootTime: z.int(),
  /** What Windows does where no source says; both ways are tested. */
  unknown: z.strictObject({
    /** An empty policy text: `ignored`, or a list without suites. */
    emptyPolicy: z.enum(['ignored', 'empty-list']),
    /** A REG_MULTI_SZ in the Group Policy key: a field report says ignored. */
    multiStringPolicy: z.enum(['ignored', 'used']),
  }),
  /** Whether a domain's GPO sets the order. This and the files are not in the states of the first version. */
  domainSetsOrder: z.boolean().default(false),
  /** Of Schannel in the System log, as XML. */
  events: z.array(z.string()).default([]),
  table: z.array(z.string()).nullable(),
  /** The files of the local GPO, in base64. */
  localPolicy: z.strictObject({ 'Registry.pol': z.base64(), 'gpt.ini': z.base64() }).partial().default({}),
  keys: z.array(
    z.strictObject({
      path: z.string(),
      writeTime: z.int(),
      values: z.array(z.strictObject({ name: z.string(), type: z.int(), data: z.base64() })),
    }),
  ),
});
