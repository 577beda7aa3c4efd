/** Edits of the local list as data: what leads from the list as it is to the list as it should be. Pure. */
import { isSameList, type PlacedSuite, type SuiteList } from '../cipher-suite/suite-list';

/** `position` is where an added suite is put ahead of what stands there. */
export type ListEdit = { readonly remove: string } | { readonly add: string; readonly position: number };

/**
 * The edits that lead from `current` to `target`, as far as the suites of `names` go; all others are left where they are.
 * The inverse of a change is the same question with the lists exchanged. Each occurrence is an edit of its own.
 */
export function planEdits(current: SuiteList, target: SuiteList, names: ReadonlySet<string>): ListEdit[] {
  const removals = current
    .filter((name) => names.has(name) && !target.includes(name))
    .map((name): ListEdit => ({ remove: name }));
  return [...removals, ...placeAdditions(editList(current, removals), target, names)];
}

/** Ahead of its place where the list is in order up to there, else behind the neighbour that it had. */
function placeAdditions(current: SuiteList, target: SuiteList, names: ReadonlySet<string>): ListEdit[] {
  const list = [...current];
  const additions: ListEdit[] = [];
  target.forEach((name, index) => {
    if (!names.has(name) || list.includes(name)) return;
    const inOrder = isSameList(list.slice(0, index), target.slice(0, index));
    const neighbour = target.slice(0, index).findLast((earlier) => list.includes(earlier));
    const position = inOrder ? index : neighbour === undefined ? 0 : list.lastIndexOf(neighbour) + 1;
    list.splice(position, 0, name);
    additions.push({ add: name, position });
  });
  return additions;
}

/** What the list is after the edits. */
export function editList(list: SuiteList, edits: readonly ListEdit[]): string[] {
  const edited = [...list];
  for (const edit of edits) {
    if ('add' in edit) edited.splice(edit.position, 0, edit.add);
    else if (edited.includes(edit.remove)) edited.splice(edited.indexOf(edit.remove), 1);
  }
  return edited;
}

/** `before` as it can be put back: CNG holds every name once, so a removed name comes back where it stood first. */
export function restorableList(before: SuiteList, removed: readonly PlacedSuite[]): string[] {
  const names = new Set(removed.map(({ name }) => name));
  return before.filter((name, index) => !names.has(name) || before.indexOf(name) === index);
}
