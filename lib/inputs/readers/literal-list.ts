/** The one list of names that stands literally in a text of any kind. */

import { foldName } from '../../cipher-suite/cipher-suite';
import { canBeSuiteName } from '../../cipher-suite/other-names';
import { isSameList } from '../../cipher-suite/suite-list';
import { InvalidInputError } from '../../errors';
import { repairPolicyText } from '../../policy/policy-text';
import { isList, withoutComments } from '../recognise';

/**
 * The names in a text around which other words stand, in their order.
 *
 * @throws InvalidInputError where there is none, where one stands twice (two lists), or where `...` tells of more
 */
export function readLiteralNames(text: string, source: string): string[] {
  const plain = withoutComments(unwrap(text));
  requireWhole(plain, source);
  const words = plain.match(/[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+/g) ?? [];
  const names = words.filter((word) => /^(?:TLS|SSL)_/i.test(word) && canBeSuiteName(word));
  if (names.length === 0) throw new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
  const lists = splitRepeated(names);
  const [list = []] = lists;
  if (lists.some((other) => !isSameList(other, list))) {
    throw new InvalidInputError(source, undefined, 'one-list', { number: lists.length });
  }
  return list;
}

/** One of several texts that is a list; the same one again counts once. */
export function chooseList(candidates: readonly string[], source: string): string {
  const lists = [...new Set(candidates.map((one) => one.trim()).filter((one) => isList(one)))];
  const [text] = lists;
  if (text === undefined) throw new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
  if (lists.length > 1) throw new InvalidInputError(source, undefined, 'one-list', { number: lists.length });
  requireWhole(text, source);
  return text;
}

/** PowerShell cuts long values and lists with dots. */
export function requireWhole(text: string, source: string): void {
  const cut = /[\w,}]\s{0,3}(?:\.\.\.|…)/.exec(text);
  if (cut !== null) throw new InvalidInputError(source, undefined, 'whole-list', { text: cut[0] });
}

/**
 * Tables break a long value where the column ends, also inside a name; the next piece is indented far. Escaped line ends and
 * zeros stand between names.
 */
export function unwrap(text: string): string {
  return text.replace(/\r?\n {10,}(?=[A-Z0-9_,])/g, '').replace(/\\[0nrt]/g, ' ');
}

function splitRepeated(names: readonly string[]): string[][] {
  const lists: string[][] = [[]];
  let seen = new Set<string>();
  for (const name of names) {
    if (seen.has(foldName(name)) && foldName(name) === foldName(names[0] ?? '')) {
      lists.push([]);
      seen = new Set();
    }
    seen.add(foldName(name));
    lists.at(-1)?.push(name);
  }
  return lists;
}

export function namesOfList(text: string): readonly string[] {
  return repairPolicyText(withoutComments(text)).list;
}
