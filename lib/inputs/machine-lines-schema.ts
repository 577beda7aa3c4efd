/** The lines that fleets carry: a machine's record as far as it tells of a configuration, and what the collector prints. */
import { z } from 'zod';
import { suiteListSchema, windowsBuildSchema } from '../configuration/configuration-schema';
import { windowsVersionIds } from '../windows/versions';

const time = z.iso.datetime();

/** Of a record; the rest of it is judgement. */
export const recordedMachine = {
  schemaVersion: z.literal(1),
  kind: z.literal('record'),
  /** The version of this program. */
  tool: z.string().max(64),
  /** The name in DNS, cut where it is longer than any; null where it is not known. */
  host: z.string().max(512).nullable(),
  time,
  windows: z.strictObject({
    version: z.enum(windowsVersionIds).nullable(),
    ...windowsBuildSchema.pick({ build: true, revision: true, installationType: true }).shape,
  }),
  /** In hex, of the names of the list as a JSON array; null where it is not known. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** Code points in hex with an old name's curve (`c030_P256`), and names that have none; null where it does not fit. */
  list: suiteListSchema.nullable(),
};

/** What of a record is a machine's. */
export const machineSchema = z.looseObject(recordedMachine);

/** A line of `Get-SchannelDheRecord.ps1`. */
export const rawLineSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('raw'),
  host: z.string().max(512),
  time,
  part: z.int().min(1).max(64),
  parts: z.int().min(1).max(64),
  /** A piece of the base64 of a compressed .reg text; null where nothing could be read. */
  data: z.string().max(2048).nullable(),
  /** Why, in the machine's own words. */
  error: z.string().max(2048).nullable(),
});
