/** What may never be left behind: a machine that nobody can reach by TLS any more. */
import { type RemovalCost, removalCosts } from '../assessment/removal-cost';
import type { SuiteList } from '../cipher-suite/suite-list';

export interface GuardJudgement {
  /** Reasons to change nothing at all. */
  readonly refusals: readonly RemovalCost[];
  /** Costs that the administrator should know. */
  readonly warnings: readonly RemovalCost[];
}

const lockOuts: readonly RemovalCost[] = ['leaves-nothing', 'leaves-no-usable-suite'];

/** Judges going from one list to the other; `strict` turns every warning into a refusal. */
export function guardAgainstLockout(before: SuiteList, after: SuiteList, strict: boolean): GuardJudgement {
  const costs = removalCosts(before, after);
  const refusals = costs.filter((cost) => strict || lockOuts.includes(cost));
  return { refusals, warnings: costs.filter((cost) => !refusals.includes(cost)) };
}
