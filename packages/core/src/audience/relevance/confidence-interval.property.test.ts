import fc from "fast-check";
import { expect, it } from "vitest";
import { estimateShare } from "./confidence-interval.ts";

const aCount = fc
  .integer({ min: 1, max: 5_000 })
  .chain((of) => fc.record({ of: fc.constant(of), count: fc.integer({ min: 0, max: of }) }));

it("contains the share, and lies within 0 and 1", () => {
  fc.assert(
    fc.property(aCount, ({ count, of }) => {
      const { low, high } = estimateShare(count, of);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(count / of + 1e-9);
      expect(high).toBeGreaterThanOrEqual(count / of - 1e-9);
    }),
  );
});

it("is narrower with more observations, and mirrored for the complement", () => {
  fc.assert(
    fc.property(aCount, ({ count, of }) => {
      const [few, many, others] = [
        estimateShare(count, of),
        estimateShare(count * 10, of * 10),
        estimateShare(of - count, of),
      ];
      expect(many.high - many.low).toBeLessThan(few.high - few.low);
      expect(others.low).toBeCloseTo(1 - few.high, 9);
    }),
  );
});

it("matches published tables", () => {
  const { low, high } = estimateShare(10, 100);
  expect(low).toBeCloseTo(0.0552, 4);
  expect(high).toBeCloseTo(0.1744, 4);
  expect(estimateShare(0, 0)).toMatchObject({ low: 0, high: 1 });
});
