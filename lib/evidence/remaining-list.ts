/** What a machine can still do once its DHE suites are gone: by what each suite of its list does there, not by names. */
import { createHash } from 'node:crypto';
import { assess } from '../assessment/assess';
import { withoutDheSuites } from '../cipher-suite/suite-list';
import { conditionsOf } from '../configuration/conditions';
import type { Configuration } from '../configuration/configuration';
import { judgeSuites, type SuiteEffect } from '../windows/suite-effect';
import type { Role, WindowsVersionId } from '../windows/versions';

/** A list without its DHE suites, on one machine. */
export interface RemainingList {
  /** The machine's name in DNS, where it is known. */
  readonly host: string | null;
  readonly windows: WindowsVersionId | null;
  readonly suites: readonly string[];
  /** What each of them does, at one end of a connection. */
  readonly effects: Readonly<Record<Role, readonly SuiteEffect[]>>;
  /** SHA-256, in hex, of all of that: what was judged by another list, or on another Windows, is another judgement. */
  readonly fingerprint: string;
}

/**
 * Of the list that is in force.
 *
 * @param options `windows`: the version of an export that does not know its own
 * @returns null where the configuration holds no list
 */
export function remainingList(
  configuration: Configuration,
  options: { readonly windows?: WindowsVersionId | undefined } = {},
): RemainingList | null {
  const { listed } = assess(configuration, options);
  if (listed === null) return null;
  const suites = withoutDheSuites(listed);
  const conditions = conditionsOf(configuration, { isEnumerated: configuration.enumerated !== null, ...options });
  const effectsAs = (role: Role) => judgeSuites(suites, conditions, role);
  const effects = { client: effectsAs('client'), server: effectsAs('server') };
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([suites, effects]))
    .digest('hex');
  return { host: configuration.host ?? null, windows: conditions.windows ?? null, suites, effects, fingerprint };
}
