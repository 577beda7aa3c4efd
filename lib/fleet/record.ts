/** A machine in one line of ASCII, short enough for every engine that carries lines; and back. */
import type { z } from 'zod';
import { type Assessment, assess } from '../assessment/assess';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import { suiteCode, suiteOfCode } from '../cipher-suite/suite-code';
import { doubtfulDheNames } from '../cipher-suite/suite-list';
import type { Configuration } from '../configuration/configuration';
import type { DeepReadonly } from '../deep-readonly';
import { InvalidInputError } from '../errors';
import { formatJson } from '../files/ascii-json';
import { hashOfList, listOfRecord, parseAs } from '../inputs/readers/machine-lines';
import { isRefusal } from '../policy/judge-policy-text';
import type { WindowsVersionId } from '../windows/versions';
import { recordSchema } from './record-schema';

/** What one machine comes to. */
export type MachineRecord = DeepReadonly<z.infer<typeof recordSchema>>;

/** Intune and Configuration Manager keep 2,048 characters of a line; some of them are left to whoever wraps it. */
export const longestRecord = 1_900;

/** As they stand in the line; the longest name in DNS has 255 characters. */
const mostCharacters = { host: 400, gpo: 200, installationType: 40 } as const;

export interface RecordOptions {
  /** The version of this program. */
  readonly tool: string;
  /** The version of a snapshot that does not know its own. */
  readonly windows?: WindowsVersionId | undefined;
}

/** The list is left out where it would make the line longer than `longestRecord`. */
export function recordOf(configuration: Configuration, { tool, windows }: RecordOptions): MachineRecord {
  const assessment = assess(configuration, { windows });
  const { verdict, doubt, governance, version, listed, effects, dheSuites, findings } = assessment;
  const { build, revision, installationType } = configuration.windows;
  const codes = listed?.map(suiteCode) ?? null;
  const record: MachineRecord = {
    schemaVersion: 1,
    kind: 'record',
    tool,
    host: cut(configuration.host, mostCharacters.host),
    time: configuration.takenAt,
    windows: { version, build, revision, installationType: cut(installationType, mostCharacters.installationType) },
    verdict,
    doubt,
    layer: governance.layer,
    certain: governance.certain,
    gpo: cut(gpoOf(assessment), mostCharacters.gpo),
    counts: listed && {
      listed: listed.length,
      dhe: dheSuites.length,
      works: effects.filter(({ effect }) => effect === 'works').length,
    },
    findings: [...new Set(findings.map(({ id }) => id))],
    restart: restartOf(configuration, assessment),
    removal: removalOf(assessment),
    sha256: listed && hashOfList(listed),
    // A name that is written as another one's number would come back as that one.
    list: codes?.every((code, index) => suiteOfCode(code) === listed?.[index]) ? codes : null,
  };
  return formatJson(record, 0).length <= longestRecord ? record : { ...record, list: null };
}

/** Each half of a character that is left alone is written and read as it is. */
function cut(text: string | null, most: number): string | null {
  if (text === null) return null;
  let kept = text.slice(0, most);
  while (formatJson({ kept }, 0).length - '{"kept":""}'.length > most) kept = kept.slice(0, -1);
  return kept;
}

function gpoOf({ findings }: Assessment): string | null {
  const origins = findings.flatMap((one) => (one.id === 'policy-origins' ? one.data.origins : []));
  const inForce = origins.filter(({ isInForce }) => isInForce);
  const [gpo, ...others] = inForce.length > 0 ? inForce : origins;
  return others.length > 0 ? null : (gpo?.name ?? null);
}

function restartOf({ bootTime, layers }: Configuration, { findings }: Assessment): MachineRecord['restart'] {
  const advice = findings.find((one) => one.id === 'restart-advised');
  if (advice !== undefined) return advice.data.certain ? 'advised' : 'perhaps';
  return bootTime !== null && layers.local.keyWriteTime !== null ? 'not-needed' : 'unknown';
}

function removalOf({ listed, findings, doubt }: Assessment): MachineRecord['removal'] {
  if (listed === null || doubt !== null) return 'unknown';
  if (!listed.some(isDheSuite)) return 'nothing-to-remove';
  const costs = findings.flatMap((one) => (one.id === 'removal-costs' ? one.data.costs : []));
  if (costs.some(isRefusal)) return 'locks-out';
  return costs.length > 0 ? 'has-costs' : 'costs-nothing';
}

/**
 * A record that was printed somewhere.
 *
 * @throws InvalidInputError naming the member that is not what it should be, and where they contradict each other
 */
export function parseRecord(document: unknown, source: string): MachineRecord {
  const record = parseAs(recordSchema, document, 'record', source);
  listOfRecord(record, source);
  if (!isSound(record)) throw new InvalidInputError(source, { path: '$.verdict' }, 'record', { json: record.verdict });
  return record;
}

/** What was edited by hand must not pass for good. */
function isSound(record: MachineRecord): boolean {
  const { verdict, doubt, certain, counts, list, sha256, findings } = record;
  const isOffered = verdict === 'dhe-offered';
  if ((verdict === 'unknown') !== (doubt !== null) || isOffered !== findings.includes('dhe-offered')) return false;
  if (counts === null) return verdict === 'unknown' && sha256 === null;
  if (isOffered !== counts.dhe > 0 || Math.max(counts.dhe, counts.works) > counts.listed) return false;
  if (verdict === 'no-dhe-offered' && !(certain && counts.listed > 0)) return false;
  return list === null || isOfList(record, list.map(suiteOfCode), counts);
}

/** A list may have DHE suites of which none works here; they then count neither as offered nor as working. */
function isOfList(
  { verdict, removal }: MachineRecord,
  names: readonly string[],
  { listed, dhe, works }: NonNullable<MachineRecord['counts']>,
): boolean {
  const dheListed = names.filter(isDheSuite).length;
  if (names.length !== listed || dhe > dheListed) return false;
  if (verdict !== 'unknown' && (removal === 'nothing-to-remove') !== (dheListed === 0)) return false;
  return verdict !== 'no-dhe-offered' || (works + dheListed <= listed && doubtfulDheNames(names).length === 0);
}
