/** The one list of names that stands literally in a text of any kind. */

import { canBeSuiteName } from '../../cipher-suite/other-names';
import { isSameList } from '../../cipher-suite/suite-list';
import { InvalidInputError } from '../../errors';
import { repairPolicyText } from '../../policy/policy-text';
import { isList, unwrap, withoutComments } from '../recognise';

/**
 * The names of the list that stands literally in a text of other words: no word may stand between them.
 *
 * @throws InvalidInputError where there is none, where there are several that differ, or where `...` tells of more
 */
export function readLiteralNames(text: string, source: string): string[] {
  const plain = withoutComments(unwrap(text));
  requireWhole(plain, source);
  const lists: string[][] = [];
  let end = -1;
  for (const { 0: word, index } of plain.matchAll(/[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+/g)) {
    if (!/^(?:TLS|SSL)_/i.test(word) || !canBeSuiteName(word)) continue;
    if (end === -1 || /[\p{L}\p{N}]/u.test(plain.slice(end, index))) lists.push([]);
    lists.at(-1)?.push(word);
    end = index + word.length;
  }
  const [list] = lists;
  if (list === undefined) {
    const typeName = /System\.(?:String|Object)\[\]/.exec(plain);
    if (typeName !== null) throw new InvalidInputError(source, undefined, 'whole-list', { text: typeName[0] });
    throw new InvalidInputError(source, undefined, 'suite-list', 'none-of-them');
  }
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

/** PowerShell cuts long values and lists with dots, behind a name or a piece of the next one. */
export function requireWhole(text: string, source: string): void {
  const cut = /(?:TLS|SSL)_\w{0,64}[\s,;"'{}]{0,4}\w{0,64}\s{0,3}(?:\.\.\.|…)/i.exec(text);
  if (cut !== null) throw new InvalidInputError(source, undefined, 'whole-list', { text: cut[0] });
}

export function namesOfList(text: string): readonly string[] {
  return repairPolicyText(withoutComments(text)).list;
}
