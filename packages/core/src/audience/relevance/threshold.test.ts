import { expect, it } from "vitest";
import {
  CONTROL_GROUP_PERCENT,
  isInControlGroup,
  measureTradeOff,
  measureTradeOffs,
} from "./threshold.ts";

it("computes what a threshold would have held back", () => {
  const predictions = [
    { chance: 0.01, result: "refused" as const, isAccepted: false },
    { chance: 0.02, result: "opted_out" as const, isAccepted: false },
    { chance: 0.02, result: "accepted" as const, isAccepted: true },
    { chance: 0.09, result: "refused" as const, isAccepted: false },
    { chance: 0.2, result: "accepted" as const, isAccepted: true },
  ];
  expect(measureTradeOff(predictions, 0.09)).toEqual({
    threshold: 0.09,
    calls: 0.6,
    of: { accepted: 0.5, refused: 0.5, opted_out: 1, complained: 0 },
  });
  const thresholds = measureTradeOffs(predictions).map(({ threshold }) => threshold);
  expect(thresholds).toEqual([0.01, 0.02, 0.09, 0.2]);
});

it("holds out its share of hashes", () => {
  expect(isInControlGroup(Uint8Array.of(0, 0, 0, 0))).toBe(true);
  expect(isInControlGroup(Uint8Array.of(255, 0, 0, 0))).toBe(false);
  const heldOut = [...Array(256).keys()].filter((first) =>
    isInControlGroup(Uint8Array.of(first, 0, 0, 0)),
  );
  expect(heldOut.length / 256).toBeCloseTo(CONTROL_GROUP_PERCENT / 100, 2);
});
