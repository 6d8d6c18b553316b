import { setImmediate as nextTurn } from "node:timers/promises";

/** Items that are mapped before other work gets a turn. */
const SLICE = 100;

/**
 * Maps many items in their order, and lets other work run in between, so that a request about a single item waits only
 * briefly. `map` is synchronous.
 */
export async function mapInTurns<T, R>(
  items: readonly T[],
  map: (item: T, index: number) => R,
): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    results.push(map(item, index));
  }
  return results;
}
