import fc from "fast-check";
import { expect, it } from "vitest";
import {
  addNumber,
  applyToBlock,
  findBits,
  createNumberSet,
  linesIn,
  type NumberSet,
} from "./index.ts";

const FIRST = 12_015_550_000;
const lines = fc.uniqueArray(fc.nat({ max: 9_999 }), { maxLength: 30 });

function toNumberSet(lines: readonly number[]): NumberSet {
  const set = createNumberSet();
  for (const line of lines) addNumber(set, FIRST + line);
  return set;
}
const rest = {
  areas: [],
  region: "US",
  changedUntil: null,
  isFromAnswers: false,
  publishedOn: null,
  lines: 0,
  unreadable: 0,
};
const toBits = (lines: readonly number[]) => findBits(toNumberSet(lines), FIRST / 10_000);

it("replaces a block with the full list, whatever was there", () => {
  fc.assert(
    fc.property(lines, lines, (before, listed) => {
      const full = {
        kind: "full" as const,
        added: toNumberSet(listed),
        removed: createNumberSet(),
        ...rest,
      };
      expect(applyToBlock(full, FIRST / 10_000, toBits(before))).toEqual(toBits(listed));
    }),
  );
});

it("adds and removes the listed changes, and keeps the rest", () => {
  const changes = fc.uniqueArray(fc.tuple(fc.nat({ max: 9_999 }), fc.boolean()), {
    selector: ([line]) => line,
    maxLength: 30,
  });
  fc.assert(
    fc.property(lines, changes, (before, changes) => {
      const those = (are: boolean) => changes.flatMap(([line, is]) => (is === are ? [line] : []));
      const [added, removed] = [those(true), those(false)];
      const sets = { added: toNumberSet(added), removed: toNumberSet(removed) };
      const after = applyToBlock(
        { kind: "change", ...sets, ...rest },
        FIRST / 10_000,
        toBits(before),
      );

      const expected = new Set([...before, ...added].filter((line) => !removed.includes(line)));
      expect([...linesIn(after ?? new Uint8Array(1_250))]).toEqual(
        [...expected].toSorted((a, b) => a - b),
      );
    }),
  );
});
