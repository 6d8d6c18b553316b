import fc from "fast-check";
import { expect, it } from "vitest";
import {
  addNumber,
  ensureBits,
  findBits,
  countChanges,
  compareSets,
  createNumberSet,
  numbersIn,
  toggleLines,
} from "../index.ts";

const aNumber = fc.integer({ min: 12_015_555_000, max: 12_015_565_000 });
const someNumbers = fc.array(aNumber, { maxLength: 40 });

const onlyIn = (these: readonly number[], those: readonly number[]) =>
  new Set(these.filter((number) => !those.includes(number))).size;

function toNumberSet(numbers: readonly number[]) {
  const set = createNumberSet();
  for (const number of numbers) addNumber(set, number);
  return set;
}

it("turns one set into the other", () => {
  fc.assert(
    fc.property(someNumbers, someNumbers, (before, after) => {
      const changes = [...compareSets(toNumberSet(before), toNumberSet(after))];
      const set = toNumberSet(before);
      for (const { block, lines } of changes) toggleLines(ensureBits(set, block), lines);
      expect([...numbersIn(set)]).toEqual([...numbersIn(toNumberSet(after))]);
    }),
  );
});

it("counts added and removed numbers, and returns their lines in order", () => {
  fc.assert(
    fc.property(someNumbers, someNumbers, (before, after) => {
      const [old, fresh] = [toNumberSet(before), toNumberSet(after)];
      const changes = [...compareSets(old, fresh)];
      const sum = (of: "added" | "removed") => changes.reduce((total, c) => total + c[of], 0);
      expect(sum("added")).toBe(onlyIn(after, before));
      expect(sum("removed")).toBe(onlyIn(before, after));

      for (const { block, lines, ...counts } of changes) {
        const [was, is] = [findBits(old, block), findBits(fresh, block)];
        expect(countChanges(was, is)).toEqual(counts);
        expect(counts.added + counts.removed).toBe(lines.length);
      }
      const numbers = changes.flatMap(({ block, lines }) => lines.map((l) => block * 10_000 + l));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }),
  );
});

it("finds no difference between equal sets", () => {
  fc.assert(
    fc.property(someNumbers, (numbers) => {
      expect([...compareSets(toNumberSet(numbers), toNumberSet(numbers.toReversed()))]).toEqual([]);
    }),
  );
});
