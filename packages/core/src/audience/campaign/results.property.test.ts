import fc from "fast-check";
import { expect, it } from "vitest";
import {
  MIN_REACHED,
  type PersonResult,
  exceedsLimit,
  toCallResponse,
  summarizeResults,
} from "./results.ts";

const aPerson: fc.Arbitrary<PersonResult> = fc.record({
  responses: fc.array(
    fc.constantFrom("SALE", "NI", "DNC", "reached", "NA", null).map((code) => toCallResponse(code)),
    { minLength: 1, maxLength: 4 },
  ),
  phones: fc.integer({ min: 1, max: 4 }),
  hasOptedOut: fc.boolean(),
  hasComplained: fc.boolean(),
});

it("counts each person once, and refusals among the people reached", () => {
  fc.assert(
    fc.property(fc.array(aPerson), (people) => {
      const { called, reached, against, ...parts } = summarizeResults(people);
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

it("is not changed by another call without a result", () => {
  fc.assert(
    fc.property(fc.array(aPerson), (people) => {
      const again = people.map((person) => ({
        ...person,
        responses: [...person.responses, "none" as const],
      }));
      expect(summarizeResults(again)).toEqual(summarizeResults(people));
    }),
  );
});

const person = (code: string): PersonResult => ({
  responses: [toCallResponse(code)],
  phones: 1,
  hasOptedOut: false,
  hasComplained: false,
});
const crowd = (refused: number, others: number) =>
  summarizeResults([
    ...Array.from({ length: refused }, () => person("NI")),
    ...Array.from({ length: others }, () => person("SALE")),
    person("NA"),
  ]);

it("exceeds a limit when the interval lies above it and enough people were reached", () => {
  expect(exceedsLimit(crowd(MIN_REACHED - 1, 0), 0.1)).toBe(false);
  expect(exceedsLimit(crowd(MIN_REACHED, 0), 0.1)).toBe(true);
  // 6 of 30 are twice the limit, and may be chance: 0.096 to 0.373.
  expect(exceedsLimit(crowd(6, 24), 0.1)).toBe(false);
  expect(exceedsLimit(crowd(7, 23), 0.1)).toBe(true);
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
  expect(toCallResponse(code)).toBe(response);
});
