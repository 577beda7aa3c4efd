/** What becomes of handshakes in which the server's own public value begins with a zero byte. */

import { chanceThatAllFail } from '../statistics/fisher';
import { zeroByteRate } from '../statistics/zero-byte-rate';
import type { Group } from './finite-field';
import type { Fault, HuntReport, InconclusiveReason } from './probe-report';
import {
  beginsWithZero,
  fewestDearFailures,
  hasPassed,
  mostChance,
  mostChanceOfHarmless,
  type Trial,
  type Trials,
} from './trials';

/** Connections without a new key of the server's, for each that was seen, before it is taken to have no others. */
const connectionsForKey = 4;

export interface OwnPublicValue {
  readonly fault?: Fault;
  readonly chance: number;
  /** Why it is not known what the server does with such a value. */
  readonly doubt?: InconclusiveReason;
}

/**
 * Makes up to so many more connections until one shows a zero and is completed, or enough of them have failed. Stops where the
 * server has only a few keys for all of them. A connection that ended before the server showed its value says nothing of zeros,
 * however often that happens.
 *
 * @throws Doubt where the server takes no more connections
 */
export async function huntOwnPublicValue(
  trials: Trials,
  most: number,
  tell: (hunt: HuntReport) => void,
): Promise<OwnPublicValue> {
  const group = trials.seen.find(({ server }) => server !== undefined)?.server?.group;
  const tally = new OwnPublicTally();
  const passing = new Set(
    trials.seen.filter(({ result }) => result.outcome === 'passed').map(({ result }) => result.id),
  );
  // The failures of a case that never passes have their own explanation.
  for (const trial of trials.seen) if (passing.has(trial.result.id)) tally.add(trial);
  let [connections, failures] = [0, 0];
  while (connections < most && !tally.isCleared && !tally.isProved && !tally.hasAllKeys) {
    const { outcome } = await trials.hunt('server-public-zero');
    connections += 1;
    if (outcome !== 'passed') failures += 1;
    const trial = trials.seen.at(-1);
    if (trial !== undefined) tally.add(trial);
    tell({ connections, zeros: tally.zeros, failures });
  }
  if (tally.signsOtherForm) return { fault: 'signs-other-public', chance: 0 };
  if (tally.isCleared) return { chance: 0 };
  if (tally.isProved) return { fault: 'fails-on-own-public-zero', chance: tally.chance };
  if (tally.zeros > 0) return { doubt: 'own-public-zero-unconfirmed', chance: 0 };
  if (most === 0) return { chance: 0 };
  if (tally.hasAllKeys) return { doubt: 'own-key-reused', chance: 0 };
  const isWithheld = group !== undefined && tally.chanceOfNoZero(group) <= mostChanceOfHarmless;
  return { doubt: isWithheld ? 'own-public-zero-withheld' : 'own-public-zero-not-seen', chance: 0 };
}

/** Counts keys of the server, not connections: with the same key it does the same again. */
class OwnPublicTally {
  readonly #withZero = new Keys();
  readonly #others = new Keys();
  #sinceNewKey = 0;
  signsOtherForm = false;

  add({ result, server }: Trial): void {
    if (server?.signature === 'other-form') this.signsOtherForm = true;
    if (server === undefined || result.outcome === 'not-tested') return;
    const keys = beginsWithZero(server) ? this.#withZero : this.#others;
    this.#sinceNewKey = keys.add(server.serverPublic, result.outcome === 'passed') ? 0 : this.#sinceNewKey + 1;
  }

  get zeros(): number {
    return this.#withZero.count;
  }

  get hasAllKeys(): boolean {
    const keys = this.#withZero.count + this.#others.count;
    return keys > 0 && this.#sinceNewKey >= connectionsForKey * keys;
  }

  get isCleared(): boolean {
    return hasPassed(this.#withZero.passed, this.#withZero.count - this.#withZero.passed);
  }

  get isProved(): boolean {
    if (this.signsOtherForm) return true;
    return this.#withZero.passed === 0 && this.zeros >= fewestDearFailures && this.chance <= mostChance;
  }

  /** Of the failures with a zero, against the other keys. */
  get chance(): number {
    const failures = this.zeros + this.#others.count - this.#others.passed;
    return chanceThatAllFail(this.zeros, failures, this.zeros + this.#others.count);
  }

  /** That none of so many values of the server begins with a zero. */
  chanceOfNoZero(group: Group): number {
    return (1 - zeroByteRate(group)) ** this.#others.count;
  }
}

/** Public values of the server, and whether a handshake with each was completed. */
class Keys {
  readonly #hasPassed = new Map<bigint, boolean>();
  passed = 0;

  get count(): number {
    return this.#hasPassed.size;
  }

  /** Whether it is a new one. */
  add(value: bigint, hasPassed: boolean): boolean {
    const before = this.#hasPassed.get(value);
    if (hasPassed && before !== true) this.passed += 1;
    this.#hasPassed.set(value, hasPassed || before === true);
    return before === undefined;
  }
}
