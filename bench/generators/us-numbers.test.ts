import { expect, it } from "vitest";
import { type UsExchange, usNumbers } from "./us-numbers.ts";

it("makes exactly the requested count of numbers, in order and in 335 area codes", () => {
  const exchanges = [...usNumbers({ count: 200_000, seed: 1 })];
  expect(new Set(exchanges.map(({ areaCode }) => areaCode)).size).toBe(335);
  expect(countInOrder(exchanges)).toBe(200_000);
});

it("makes lists of which most are full", () => {
  const count = 5_000_000;
  expect(countInOrder(usNumbers({ count, seed: 1, areaCodes: [818] }))).toBe(count);
});

/** Counts the numbers that are greater than the one before and within their exchange. */
function countInOrder(exchanges: Iterable<UsExchange>): number {
  let [count, last] = [0, 0];
  for (const { areaCode, exchange, lines } of exchanges) {
    for (const line of lines) {
      const number = (areaCode * 1_000 + exchange) * 10_000 + line;
      if (number > last && line < 10_000) count++;
      last = number;
    }
  }
  return count;
}

const listNumbers = (seed: number) =>
  JSON.stringify([...usNumbers({ count: 1_000, seed, areaCodes: [818] })]);

it("makes the same numbers from the same seed, and others from another", () => {
  expect(listNumbers(1)).toBe(listNumbers(1));
  expect(listNumbers(2)).not.toBe(listNumbers(1));
});
