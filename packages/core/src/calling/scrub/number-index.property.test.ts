import fc from "fast-check";
import { expect, it } from "vitest";
import { findNumber, findNumbers, createNumberIndex, indexNumber } from "./number-index.ts";

const number = fc.oneof(
  fc.integer({ min: 12_015_550_000, max: 12_015_550_200 }),
  fc.integer({ min: 1, max: 999_999_999_999_999 }),
);

it("gives each number one index, in order of arrival", () => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 3_000 }), number, (numbers, other) => {
      const index = createNumberIndex(1);
      for (const one of numbers) indexNumber(index, one);
      const distinct = [...new Set(numbers)];
      expect(distinct.map((one) => findNumber(index, one))).toEqual([...distinct.keys()]);
      expect(findNumber(index, other)).toBe(distinct.indexOf(other));
      const places = new Int32Array(distinct.length + 1);
      findNumbers(index, Float64Array.of(...distinct, other), places);
      expect([...places]).toEqual([...distinct.keys(), distinct.indexOf(other)]);
    }),
    { numRuns: 30 },
  );
});
