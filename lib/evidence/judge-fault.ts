/** From how key exchanges ended to whether the leading-zero fault is in the traffic. Pure. */
import { clopperPearson } from '../statistics/binomial';
import { chanceOfSoManyFailures } from '../statistics/fisher';
import { type Ends, type FaultCounts, type ZeroCase, zeroCases } from './fault-tally';

/** What the fault would have to be about: a public value and the form it was sent in, or the secret that no capture shows. */
export type FaultValue = ZeroCase | 'shared-secret';

export const faultValues = [...zeroCases, 'shared-secret'] as const satisfies readonly FaultValue[];

/**
 * Why it does not fit, or cannot be told. `too-rare`: fewer fail than zero bytes would make fail.
 * `other-rate`: more fail than zero bytes explain. `ecdhe-fails-too`: as often as DHE.
 * `no-dhe`: no DHE was seen. `exchange-not-seen`: only where its key exchange is not shown. `too-few`: the fault would be missed in so few.
 * `nothing-to-compare`: the rate fits, and there is no ECDHE of these peers beside it.
 */
export const faultReasons = [
  'too-rare',
  'other-rate',
  'ecdhe-fails-too',
  'no-dhe',
  'exchange-not-seen',
  'too-few',
  'nothing-to-compare',
] as const;

export type FaultReason = (typeof faultReasons)[number];

export type FaultVerdict =
  | { readonly id: 'fits-the-fault'; readonly values: readonly FaultValue[] }
  | { readonly id: 'does-not-fit'; readonly reason: 'too-rare' | 'other-rate' | 'ecdhe-fails-too' }
  | { readonly id: 'too-little'; readonly reason: 'no-dhe' | 'exchange-not-seen' | 'too-few' | 'nothing-to-compare' };

/** A share of failures with its exact interval (Clopper-Pearson, 95 %); null ends where nothing was seen. */
export interface FailureShare {
  readonly completed: number;
  readonly failed: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface FaultJudgement {
  readonly verdict: FaultVerdict;
  readonly dhe: FailureShare;
  readonly ecdhe: FailureShare;
  readonly plain: FailureShare;
  /** Against `plain`: the chance that chance alone gives the case so many failures (Fisher, one-sided). */
  readonly cases: Readonly<Record<ZeroCase, FailureShare & { readonly chance: number }>>;
  /** Of DHE against ECDHE, likewise. */
  readonly chanceAgainstEcdhe: number;
  /** The shares that one, two or three values with a zero byte make fail; null without DHE. */
  readonly expected: readonly number[] | null;
}

/** What chance alone gives is called chance alone up to once in so many times, over all that is compared. */
const mostChance = 0.001;

/** One failure may be the network's doing. */
const fewestFailures = 2;

/** @param comparisons how many peers are judged beside one another: the more, the likelier one of them is unlucky */
export function judgeFault(counts: FaultCounts, comparisons = 1): FaultJudgement {
  const { dhe, ecdhe, plain, zeroRate } = counts;
  const level = mostChance / (faultValues.length * Math.max(1, comparisons));
  const chances = Object.fromEntries(zeroCases.map((id) => [id, chanceOf(counts.cases[id], plain)] as const)) as Record<
    ZeroCase,
    number
  >;
  const chanceAgainstEcdhe = chanceOf(dhe, ecdhe);
  const passing = zeroRate === null ? null : 1 - zeroRate;
  const expected = passing === null ? null : [1, 2, 3].map((values) => 1 - passing ** values);
  const verdict = (): FaultVerdict => {
    const guilty = zeroCases.filter((id) => counts.cases[id].failed >= fewestFailures && chances[id] < level);
    if (guilty.length > 0) return { id: 'fits-the-fault', values: guilty };
    const handshakes = dhe.completed + dhe.failed;
    if (expected === null || handshakes === 0) return { id: 'too-little', reason: 'no-dhe' };
    // Wider than the interval that is shown: bad luck must not clear anybody.
    const [low, high] = clopperPearson(dhe.failed, handshakes, level);
    const [least = 0, most = 0] = [expected[0], expected.at(-1)];
    if (high < least) return { id: 'does-not-fit', reason: 'too-rare' };
    if (low > most) return { id: 'does-not-fit', reason: 'other-rate' };
    if (dhe.failed < fewestFailures) return { id: 'too-little', reason: 'too-few' };
    if (ecdhe.completed + ecdhe.failed === 0) return { id: 'too-little', reason: 'nothing-to-compare' };
    if (chanceAgainstEcdhe < level) return { id: 'fits-the-fault', values: ['shared-secret'] };
    // Had none of ECDHE's failed, the difference would have shown.
    const healthy = { completed: ecdhe.completed + ecdhe.failed, failed: 0 };
    if (chanceOf(dhe, healthy) < level) return { id: 'does-not-fit', reason: 'ecdhe-fails-too' };
    return { id: 'too-little', reason: 'too-few' };
  };
  return {
    verdict: verdict(),
    dhe: shareOf(dhe),
    ecdhe: shareOf(ecdhe),
    plain: shareOf(plain),
    cases: Object.fromEntries(
      zeroCases.map((id) => [id, { ...shareOf(counts.cases[id]), chance: chances[id] }] as const),
    ) as FaultJudgement['cases'],
    chanceAgainstEcdhe,
    expected,
  };
}

function chanceOf(one: Readonly<Ends>, others: Readonly<Ends>): number {
  return chanceOfSoManyFailures({
    failedOfCase: one.failed,
    passedOfCase: one.completed,
    failedOfOthers: others.failed,
    passedOfOthers: others.completed,
  });
}

function shareOf({ completed, failed }: Readonly<Ends>): FailureShare {
  const all = completed + failed;
  const [low, high] = all === 0 ? [null, null] : clopperPearson(failed, all);
  return { completed, failed, low, high };
}
