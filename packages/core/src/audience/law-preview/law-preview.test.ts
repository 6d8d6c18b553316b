import { expect, it } from "vitest";
import type { Reason } from "../../calling/screening/index.ts";
import {
  compareVerdictPair,
  countVerdictPairs,
  combinePhoneVerdicts,
  omitTimeReasons,
} from "./law-preview.ts";

const aReason = (reason: Reason["reason"], rule?: string): Reason => ({
  reason,
  ...(rule !== undefined && { rule }),
  message: { key: "refusal.zone-unknown" },
});
const sunday = aReason("day-not-allowed", "US-PA.hours");
const listed = aReason("registry-listed", "US.scrub");
const open: readonly Reason[] = [];

it("finds a difference only if one law allows and the other refuses", () => {
  expect(compareVerdictPair({ before: open, after: open })).toBeNull();
  expect(compareVerdictPair({ before: [sunday], after: [listed] })).toBeNull();
  expect(compareVerdictPair({ before: open, after: [sunday, sunday] })).toEqual({
    isRefused: true,
    reasons: [{ reason: "day-not-allowed", rule: "US-PA.hours" }],
  });
  expect(compareVerdictPair({ before: [aReason("opted-out")], after: open })).toEqual({
    isRefused: false,
    reasons: [{ reason: "opted-out", rule: null }],
  });
});

it("counts each call once for each reason and each law", () => {
  const counts = countVerdictPairs([
    { before: open, after: open },
    { before: open, after: [sunday, sunday] },
    { before: [listed], after: open },
    { before: [listed], after: [listed, sunday] },
  ]);
  expect(counts).toEqual({
    judged: 4,
    refusedBefore: 2,
    refusedAfter: 2,
    newlyRefused: 1,
    newlyAllowed: 1,
    reasons: [
      { reason: "registry-listed", before: 2, after: 1 },
      { reason: "day-not-allowed", before: 0, after: 2 },
    ],
  });
});

it("allows a call to a person if one of their phones may be called", () => {
  const joined = combinePhoneVerdicts([
    { before: open, after: [listed] },
    { before: [sunday], after: [sunday] },
  ]);
  expect(joined).toEqual({ before: [], after: [listed, sunday] });
});

it("leaves out reasons about the hour or day of the call", () => {
  expect(omitTimeReasons([sunday, listed, aReason("outside-calling-hours")])).toEqual([listed]);
});
