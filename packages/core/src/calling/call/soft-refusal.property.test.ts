import fc from "fast-check";
import { expect, it } from "vitest";
import { daysAfter, monday } from "../../../testing/facts.ts";
import { type EndedCall, findSoftRefusal, findSoftSign } from "./soft-refusal.ts";

const hungUp = (daysAgo: number): EndedCall => ({
  at: daysAfter(-daysAgo),
  outcome: "reached",
  seconds: 2,
});
const rejected = (daysAgo: number): EndedCall => ({
  ...hungUp(daysAgo),
  outcome: "603",
  seconds: 0,
});
const talked = (daysAgo: number): EndedCall => ({ ...hungUp(daysAgo), seconds: 90 });

it("suggests a refusal after three signs in thirty days, and names them", () => {
  expect(findSoftRefusal([hungUp(1), rejected(2)], monday)).toBeNull();
  expect(findSoftRefusal([hungUp(1), rejected(2), hungUp(31)], monday)).toBeNull();
  expect(findSoftRefusal([hungUp(1), rejected(2), hungUp(29)], monday)).toMatchObject({
    values: { hungUp: 2, rejected: 1, days: 30 },
  });
});

it("suggests nothing if the person has talked since", () => {
  expect(findSoftRefusal([hungUp(3), hungUp(4), hungUp(5), talked(2)], monday)).toBeNull();
  expect(findSoftRefusal([hungUp(3), hungUp(4), hungUp(5), talked(6)], monday)).not.toBeNull();
});

it("does not count hang-ups without an answer", () => {
  expect(findSoftSign({ outcome: "no_answer", seconds: 0 })).toBeNull();
  expect(findSoftSign({ outcome: "reached", seconds: null })).toBeNull();
  expect(findSoftSign({ outcome: "reached", seconds: 6 })).toBeNull();
});

const aCall: fc.Arbitrary<EndedCall> = fc
  .tuple(fc.nat(40), fc.constantFrom(hungUp, rejected, talked))
  .map(([days, made]) => made(days));

it("needs the same number of signs in any order, and at least three", () => {
  fc.assert(
    fc.property(fc.array(aCall, { maxLength: 8 }), (calls) => {
      const found = findSoftRefusal(calls, monday);
      expect(findSoftRefusal(calls.toReversed(), monday)).toEqual(found);
      const signs = calls.filter((call) => findSoftSign(call) !== null).length;
      expect(found !== null && signs < 3).toBe(false);
    }),
  );
});
