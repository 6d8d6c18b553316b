import { expect, it } from "vitest";
import { summarizeResults, measureThresholdEffect } from "./results.ts";
import { estimateDifference, estimateShare } from "../relevance/index.ts";

/** So many people were reached, of whom some refused. */
const group = (refused: number, reached: number) =>
  summarizeResults(
    Array.from({ length: reached }, (_, index) => ({
      phones: 1,
      responses: [index < refused ? ("refused" as const) : ("accepted" as const)],
      hasOptedOut: false,
      hasComplained: false,
    })),
  );

it.each([
  ["helps", group(30, 40), group(100, 400)],
  ["too-early", group(4, 5), group(100, 400)],
  ["too-early", group(30, 40), group(2, 19)],
  ["too-early", group(12, 40), group(100, 400)],
  ["misleads", group(4, 40), group(200, 400)],
  ["no-difference", group(1_000, 4_000), group(2_500, 10_000)],
  ["too-early", group(0, 0), group(0, 0)],
])("says %s", (effect, below, above) => {
  expect(measureThresholdEffect(below, above).effect).toBe(effect);
});

it("counts opt-outs and complaints as refusals", () => {
  const below = summarizeResults(
    Array.from({ length: 40 }, (_, index) => ({
      phones: 1,
      responses: ["reached" as const],
      hasOptedOut: index < 15,
      hasComplained: index >= 15 && index < 30,
    })),
  );
  expect(measureThresholdEffect(below, group(100, 400)).effect).toBe("helps");
});

it("computes the interval of a difference as in Newcombe 1998 (table II, method 10)", () => {
  const { low, high } = estimateDifference(estimateShare(56, 70), estimateShare(48, 80));
  expect(low).toBeCloseTo(0.0524, 4);
  expect(high).toBeCloseTo(0.3339, 4);
  const few = estimateDifference(estimateShare(9, 10), estimateShare(3, 10));
  expect(few.low).toBeCloseTo(0.1705, 4);
  expect(few.high).toBeCloseTo(0.809, 4);
});
