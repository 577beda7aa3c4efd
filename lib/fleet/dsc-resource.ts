/** The resource of Desired State Configuration: bytes → what is stated; configuration → what is so. */
import type { z } from 'zod';
import { assess } from '../assessment/assess';
import type { ChangePlan } from '../change/plan';
import { isDheSuite } from '../cipher-suite/cipher-suite';
import type { Configuration } from '../configuration/configuration';
import { describeIssue } from '../configuration/parse';
import type { DeepReadonly } from '../deep-readonly';
import { InputTooLargeError, InvalidInputError } from '../errors';
import { dscInstanceSchema } from './dsc-resource-schema';

export type DscInstance = DeepReadonly<z.infer<typeof dscInstanceSchema>>;

export type DscState = DscInstance & Required<Pick<DscInstance, 'dheOffered' | 'scope' | 'verdict'>>;

/** An answer of ours holds two lists of at most some hundred names, and may come back as a statement. */
const largestInstance = 1024 * 1024;

/**
 * No input at all is an instance that states nothing.
 *
 * @throws InvalidInputError naming the member that is not what it should be
 */
export function parseDscInstance(bytes: Uint8Array): DscInstance {
  if (bytes.byteLength > largestInstance) throw new InputTooLargeError('stdin', largestInstance, bytes.byteLength);
  const text = new TextDecoder().decode(bytes).trim();
  if (text === '') return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new InvalidInputError('stdin', undefined, 'dsc-instance', 'not-json');
  }
  const result = dscInstanceSchema.safeParse(json);
  if (result.success) return result.data;
  const { path, found } = describeIssue(result.error, json);
  throw new InvalidInputError('stdin', { path }, 'dsc-instance', found);
}

/** @throws InvalidInputError where anything is stated but the one state that can be brought about */
export function requireStatement({ dheOffered }: DscInstance): void {
  if (dheOffered === false) return;
  const found = dheOffered === undefined ? 'nothing' : { json: String(dheOffered) };
  throw new InvalidInputError('stdin', { path: '$.dheOffered' }, 'dsc-statement', found);
}

/** @param plan of the same configuration, and for the same scope */
export function describeDscState(
  configuration: Configuration,
  plan: ChangePlan,
  scope: DscState['scope'] = 'effective',
): DscState {
  const { verdict, governance, dheSuites, findings } = assess(configuration);
  const local = plan.before.filter(isDheSuite);
  return {
    dheOffered: scope === 'effective' ? offered[verdict] : isInLocalList(local, plan),
    scope,
    verdict,
    governedBy: governance.layer,
    dheSuites: scope === 'effective' ? dheSuites : local,
    restartAdvised: findings.some(({ id }) => id === 'restart-advised'),
  };
}

const offered = { 'dhe-offered': true, 'no-dhe-offered': false, unknown: null } as const;

/** A plan that is held back where nothing can be seen to go says that something may be there all the same. */
function isInLocalList(local: readonly string[], { verdict }: ChangePlan): boolean | null {
  if (local.length > 0) return true;
  return verdict === 'refused' || verdict === 'restart-first' ? null : false;
}
