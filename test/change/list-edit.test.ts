/** Edits of a list as data: what they are, what they lead to, and that the inverse leads back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editList, planEdits, restorableList } from '../../lib/change/list-edit';
import { placeDheSuites, withoutDheSuites } from '../../lib/cipher-suite/suite-list';
import { anyList } from '../support/suites';

const names = new Set(['D1', 'D2', 'D3']);

describe('the edits from one list to another', () => {
  it.each([
    ['nothing', ['A', 'D1'], ['A', 'D1'], []],
    ['a removal', ['A', 'D1', 'B'], ['A', 'B'], [{ remove: 'D1' }]],
    ['each occurrence', ['D1', 'A', 'D1'], ['A'], [{ remove: 'D1' }, { remove: 'D1' }]],
    ['a return to its place', ['A', 'B'], ['A', 'D1', 'B'], [{ add: 'D1', position: 1 }]],
    ['a return to the end', ['A', 'B'], ['A', 'B', 'D1'], [{ add: 'D1', position: 2 }]],
    [
      'a return of neighbours',
      ['A'],
      ['D1', 'D2', 'A', 'D3'],
      [
        { add: 'D1', position: 0 },
        { add: 'D2', position: 1 },
        { add: 'D3', position: 3 },
      ],
    ],
    [
      'behind the neighbour that it had, in a list that drifted',
      ['B', 'X', 'A'],
      ['A', 'D1', 'B'],
      [{ add: 'D1', position: 3 }],
    ],
    [
      'behind the nearest neighbour that is there',
      ['X', 'A', 'Y'],
      ['A', 'GONE', 'D1', 'B'],
      [{ add: 'D1', position: 2 }],
    ],
    [
      'behind the last of a neighbour that is there twice',
      ['X', 'A', 'Y', 'A'],
      ['A', 'D1'],
      [{ add: 'D1', position: 4 }],
    ],
    ['a return between what is there twice', ['A', 'B', 'A'], ['A', 'D1', 'B', 'A'], [{ add: 'D1', position: 1 }]],
    ['to the front, where no neighbour is left', ['X', 'Y'], ['GONE', 'D1'], [{ add: 'D1', position: 0 }]],
    ['only the suites that are named', ['A', 'X'], ['B', 'A'], []],
    ['one that went and one that came', ['D1', 'A'], ['A', 'D2'], [{ remove: 'D1' }, { add: 'D2', position: 1 }]],
    ['no second one', ['A'], ['D1', 'A', 'D1'], [{ add: 'D1', position: 0 }]],
  ])('are %s', (_, current, target, edits) => {
    expect(planEdits(current, target, names)).toEqual(edits);
  });

  it('lead to it, and the inverse leads back, for every list', () => {
    fc.assert(
      fc.property(anyList, (before) => {
        const after = withoutDheSuites(before);
        const removed = new Set(placeDheSuites(before).map(({ name }) => name));
        expect(editList(before, planEdits(before, after, removed))).toEqual(after);
        expect(editList(after, planEdits(after, before, removed))).toEqual(before);
      }),
    );
  });

  it('say nothing to a list that does not hold what they remove, and change no list that was given', () => {
    const list = ['A', 'B'];
    expect(editList(list, [{ remove: 'X' }, { remove: 'A' }, { add: 'C', position: 0 }])).toEqual(['C', 'B']);
    expect(list).toEqual(['A', 'B']);
  });
});

it('a removed name comes back once, where it stood first; others stay as often as they were', () => {
  expect(restorableList(['A', 'D1', 'A', 'D1', 'B'], [{ name: 'D1', position: 1 }])).toEqual(['A', 'D1', 'A', 'B']);
});
