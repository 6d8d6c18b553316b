import fc from "fast-check";
import { expect, it } from "vitest";
import {
  LEAST_REACHED,
  type PersonResult,
  crossesLimit,
  responseOf,
  resultsOf,
} from "./results.ts";

const aPerson: fc.Arbitrary<PersonResult> = fc.record({
  responses: fc.array(
    fc.constantFrom("SALE", "NI", "DNC", "reached", "NA", null).map((code) => responseOf(code)),
    { minLength: 1, maxLength: 4 },
  ),
  phones: fc.integer({ min: 1, max: 4 }),
  hasOptedOut: fc.boolean(),
  hasComplained: fc.boolean(),
});

it("counts each person once, and who refused among the reached", () => {
  fc.assert(
    fc.property(fc.array(aPerson), (people) => {
      const { called, reached, against, ...parts } = resultsOf(people);
      expect(called).toBe(people.length);
      expect(reached.of).toBe(called);
      expect(against.of).toBe(reached.count);
      for (const part of [parts.refused, parts.optedOut, parts.complained]) {
        expect(part.count).toBeLessThanOrEqual(against.count);
        expect(part.of).toBe(reached.count);
      }
      expect(against.count).toBeLessThanOrEqual(
        parts.refused.count + parts.optedOut.count + parts.complained.count,
      );
    }),
  );
});

it("changes nothing by another call that came to nothing", () => {
  fc.assert(
    fc.property(fc.array(aPerson), (people) => {
      const again = people.map((person) => ({
        ...person,
        responses: [...person.responses, "none" as const],
      }));
      expect(resultsOf(again)).toEqual(resultsOf(people));
    }),
  );
});

const person = (code: string): PersonResult => ({
  responses: [responseOf(code)],
  phones: 1,
  hasOptedOut: false,
  hasComplained: false,
});
const crowd = (refused: number, others: number) =>
  resultsOf([
    ...Array.from({ length: refused }, () => person("NI")),
    ...Array.from({ length: others }, () => person("SALE")),
    person("NA"),
  ]);

it("crosses a limit when the interval lies above it, and enough were reached", () => {
  expect(crossesLimit(crowd(LEAST_REACHED - 1, 0), 0.1)).toBe(false);
  expect(crossesLimit(crowd(LEAST_REACHED, 0), 0.1)).toBe(true);
  // 6 of 30 are twice the limit, and may be chance: 0.096 to 0.373.
  expect(crossesLimit(crowd(6, 24), 0.1)).toBe(false);
  expect(crossesLimit(crowd(7, 23), 0.1)).toBe(true);
});

it.each([
  ["SALE", "accepted"],
  ["accepted", "accepted"],
  ["NI", "refused"],
  ["refused", "refused"],
  ["DNC", "opted-out"],
  ["opted_out", "opted-out"],
  ["reached", "reached"],
  ["CALLBK", "reached"],
  ["NA", "none"],
  ["no_answer", "none"],
  [null, "none"],
])("reads the code %s as %s", (code, response) => {
  expect(responseOf(code)).toBe(response);
});
