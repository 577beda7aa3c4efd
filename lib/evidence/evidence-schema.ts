/** What the evidence comes to, as a schema; whoever saves it can have a change depend on it. */
import { z } from 'zod';
import { windowsVersionIds } from '../windows/versions';
import { zeroCases } from './fault-tally';
import { type FaultVerdict, faultValues } from './judge-fault';
import { removalIds, removalReasons } from './judge-peers';
import { lineProblems, seenKeyExchanges } from './observation';
import { sourceForms } from './recognise-source';

const count = z.int().min(0);
const time = z.iso.datetime().nullable();
const text = z.string().max(4_096);

const verdict = z.discriminatedUnion('id', [
  z.strictObject({ id: z.literal('fits-the-fault'), values: z.array(z.enum(faultValues)) }),
  z.strictObject({ id: z.literal('does-not-fit'), reason: z.enum(['too-rare', 'other-rate', 'ecdhe-fails-too']) }),
  z.strictObject({
    id: z.literal('too-little'),
    reason: z.enum(['no-dhe', 'exchange-not-seen', 'too-few', 'nothing-to-compare']),
  }),
]) satisfies z.ZodType<FaultVerdict>;

const share = {
  completed: count,
  failed: count,
  /** The ends of the exact interval (Clopper-Pearson, 95 %) of the share that fails. */
  low: z.number().nullable(),
  high: z.number().nullable(),
};
const chance = z.number().min(0).max(1);

const zeroCase = z.strictObject({ ...share, chance });

export const faultSchema = z.strictObject({
  verdict,
  dhe: z.strictObject(share),
  /** Of the same peers. */
  ecdhe: z.strictObject(share),
  /** DHE whose public values began with no zero byte. */
  plain: z.strictObject(share),
  /** Against `plain`; `chance`: that chance alone gives the case so many failures (Fisher's exact test, one-sided). */
  cases: z.strictObject(
    Object.fromEntries(zeroCases.map((id) => [id, zeroCase])) as Record<(typeof zeroCases)[number], typeof zeroCase>,
  ),
  chanceAgainstEcdhe: chance,
  /** The shares that fail where one, two or three values with a zero byte do. */
  expected: z.array(z.number()).nullable(),
});

export const peerSchema = z.strictObject({
  /** As which end this machine took part; null where that is not known. */
  role: z.enum(['client', 'server']).nullable(),
  client: text.nullable(),
  server: text.nullable(),
  /** The server's. */
  port: z.int().min(0).max(65_535).nullable(),
  name: text.nullable(),
  /** Handshakes, or what the source counts: IIS logs requests. */
  seen: count,
  keyExchanges: z.partialRecord(z.enum(seenKeyExchanges), count),
  protocols: z.record(z.string().max(16), count),
  suites: z.record(z.string().max(128), count),
  /** Agreed handshakes whose key exchange the source does not tell. */
  untold: count,
  failed: count,
  first: time,
  last: time,
  onlyDhe: z.boolean(),
  removal: z.strictObject({ id: z.enum(removalIds), reason: z.enum(removalReasons).nullable() }),
  fault: verdict.nullable(),
});

export const evidenceSourceSchema = z.strictObject({
  source: text,
  form: z.enum(sourceForms),
  observations: count,
  /** Lines of a log without the TLS fields. */
  untold: count,
  malformed: z.strictObject({
    count,
    problems: z.partialRecord(z.enum(lineProblems), count),
    /** The line, the packet, or the event in its order, from 1. */
    first: z.array(z.strictObject({ number: count, problem: z.enum(lineProblems) })),
  }),
  problem: text.nullable(),
});

export const evidenceVerdicts = ['dhe-seen', 'no-dhe-seen', 'unknown'] as const;

export const evidenceSchema = {
  verdict: z.enum(evidenceVerdicts),
  /** Whether the reading was ended before its end. */
  interrupted: z.boolean(),
  first: time,
  last: time,
  sources: z.array(evidenceSourceSchema),
  /** Files of a folder, or of a pattern, that could not be read or are none of the forms. */
  skipped: z.array(
    z.strictObject({
      source: text,
      code: z.string().max(64),
      /** What it is instead, by id, such as `archive`. */
      found: z.string().max(64).nullable(),
    }),
  ),
  /** The list that the removal was judged by; null where none was given. */
  judgedBy: z
    .strictObject({
      source: z.enum(['machine', 'files']),
      /** The machine's name in DNS, where it is known. */
      host: z.string().max(1_024).nullable(),
      windows: z.enum(windowsVersionIds).nullable(),
      remaining: z.array(z.string().max(32_767)).max(10_000),
      /** Of that list and of what each suite of it does there. */
      fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .nullable(),
  totals: z.strictObject({
    seen: count,
    untold: count,
    keyExchanges: z.partialRecord(z.enum(seenKeyExchanges), count),
    peers: count,
    removal: z.partialRecord(z.enum(removalIds), count),
    /** Of peers beyond the 100,000 that are told apart. */
    leftOut: count,
  }),
  /** Schannel's events of failures, by the alert. */
  failureEvents: z.array(
    z.strictObject({ event: z.literal([36873, 36874, 36887, 36888]), alert: z.int().nullable(), count }),
  ),
  fault: faultSchema,
  /** By the hour, or the day where it is more than three of them. What failed is among `dhe` and `others` too. */
  timeline: z.array(z.strictObject({ time: z.iso.datetime(), dhe: count, others: count, failed: count })),
  peers: z.array(peerSchema),
};

/** Why a removal that depends on evidence is refused. */
export const concernSchema = z.discriminatedUnion('id', [
  z.strictObject({
    id: z.literal('peer'),
    ...peerSchema.pick({ role: true, client: true, server: true, port: true, name: true, removal: true }).shape,
  }),
  /** It was judged by another list, on another Windows, or by none. */
  z.strictObject({ id: z.literal('other-list') }),
  /** By a list like this one, on a machine of another name: others call that one. */
  z.strictObject({ id: z.literal('other-machine') }),
  /** What was seen last is more than a quarter of a year ago. */
  z.strictObject({ id: z.literal('old') }),
  /** It holds no handshake whose key exchange was seen: then it clears nobody. */
  z.strictObject({ id: z.literal('nothing-seen') }),
  /** It was interrupted, a file could not be read, or not all of it could tell. */
  z.strictObject({ id: z.literal('not-all-read') }),
  /** Peers beyond the bound are in no row. */
  z.strictObject({ id: z.literal('peers-left-out') }),
]);

/** As it is saved. */
export const savedEvidenceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('evidence'),
  outcome: z.string().max(64),
  ...evidenceSchema,
});
