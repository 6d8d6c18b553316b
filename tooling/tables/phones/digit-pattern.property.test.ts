import fc from "fast-check";
import { expect, it } from "vitest";
import { type Nfa, addMarked } from "./digit-pattern.ts";
import { codePlans } from "./numbering-plans.ts";

const patterns = codePlans.flatMap(({ countries }) =>
  countries.flatMap(({ all, types }) => [all, ...types.map(({ pattern }) => pattern)]),
);

/** Digits that a pattern often matches, or just misses. */
const patternAndDigits = fc
  .constantFrom(...patterns)
  .chain((pattern) =>
    fc.tuple(
      fc.constant(pattern),
      fc.oneof(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), fc.stringMatching(/^\d{4,12}$/)),
      fc.option(fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 9 }))),
    ),
  )
  .map(([pattern, digits, change]) => {
    if (change === null) return { pattern, digits };
    const [at, digit] = change;
    return { pattern, digits: `${digits.slice(0, at)}${digit}${digits.slice(at + 1)}` };
  });

function isMatched(pattern: string, digits: string): boolean {
  const nfa: Nfa<"end"> = { states: [] };
  let reached = addMarked(nfa, [pattern], "end");
  for (const digit of digits) {
    reached = reached.flatMap((state) => {
      const { mask, to } = nfa.states[state] ?? { mask: 0, to: [] };
      return (mask >> Number(digit)) & 1 ? to : [];
    });
  }
  return reached.some((state) => nfa.states[state]?.mark === "end");
}

it("matches what the regular expression matches", () => {
  fc.assert(
    fc.property(patternAndDigits, ({ pattern, digits }) => {
      expect(isMatched(pattern, digits)).toBe(new RegExp(`^(?:${pattern})$`).test(digits));
    }),
    { numRuns: 2000 },
  );
});
