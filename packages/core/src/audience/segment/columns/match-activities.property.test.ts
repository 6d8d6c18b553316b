import fc from "fast-check";
import { expect, it } from "vitest";
import { nthGreatest } from "./match-activities.ts";

it("finds the value at a rank", () => {
  const numbers = fc.array(fc.integer({ min: -3, max: 40 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.nat(), (all, chosen) => {
      const place = chosen % all.length;
      const sorted = all.toSorted((a, b) => b - a);
      expect(nthGreatest(Float64Array.from(all), place)).toBe(sorted[place]);
    }),
  );
});
