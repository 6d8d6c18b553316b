import { createRandom } from "../../bench/generators/random.ts";

/** Shuffles in an order that a seed decides (Fisher and Yates). */
export function shuffled<T>(all: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  const order = [...all];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a === undefined || b === undefined) continue;
    order[last] = b;
    order[other] = a;
  }
  return order;
}
