/** Operations on ordered suite lists, highest priority first. All keep the order and the spelling of what stays. */
import { foldName, isDheSuite } from './cipher-suite';
import { findMeantSuite } from './curve-suffix';
import { mentionsDhe } from './other-names';

export type SuiteList = readonly string[];

/** A suite and the index that it had in the list it was taken from. */
export interface PlacedSuite {
  readonly name: string;
  readonly position: number;
}

/** The DHE suites of a list with their places, one for each occurrence. */
export function placeDheSuites(list: SuiteList): PlacedSuite[] {
  return list.flatMap((name, position) => (isDheSuite(name) ? [{ name, position }] : []));
}

export function withoutDheSuites(list: SuiteList): string[] {
  return list.filter((name) => !isDheSuite(name));
}

/** The same names in the same order, letter for letter. */
export function isSameList(one: SuiteList, other: SuiteList): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}

/** The names that speak of DHE and are none that Schannel knows: whether Windows makes anything of them is not documented. */
export function doubtfulDheNames(list: SuiteList): string[] {
  return list.filter((name) => findMeantSuite(name) === undefined && mentionsDhe(name));
}

/** Every name once, where it stood first; spellings that differ in ASCII case alone are one name. */
export function withoutDuplicates(list: SuiteList): string[] {
  const seen = new Set<string>();
  return list.filter((name) => {
    const folded = foldName(name);
    return !seen.has(folded) && seen.add(folded);
  });
}

/** The names that stand more than once, each once. */
export function duplicatesOf(list: SuiteList): string[] {
  const counts = new Map<string, number>();
  return list.filter((name) => {
    const count = (counts.get(foldName(name)) ?? 0) + 1;
    counts.set(foldName(name), count);
    return count === 2;
  });
}

/** Whether taking some of `removable` out of `full` gives `part`: all others are there, in their order. */
export function isLeftOver(part: SuiteList, full: SuiteList, removable: SuiteList): boolean {
  const mayGo = new Set(removable);
  let next = 0;
  for (const name of full) {
    if (name === part[next]) next += 1;
    else if (!mayGo.has(name)) return false;
  }
  return next === part.length;
}
