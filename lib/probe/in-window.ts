/** Work on more items than fit into memory, a few at a time. */

export interface WindowOptions {
  /** Items that are worked on at once. */
  readonly atOnce: number;
  /** Results in the order of the items; as they come where false. */
  readonly ordered: boolean;
}

/** Results that wait for an earlier one, for each item that is worked on. */
const waitingForEach = 8;

interface Slot<Result> {
  result?: { readonly value: Result };
}

/** Takes items as there is room for them, and gives their results. `work` throws nothing. */
export async function* inWindow<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  { atOnce, ordered }: WindowOptions,
): AsyncGenerator<Result> {
  const running = new Set<Promise<void>>();
  const slots: Slot<Result>[] = [];
  const iterator = iterate(items);
  let next: Promise<IteratorResult<Item, unknown>> | undefined;
  let isExhausted = false;
  const begin = (item: Item) => {
    const slot: Slot<Result> = {};
    slots.push(slot);
    const task = work(item).then((value) => {
      slot.result = { value };
      running.delete(task);
    });
    running.add(task);
  };
  try {
    while (!isExhausted || running.size > 0) {
      const hasRoom = !isExhausted && running.size < atOnce && slots.length < atOnce * waitingForEach;
      if (hasRoom) next ??= iterator.next();
      const arrived = await Promise.race([...running, ...(hasRoom && next !== undefined ? [next] : [])]);
      if (arrived !== undefined) {
        next = undefined;
        if (arrived.done === true) isExhausted = true;
        else begin(arrived.value);
      }
      for (let index = 0; index < slots.length; ) {
        const { result } = slots[index] ?? {};
        if (result === undefined) {
          if (ordered) break;
          index += 1;
          continue;
        }
        slots.splice(index, 1);
        yield result.value;
      }
    }
  } finally {
    // Whoever stops listening wants no more items. Not waited for: where the next one never comes, it never ends.
    if (!isExhausted) iterator.return(undefined).catch(() => {});
  }
}

export async function* iterate<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item, undefined> {
  yield* items;
}
