import { expect, it } from "vitest";
import { usNumbers } from "./us-numbers.ts";

it("makes exactly as many numbers as it is asked for, in order and in 335 area codes", () => {
  const exchanges = [...usNumbers({ count: 200_000, seed: 1 })];
  const numbers = exchanges.flatMap(({ areaCode, exchange, lines }) =>
    lines.map((line) => (areaCode * 1_000 + exchange) * 10_000 + line),
  );
  expect(numbers).toHaveLength(200_000);
  expect(new Set(exchanges.map(({ areaCode }) => areaCode)).size).toBe(335);
  expect(numbers.every((number, n) => n === 0 || number > (numbers[n - 1] ?? 0))).toBe(true);
});

const made = (seed: number) =>
  JSON.stringify([...usNumbers({ count: 1_000, seed, areaCodes: [818] })]);

it("makes the same numbers of the same seed, and others of another", () => {
  expect(made(1)).toBe(made(1));
  expect(made(2)).not.toBe(made(1));
});
