/** What many machines come to together, as schemas; the types are inferred in `roll-up.ts`. */
import { z } from 'zod';
import { verdictSchema } from '../assessment/assessment-schema';
import { layerIdSchema } from '../configuration/configuration-schema';
import { windowsVersionIds } from '../windows/versions';
import { recordSchema, removalSchema, restartSchema } from './record-schema';

const count = z.int().min(0);
const time = z.iso.datetime();

/** Against an older collection; `unknown` where a list was not told then or is not now, or the older record is the newer one. */
export const driftSchema = z.enum([
  'now-offers',
  'now-unknown',
  'no-longer-offers',
  'list-changed',
  'new',
  'unknown',
  'same',
]);

export const reportedMachineSchema = z.strictObject({
  /** Its name, or the file that tells of one whose name is not known. */
  host: z.string(),
  source: z.string(),
  time,
  ...recordSchema.pick({
    windows: true,
    verdict: true,
    doubt: true,
    layer: true,
    certain: true,
    gpo: true,
    counts: true,
    findings: true,
    restart: true,
    removal: true,
    sha256: true,
  }).shape,
  /** Null where there is nothing older to compare with. */
  drift: driftSchema.nullable(),
});

const tally = z.strictObject({ machines: count, dheOffered: count, unknown: count });

export const reportSummarySchema = z.strictObject({
  machines: count,
  verdicts: z.record(verdictSchema, count),
  /** The oldest and the newest record that counts. */
  first: time.nullable(),
  last: time.nullable(),
  /** By governing layer. */
  layers: z.record(layerIdSchema, tally),
  /** By Windows version, those that are not known at the end. */
  versions: z.array(z.strictObject({ version: z.enum(windowsVersionIds).nullable(), ...tally.shape })),
  /** By the GPO that sets the order, where reports of Group Policy told: the 100 with the most machines. */
  gpos: z.array(z.strictObject({ gpo: z.string(), ...tally.shape })),
  restart: z.record(restartSchema, count),
  removal: z.record(removalSchema, count),
  /** Records of a machine of which there is a newer one. */
  duplicates: count,
  /** What could not be read; the first of them by name. */
  unread: z.strictObject({
    count,
    first: z.array(
      z.strictObject({ source: z.string(), line: count.nullable(), code: z.string(), message: z.string() }),
    ),
  }),
  /** Files of folders that are of none of the forms. */
  otherFiles: count,
  /** Whether the reading was ended before its end. */
  interrupted: z.boolean(),
  drift: z
    .strictObject({
      machines: z.record(driftSchema, count),
      /** Machines of the older collection that are not in this one; the first thousand by name. */
      missing: z.strictObject({ count, hosts: z.array(z.string()) }),
    })
    .nullable(),
});
