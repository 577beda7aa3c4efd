import { z } from 'zod';
import type { ClientReport, ServedConnection } from '../../../probe/judge-client';
import type { Measurement } from '../../../probe/measure-peer';
import type { ProbeReport } from '../../../probe/probe-peer';
import { count, document } from '../../document';

const measurement = z.strictObject({
  handshakes: count,
  failures: count,
  unreachable: count,
  rate: z.number(),
  low: z.number(),
  high: z.number(),
}) satisfies z.ZodType<Measurement>;

const servedConnection = {
  client: z.string(),
  case: z.enum(['control', 'server-public-zero-short', 'server-public-zero-padded']).nullable(),
  result: z.enum([
    'completed',
    'alert',
    'closed',
    'timeout',
    'malformed',
    'no-dhe-offered',
    'no-tls-1.2',
    'wrong-keys',
    'kept-zeros',
  ]),
  detail: z.string().nullable(),
  stage: z.enum(['connected', 'hello', 'key']),
  suite: z.string().nullable(),
  sharedSecretZero: z.boolean().nullable(),
  milliseconds: count,
} satisfies { readonly [Key in keyof ServedConnection]: z.ZodType<ServedConnection[Key]> };

const tally = z.strictObject({ completed: count, failed: count });
const clientReport = z.strictObject({
  client: z.string(),
  verdict: z.discriminatedUnion('id', [
    z.strictObject({ id: z.literal('not-affected') }),
    z.strictObject({
      id: z.literal('affected'),
      faults: z.array(
        z.enum(['keeps-zeros', 'fails-on-zeros', 'refuses-short-server-public', 'refuses-padded-server-public']),
      ),
      failureRate: z.number(),
      oneIn: count,
    }),
    z.strictObject({ id: z.literal('no-dhe-offered') }),
    z.strictObject({
      id: z.literal('inconclusive'),
      reason: z.enum([
        'no-handshake',
        'no-tls-1.2',
        'certificate-refused',
        'control-failed',
        'unstable',
        'too-few-connections',
        'shared-secret-not-seen',
      ]),
    }),
  ]),
  connections: count,
  cases: z.strictObject({
    control: tally,
    'server-public-zero-short': tally,
    'server-public-zero-padded': tally,
  }),
  sharedSecret: z.strictObject({
    handshakes: count,
    zeros: tally,
    chance: z.number(),
    handshakesFor99: count,
  }),
}) satisfies z.ZodType<ClientReport>;

export const documents = {
  probe: document('probe', {
    host: z.string(),
    port: z.int(),
    verdict: z.discriminatedUnion('id', [
      z.strictObject({ id: z.literal('not-affected') }),
      z.strictObject({
        id: z.literal('affected'),
        faults: z.array(z.enum(['keeps-zeros', 'fails-on-zeros', 'refuses-short-public', 'refuses-padded-public'])),
        failureRate: z.number(),
        oneIn: count,
      }),
      z.strictObject({ id: z.literal('no-dhe-offered') }),
      z.strictObject({
        id: z.literal('inconclusive'),
        reason: z.enum([
          'unreachable',
          'no-such-host',
          'timeout',
          'malformed',
          'control-failed',
          'unstable',
          'no-such-key',
          'interrupted',
          'total-time',
        ]),
      }),
    ]) satisfies z.ZodType<ProbeReport['verdict']>,
    server: z
      .strictObject({
        suite: z.string(),
        group: z.string().nullable(),
        groupBits: count,
        reusesKey: z.boolean(),
        ownPublicZeros: z.enum(['padded', 'short']).nullable(),
        extendedMasterSecret: z.boolean(),
        encryptThenMac: z.boolean(),
      })
      .nullable(),
    cases: z.array(
      z.strictObject({
        id: z.string(),
        result: z.enum(['completed', 'alert', 'closed', 'timeout', 'unreachable', 'malformed', 'no-such-key']),
        detail: z.string().nullable(),
        stage: z.enum(['hello', 'key']),
        milliseconds: count,
      }),
    ),
  }),
  measurement: document('measurement', {
    host: z.string(),
    port: z.int(),
    dhe: measurement,
    ecdhe: measurement,
    fits: z.array(z.enum(['1/256', '3/256'])),
  }),
  'listen-connection': document('listen-connection', servedConnection),
  listen: document('listen', {
    address: z.string(),
    port: z.int(),
    group: z.string(),
    connections: count,
    turnedAway: count,
    clients: z.array(clientReport),
  }),
};
