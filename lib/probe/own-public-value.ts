/** What becomes of handshakes in which the server's own public value begins with a zero byte. */

import { chanceThatAllFail } from '../statistics/fisher';
import { zeroByteRate } from '../statistics/zero-byte-rate';
import type { Group } from './finite-field';
import type { Fault, HuntReport } from './probe-report';
import { beginsWithZero, Doubt, type Trial, type Trials } from './trials';

/** An accusation takes failures that chance brings about less often than this. */
const mostChance = 1 / 1_000;

/** Connections that show a key of the server's before it is taken for the only one. */
const connectionsOfOneKey = 4;

export interface OwnPublicValue {
  readonly fault: Fault | undefined;
  readonly chance: number;
  readonly hunt: HuntReport | null;
}

/**
 * Makes up to so many more connections until one shows a zero and is completed, or enough of them have failed. Stops where the
 * server has one key for all of them.
 *
 * @throws Doubt where a failure is seen that stays alone
 */
export async function huntOwnPublicValue(trials: Trials, most: number): Promise<OwnPublicValue> {
  const group = trials.seen.find(({ server }) => server !== undefined)?.server?.group;
  const tally = new OwnPublicTally();
  const passing = new Set(
    trials.seen.filter(({ result }) => result.outcome === 'passed').map(({ result }) => result.id),
  );
  // The failures of a case that never passes have their own explanation.
  for (const trial of trials.seen) if (passing.has(trial.result.id)) tally.add(trial);
  let [connections, failures] = [0, 0];
  while (connections < most && !tally.isCleared && !tally.isProved && !hasOneKey(trials.seen)) {
    const { outcome } = await trials.once('server-public-zero', false);
    connections += 1;
    if (outcome !== 'passed') failures += 1;
    const trial = trials.seen.at(-1);
    if (trial !== undefined) tally.add(trial);
  }
  const hunt = most === 0 ? null : { connections, zeros: tally.zeros, failures };
  if (tally.signsOtherForm) return { fault: 'signs-other-public', chance: 0, hunt };
  if (tally.isCleared) return { fault: undefined, chance: 0, hunt };
  if (tally.isProved) return { fault: 'fails-on-own-public-zero', chance: tally.chance, hunt };
  if (tally.zeros > 0) throw new Doubt('own-public-zero-unconfirmed');
  const missing = group === undefined || most === 0 ? 1 : tally.chanceOfNoZero(group);
  if (missing <= mostChance && failures > 1) return { fault: 'fails-on-own-public-zero', chance: missing, hunt };
  return { fault: undefined, chance: 0, hunt };
}

function hasOneKey(seen: readonly Trial[]): boolean {
  const values = seen.flatMap(({ server }) => server?.serverPublic ?? []).slice(-connectionsOfOneKey);
  return values.length === connectionsOfOneKey && new Set(values).size === 1;
}

class OwnPublicTally {
  #passedWithZero = 0;
  #failedWithZero = 0;
  #passed = 0;
  #failed = 0;
  signsOtherForm = false;

  add({ result, server }: Trial): void {
    const isZero = server !== undefined && beginsWithZero(server);
    if (server?.signature === 'other-form') this.signsOtherForm = true;
    // Before the server showed its value, nobody knows what it was.
    if (result.outcome === 'not-tested' && result.id !== 'server-public-zero') return;
    const hasPassed = result.outcome === 'passed';
    if (isZero && hasPassed) this.#passedWithZero += 1;
    else if (isZero && result.outcome === 'failed') this.#failedWithZero += 1;
    else if (hasPassed) this.#passed += 1;
    else this.#failed += 1;
  }

  get zeros(): number {
    return this.#passedWithZero + this.#failedWithZero;
  }

  get isCleared(): boolean {
    return this.#passedWithZero > 0;
  }

  get isProved(): boolean {
    return this.signsOtherForm || (!this.isCleared && this.#failedWithZero > 1 && this.chance <= mostChance);
  }

  /** Of the failures with a zero, against the other connections. */
  get chance(): number {
    const failures = this.#failedWithZero + this.#failed;
    return chanceThatAllFail(this.#failedWithZero, failures, failures + this.#passed + this.#passedWithZero);
  }

  /** That none of so many values of the server begins with a zero. */
  chanceOfNoZero(group: Group): number {
    return (1 - zeroByteRate(group)) ** this.#passed;
  }
}
