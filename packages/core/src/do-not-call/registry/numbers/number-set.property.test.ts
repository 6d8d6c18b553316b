import fc from "fast-check";
import { expect, it } from "vitest";
import {
  BLOCKS_PER_PIECE,
  BLOCK_SIZE,
  addNumber,
  countNumbers,
  createNumberSet,
  hasNumber,
  createNumberLookup,
  numbersIn,
  removeNumber,
} from "../index.ts";

/** Numbers that often share a block, and others of every length. */
const aNumber = fc.oneof(
  fc.integer({ min: 12_015_550_000, max: 12_015_570_000 }),
  fc.integer({ min: 10 ** 6, max: 10 ** 15 - 1 }),
);

function toNumberSet(numbers: readonly number[]) {
  const set = createNumberSet();
  for (const number of numbers) addNumber(set, number);
  return set;
}

it("contains what was added, each number once and in order", () => {
  fc.assert(
    fc.property(fc.array(aNumber), (numbers) => {
      const set = toNumberSet(numbers);
      const inOrder = [...new Set(numbers)].toSorted((a, b) => a - b);
      expect([...numbersIn(set)]).toEqual(inOrder);
      expect(countNumbers(set)).toBe(inOrder.length);
    }),
    { numRuns: 50 },
  );
});

it("removes what was taken out, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(aNumber), fc.array(aNumber), (numbers, gone) => {
      const set = toNumberSet(numbers);
      for (const number of gone) removeNumber(set, number);
      for (const number of [...numbers, ...gone]) {
        expect(hasNumber(set, number)).toBe(numbers.includes(number) && !gone.includes(number));
      }
      const asked = Float64Array.of(0, ...numbers, ...gone);
      const isListed = new Uint8Array(asked.length);
      createNumberLookup(set)(asked, isListed);
      expect([...isListed]).toEqual(
        Array.from(asked, (number) => (hasNumber(set, number) ? 1 : 0)),
      );
    }),
    { numRuns: 50 },
  );
});

it("finds the first and the last number of areas of any length", () => {
  const areaSize = 1_000 * BLOCK_SIZE;
  const areas = [1, 2, 3, 1_201, 4_095, 7_777, 9_999, 10_000, 10_001, 99_999_999];
  const edges = areas.flatMap((area) => [area * areaSize - 1, area * areaSize]);
  for (const listed of edges) {
    const isListed = new Uint8Array(edges.length);
    createNumberLookup(toNumberSet([listed]))(Float64Array.from(edges), isListed);
    expect([...isListed]).toEqual(edges.map((edge) => (edge === listed ? 1 : 0)));
  }
});

it("holds any number of blocks, in whatever order they come", () => {
  const digits = Array.from({ length: 3 * BLOCKS_PER_PIECE }, (_, n) => n * BLOCK_SIZE + n);
  const set = toNumberSet([
    ...digits.filter((n) => n % 2 === 0),
    ...digits.filter((n) => n % 2 === 1),
  ]);
  expect([...numbersIn(set)]).toEqual(digits);
  expect(set.pieces).toHaveLength(3);
});
