/** The zod schemas of every JSON document; `schema` prints them, and tests hold the printed documents to them. */
import { z } from 'zod';
import type { Finding, FindingData, FindingId } from '../assessment/assess';
import type { RemovalCost } from '../assessment/removal-cost';
import { backupSchema } from '../change/backup-store';
import type { ChangePlan, PolicyCorrection } from '../change/plan';
import { configurationSchema, placedSuiteSchema } from '../configuration/configuration-schema';
import type { Governance } from '../configuration/governing-layer';
import type { CipherSuiteOrder, PolicyFileJudgement } from '../group-policy/policy-file';
import type { PolicyTextFault, PolicyTextLength } from '../policy/policy-text';
import type { ClientReport, ServedConnection } from '../probe/judge-client';
import type { Measurement } from '../probe/measure-peer';
import type { ProbeReport } from '../probe/probe-peer';
import { windowsVersionIds } from '../windows/versions';
import { exitTable, type Outcome } from './exit-code';
import { suiteLayers } from './suite-layers';

const suites = z.array(z.string());
const count = z.int().min(0);
const layer = z.enum(['groupPolicy', 'mdm', 'local']);
const time = z.iso.datetime();
const severity = z.enum(['error', 'warning', 'info']);
const cost = z.enum([
  'leaves-nothing',
  'leaves-no-usable-suite',
  'leaves-only-tls-1-3',
  'leaves-no-ecdhe',
  'loses-forward-secret-gcm-for-rsa',
  'leaves-nothing-for-dsa',
]) satisfies z.ZodType<RemovalCost>;
const outcome = z.enum(Object.keys(exitTable) as [Outcome, ...Outcome[]]);

const fault = z.strictObject({
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
    'unknown-name',
  ]),
  position: count,
  length: count,
  found: z.string(),
  action: z.enum(['replaced', 'removed', 'inserted', 'kept']),
}) satisfies z.ZodType<PolicyTextFault>;

const length = z.strictObject({
  length: count,
  limit: count,
  expendable: z.array(
    z.strictObject({ name: z.string(), reason: z.enum(['null-cipher', 'rc4', 'export-grade', 'ssl-2']) }),
  ),
}) satisfies z.ZodType<PolicyTextLength>;

const governance = z.strictObject({
  layer,
  certain: z.boolean(),
  passedOver: z.array(z.strictObject({ layer, reason: z.enum(['wrong-type', 'empty', 'not-in-export']) })),
}) satisfies z.ZodType<Governance>;

const named = z.strictObject({ suites });
const policyPlace = z.strictObject({ key: z.string(), valueName: z.string() });
const findingData = {
  'dhe-offered': named,
  'dhe-hidden-by-fips': named,
  'dhe-in-overridden-list': z.strictObject({ suites, governing: layer }),
  'governed-by-group-policy': policyPlace,
  'governed-by-mdm': policyPlace,
  'governing-layer-uncertain': z.strictObject({ layer }),
  'policy-text-malformed': z.strictObject({ layer, faults: z.array(fault), faultCount: count }),
  'policy-wrong-type': z.strictObject({ layer, found: z.string(), key: z.string() }),
  'policy-too-long': z.strictObject({ layer, length: count, limit: count }),
  'policy-empty': z.strictObject({ layer, key: z.string() }),
  'local-wrong-type': z.strictObject({ found: z.string(), key: z.string() }),
  'configured-enumerated-differ': z.strictObject({ layer, onlyConfigured: suites, onlyEnumerated: suites }),
  'layer-not-in-export': z.strictObject({ layer, key: z.string() }),
  'diffie-hellman-disabled': z.strictObject({ enabled: count }),
  'leading-zero-fix': z.strictObject({
    state: z.enum(['present', 'absent', 'never-made', 'unknown']),
    build: count.nullable(),
    revision: count.nullable(),
  }),
  'restart-advised': z.strictObject({ certain: z.boolean(), changedAt: time, bootTime: time }),
  'interrupted-change': z.strictObject({
    operation: z.enum(['disable', 'restore']),
    backupId: z.string(),
    startedAt: time,
  }),
  'unknown-suites': named,
  'duplicate-suites': named,
  'unsupported-suites': z.strictObject({
    suites,
    windows: z.enum(windowsVersionIds as [(typeof windowsVersionIds)[number]]),
  }),
  'windows-version-unknown': z.strictObject({ build: count.nullable() }),
  'removal-costs': z.strictObject({ costs: z.array(cost) }),
} satisfies { readonly [Id in FindingId]: z.ZodType<FindingData[Id]> };

const finding = z.discriminatedUnion(
  'id',
  Object.entries(findingData).map(([id, data]) =>
    z.strictObject({ id: z.literal(id as FindingId), severity, data, message: z.string() }),
  ) as unknown as [z.ZodObject<{ id: z.ZodLiteral<Finding['id']> }>],
);

const policyCorrection = z.strictObject({
  layer: z.enum(['groupPolicy', 'mdm']),
  key: z.string(),
  valueName: z.string(),
  text: z.string(),
  removed: suites,
  faults: z.array(fault),
  faultCount: count,
  length: length.nullable(),
}) satisfies z.ZodType<PolicyCorrection>;

