import { expect, it } from "vitest";
import type { Reason } from "../../calling/screening/index.ts";
import {
  compareTwoVerdicts,
  countTwoVerdicts,
  joinVerdictsOfPhones,
  withoutTimeReasons,
} from "./law-preview.ts";

const aReason = (reason: Reason["reason"], rule?: string): Reason => ({
  reason,
  ...(rule !== undefined && { rule }),
  message: { key: "refusal.zone-unknown" },
});
const sunday = aReason("day-not-allowed", "US-PA.hours");
const listed = aReason("registry-listed", "US.scrub");
const open: readonly Reason[] = [];

it("finds a difference only if one law allows what the other refuses", () => {
  expect(compareTwoVerdicts({ before: open, after: open })).toBeNull();
  expect(compareTwoVerdicts({ before: [sunday], after: [listed] })).toBeNull();
  expect(compareTwoVerdicts({ before: open, after: [sunday, sunday] })).toEqual({
    isRefused: true,
    reasons: [{ reason: "day-not-allowed", rule: "US-PA.hours" }],
  });
  expect(compareTwoVerdicts({ before: [aReason("opted-out")], after: open })).toEqual({
    isRefused: false,
    reasons: [{ reason: "opted-out", rule: null }],
  });
});

it("counts each call once for each reason and each law", () => {
  const counts = countTwoVerdicts([
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
  const joined = joinVerdictsOfPhones([
    { before: open, after: [listed] },
    { before: [sunday], after: [sunday] },
  ]);
  expect(joined).toEqual({ before: [], after: [listed, sunday] });
});

it("leaves out reasons that end with another hour or day", () => {
  expect(withoutTimeReasons([sunday, listed, aReason("outside-calling-hours")])).toEqual([listed]);
});
