/** What may never be left behind: a machine that nobody can reach by TLS any more. Counted by what works there, not by names. */
import type { SuiteList } from '../cipher-suite/suite-list';
import { type Cost, isRefusal } from '../policy/judge-policy-text';
import { type CostOptions, judgeCosts } from '../windows/effect-costs';
import type { Conditions } from '../windows/suite-effect';

export interface GuardOptions extends CostOptions {
  /** Refuse where it would only warn. */
  readonly strict?: boolean;
}

export interface GuardJudgement {
  /** Reasons to change nothing at all. */
  readonly refusals: readonly Cost[];
  /** Costs that the administrator should know. */
  readonly warnings: readonly Cost[];
}

/** Judges going from one list to the other; lists of the same length are the same list, and cost nothing. */
export function guardAgainstLockout(
  before: SuiteList,
  after: SuiteList,
  conditions: Conditions,
  options: GuardOptions = {},
): GuardJudgement {
  return before.length === after.length
    ? { refusals: [], warnings: [] }
    : judgeNewList(before, after, conditions, options);
}

/** The same for a list that counts as new even where it is the old one: it was not in force as it stood. */
export function judgeNewList(
  before: SuiteList,
  after: SuiteList,
  conditions: Conditions,
  options: GuardOptions = {},
): GuardJudgement {
  const costs = judgeCosts(before, after, conditions, options).map(
    (cost): Cost => ({
      ...cost,
      windows: conditions.windows ?? null,
    }),
  );
  const refusals = costs.filter((cost) => options.strict === true || isRefusal(cost));
  return { refusals, warnings: costs.filter((cost) => !refusals.includes(cost)) };
}