const plan = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('plan'),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  verdict: z.enum(['nothing-to-do', 'change', 'governed-by-policy', 'refused']),
  governingLayer: layer,
  steps: z.array(placedSuiteSchema),
  before: suites,
  after: suites,
  expectedEnumeration: suites,
  localListIsEnumerated: z.boolean(),
  refusals: z.array(cost),
  warnings: z.array(cost),
  policy: policyCorrection.nullable(),
  resumes: z.string().nullable(),
}) satisfies z.ZodType<ChangePlan>;

const cipherSuite = z.strictObject({
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

const policyOrder = z.strictObject({
  offset: count,
  type: z.string(),
  text: z.string(),
  list: suites,
  dheSuites: suites,
  faults: z.array(fault),
  faultCount: count,
  corrected: z.strictObject({
    text: z.string(),
    list: suites,
    length,
    refusals: z.array(cost),
    warnings: z.array(cost),
  }),
}) satisfies z.ZodType<CipherSuiteOrder>;

const policyJudgement = {
  verdict: z.enum(['not-set', 'deleted', 'in-order', 'needs-repair', 'too-long', 'refused']),
  order: policyOrder.nullable(),
} satisfies Record<keyof PolicyFileJudgement, z.ZodType>;
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

function output<Kind extends string, Content extends z.ZodRawShape>(kind: Kind, content: Content) {
  return z.strictObject({ schemaVersion: z.literal(1), kind: z.literal(kind), outcome, ...content });
}

/** Each `kind` that `--json` prints, and the snapshot that `status --save` writes and `--from` reads. */
export const documentSchemas = {
  status: output('status', {
    verdict: z.enum(['dhe-offered', 'no-dhe-offered', 'unknown']),
    governance,
    offered: suites.nullable(),
    dheSuites: suites,
    findings: z.array(finding),
    windows: configurationSchema.shape.windows,
  }),
  disable: output('disable', {
    plan,
    backupId: z.string().nullable(),
    cause: z.string().nullable(),
    message: z.string(),
  }),
  restore: output('restore', {
    backupId: z.string(),
    before: suites,
    added: z.array(placedSuiteSchema),
    wouldChange: z.boolean(),
    cause: z.string().nullable(),
    message: z.string(),
  }),
  backups: output('backups', {
    backups: z.array(z.strictObject({ id: z.string(), backup: backupSchema.nullable() })),
  }),
  'policy-text': output('policy-text', {
    text: z.string(),
    list: suites,
    removed: suites,
    faults: z.array(fault),
    faultCount: count,
    length: length.nullable(),
    refusals: z.array(cost),
    message: z.string().nullable(),
  }),
  'policy-file': output('policy-file', {
    file: z.string(),
    ...policyJudgement,
    written: z.strictObject({ file: z.string(), kept: z.string().nullable() }).nullable(),
  }),
  'policy-local': output('policy-local', {
    folder: z.string(),
    owner: z.enum(['none', 'local-gpo', 'mdm', 'domain-gpo', 'unknown']),
    domainGpos: z.array(z.string()),
    judgement: z.strictObject(policyJudgement),
    interrupted: z.boolean(),
    done: z.enum(['nothing-to-do', 'changed', 'finished', 'refused']).nullable(),
    holds: z.boolean().nullable(),
  }),
  'policy-scan': output('policy-scan', {
    policies: z.array(
      z.strictObject({
        folder: z.string(),
        kind: z.enum(['backup', 'sysvol', 'folder']),
        name: z.string().nullable(),
        guid: z.string().nullable(),
        domain: z.string().nullable(),
        verdict: policyJudgement.verdict.nullable(),
        order: policyJudgement.order,
        written: z.string().nullable(),
        staleReport: z.boolean(),
        error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
      }),
    ),
    tally: z.strictObject({
      policies: count,
      setting: count,
      needRepair: count,
      written: count,
      refused: count,
      skipped: count,
    }),
  }),
  suites: output('suites', { suites: z.array(cipherSuite) }),
  'suite-list': output('suite-list', {
    layer: z.enum(suiteLayers),
    suites: z.array(
      z.strictObject({
        name: z.string(),
        position: count,
        isDhe: z.boolean(),
        known: cipherSuite.omit({ name: true }).nullable(),
      }),
    ),
  }),
  selfcheck: output('selfcheck', {
    takenAt: time,
    deep: z.boolean(),
    windows: configurationSchema.shape.windows,
    checks: z.array(
      z.strictObject({
        id: z.string(),
        verdict: z.enum(['as-believed', 'differs', 'told', 'not-run']),
        expected: z.string(),
        found: z.string(),
      }),
    ),
  }),
  probe: output('probe', {
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
  measurement: output('measurement', {
    host: z.string(),
    port: z.int(),
    dhe: measurement,
    ecdhe: measurement,
    fits: z.array(z.enum(['1/256', '3/256'])),
  }),
  'listen-connection': output('listen-connection', servedConnection),
  listen: output('listen', {
    address: z.string(),
    port: z.int(),
    group: z.string(),
    connections: count,
    turnedAway: count,
    clients: z.array(clientReport),
  }),
  error: output('error', { code: z.string(), message: z.string() }),
  configuration: configurationSchema,
} as const;

export type DocumentName = keyof typeof documentSchemas;
