import { z } from 'zod';
import type { ClientReport, ServedConnection } from '../../../probe/judge-client';
import type { Measurement } from '../../../probe/measure-peer';
import type { ProbeReport } from '../../../probe/probe-report';
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
  case: z
    .enum([
      'shared-secret-zeros',
      'shared-secret-one-zero',
      'control',
      'server-public-zero-short',
      'server-public-zero-padded',
    ])
    .nullable(),
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
    'unlucky-key',
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
    'shared-secret-zeros': tally,
    'shared-secret-one-zero': tally,
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
    address: z.string().nullable(),
    verdict: z.discriminatedUnion('id', [
      z.strictObject({ id: z.literal('not-affected') }),
      z.strictObject({
        id: z.literal('affected'),
        faults: z.array(
          z.enum([
            'keeps-zeros',
            'fails-on-zeros',
            'keeps-zeros-without-extended-master-secret',
            'fails-on-zeros-without-extended-master-secret',
            'keeps-two-zeros',
            'fails-on-two-zeros',
            'refuses-short-public',
            'refuses-padded-public',
            'fails-on-own-public-zero',
            'signs-other-public',
            'refuses-stripped-zeros',
            'refuses-stripped-zeros-without-extended-master-secret',
            'refuses-stripped-two-zeros',
            'strips-zeros',
            'sends-short-public',
          ]),
        ),
        failureRate: z.number(),
        oneIn: count,
        chance: z.number(),
      }),
      z.strictObject({ id: z.literal('no-dhe-offered'), refusals: count }),
      z.strictObject({
        id: z.literal('inconclusive'),
        reason: z.enum([
          'unreachable',
          'no-such-host',
          'timeout',
          'malformed',
          'starttls-refused',
          'control-failed',
          'signature-invalid',
          'certificate-required',
          'server-name-required',
          'version-refused',
          'refuses-everybody',
          'suite-not-spoken',
          'unstable',
          'connections-refused',
          'no-such-key',
          'search-too-slow',
          'several-servers',
          'own-public-zero-unconfirmed',
          'own-public-zero-not-seen',
          'own-public-zero-withheld',
          'own-key-reused',
          'shared-secret-not-seen',
          'shared-secret-zero-unconfirmed',
          'interrupted',
          'total-time',
        ]),
      }),
    ]) satisfies z.ZodType<ProbeReport['verdict']>,
    server: z
      .strictObject({
        tls: z.string(),
        suite: z.string(),
        group: z.string().nullable(),
        groupBits: count,
        weakness: z.enum(['not-prime', 'small-order', 'special-form']).nullable(),
        reusesKey: z.boolean(),
        ownPublicZeros: z.enum(['padded', 'short']).nullable(),
        extendedMasterSecret: z.boolean(),
        requiresExtendedMasterSecret: z.boolean(),
        encryptThenMac: z.boolean(),
        asksForCertificate: z.boolean(),
      })
      .nullable(),
    cases: z.array(
      z.strictObject({
        id: z.string(),
        outcome: z.enum(['passed', 'failed', 'not-tested']),
        result: z.enum([
          'completed',
          'alert',
          'closed',
          'timeout',
          'unreachable',
          'malformed',
          'starttls-refused',
          'bad-signature',
          'suite-not-spoken',
          'no-such-key',
          'search-too-slow',
          'left-out',
        ]),
        detail: z.string().nullable(),
        stage: z.enum(['hello', 'flight', 'key']),
        milliseconds: count,
        lengths: z
          .strictObject({
            p: count,
            sharedSecret: count,
            premaster: count,
            clientPublic: count,
            clientPublicSent: count,
          })
          .nullable(),
      }),
    ),
    hunt: z.strictObject({ connections: count, zeros: count, failures: count }).nullable(),
  }),
  'probe-summary': document('probe-summary', {
    targets: count,
    skipped: count,
    errors: count,
    verdicts: z.strictObject({
      'not-affected': count,
      affected: count,
      'no-dhe-offered': count,
      inconclusive: count,
    }),
    interrupted: z.boolean(),
  }),
  measurement: document('measurement', {
    host: z.string(),
    port: z.int(),
    finding: z.enum([
      'nobody-reachable',
      'no-dhe-offered',
      'dhe-not-countable',
      'ecdhe-fails-too',
      'no-failures',
      'fits',
      'fits-nothing',
    ]),
    dhe: measurement,
    ecdhe: measurement,
    expected: z
      .strictObject({ 'one-value': z.number(), 'two-values': z.number(), 'three-values': z.number() })
      .nullable(),
    fits: z.array(z.enum(['one-value', 'two-values', 'three-values'])),
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
