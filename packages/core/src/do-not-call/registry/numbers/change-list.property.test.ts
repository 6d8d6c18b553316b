import fc from "fast-check";
import { expect, it } from "vitest";
import { addChange, createChangeList, computeNetChanges } from "./change-list.ts";
import { numbersIn } from "./number-set.ts";

const aChange = fc.record({
  digits: fc.integer({ min: 12_015_550_000, max: 12_015_550_009 }),
  atMs: fc.nat({ max: 5 }),
  isAddition: fc.boolean(),
});

it("applies the last change of a number: by time, then by line", () => {
  fc.assert(
    fc.property(fc.array(aChange, { maxLength: 100 }), (changes) => {
      const list = createChangeList();
      for (const { digits, atMs, isAddition } of changes) addChange(list, digits, atMs, isAddition);

      const last = new Map<number, boolean>();
      for (const { digits, isAddition } of changes.toSorted((a, b) => a.atMs - b.atMs)) {
        last.set(digits, isAddition);
      }
      const those = (are: boolean) =>
        [...last].flatMap(([digits, is]) => (is === are ? [digits] : [])).toSorted((a, b) => a - b);

      const { added, removed } = computeNetChanges(list);
      expect([...numbersIn(added)]).toEqual(those(true));
      expect([...numbersIn(removed)]).toEqual(those(false));
    }),
  );
});
