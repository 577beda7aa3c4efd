/** From faults to the verdict that names them, and how often they make a connection fail. */

import { zeroByteRate } from '../statistics/zero-byte-rate';
import type { Group } from './finite-field';
import type { Fault, Verdict } from './probe-report';
import type { Trials } from './trials';

type ZeroValue = 'shared-secret' | 'client-public' | 'server-public';

const faultyValues: Readonly<Record<Fault, { readonly value: ZeroValue; readonly zeros: 1 | 2 }>> = {
  'keeps-zeros': { value: 'shared-secret', zeros: 1 },
  'fails-on-zeros': { value: 'shared-secret', zeros: 1 },
  'keeps-zeros-without-extended-master-secret': { value: 'shared-secret', zeros: 1 },
  'fails-on-zeros-without-extended-master-secret': { value: 'shared-secret', zeros: 1 },
  'keeps-two-zeros': { value: 'shared-secret', zeros: 2 },
  'fails-on-two-zeros': { value: 'shared-secret', zeros: 2 },
  'refuses-stripped-zeros': { value: 'shared-secret', zeros: 1 },
  'refuses-stripped-zeros-without-extended-master-secret': { value: 'shared-secret', zeros: 1 },
  'refuses-stripped-two-zeros': { value: 'shared-secret', zeros: 2 },
  'strips-zeros': { value: 'shared-secret', zeros: 1 },
  'refuses-short-public': { value: 'client-public', zeros: 1 },
  'refuses-padded-public': { value: 'client-public', zeros: 1 },
  'fails-on-own-public-zero': { value: 'server-public', zeros: 1 },
  'signs-other-public': { value: 'server-public', zeros: 1 },
  'sends-short-public': { value: 'server-public', zeros: 1 },
};

export function accuse(trials: Trials, faults: readonly Fault[]): Verdict {
  const group = trials.seen.find(({ server }) => server !== undefined)?.server?.group;
  if (group === undefined) throw new TypeError('Expected a group where a fault was found.');
  return { id: 'affected', faults, ...rateOf(faults, group), chance: trials.chance };
}

/** Each of the three values begins with zeros by itself; two faults of one value fail together. */
export function rateOf(
  faults: readonly Fault[],
  group: Group,
): { readonly failureRate: number; readonly oneIn: number } {
  const fewest = new Map<ZeroValue, 1 | 2>();
  for (const fault of faults) {
    const { value, zeros } = faultyValues[fault];
    if (fewest.get(value) !== 1) fewest.set(value, zeros);
  }
  const passing = [...fewest.values()].reduce<number>((share, zeros) => share * (1 - zeroByteRate(group, zeros)), 1);
  const failureRate = 1 - passing;
  return { failureRate, oneIn: Math.round(1 / failureRate) };
}
