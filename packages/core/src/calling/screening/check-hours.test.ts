import { expect, it } from "vitest";
import { clearFacts } from "../../../testing/facts.ts";
import { listReasons, screened } from "../../../testing/verdicts.ts";

const on = (first: string, last = first, jurisdiction = "US") => ({
  closedDays: [{ jurisdiction, first, last }],
});

it("refuses a call on a closed day of its place or of the country around it", () => {
  expect(listReasons(on("2026-03-02"))).toEqual(["day-not-allowed"]);
  expect(listReasons({ ...on("2026-03-02"), jurisdictions: ["US-MD"] })).toEqual([
    "day-not-allowed",
  ]);
  expect(listReasons(on("2026-03-02", "2026-03-02", "US-MD"))).toEqual([]);
  expect(listReasons(on("2026-03-01"))).toEqual([]);
  expect(listReasons(on("2026-03-03", "2026-03-09"))).toEqual([]);
});

it("uses the person's calendar in every zone where they may be", () => {
  const at = new Date("2026-03-02T23:30:00Z");
  const both = { at, zones: ["America/Chicago", "Asia/Tokyo"] };
  expect(listReasons({ ...both, ...on("2026-03-03") })).toContain("day-not-allowed");
  expect(listReasons({ at, ...on("2026-03-03") })).toEqual([]);
});

it("replaces the hours as the reason, and says when the closed days end", () => {
  const night = new Date("2026-03-02T05:00:00Z"); // a Sunday, 23:00 in Chicago
  const verdict = screened({ at: night, ...on("2026-03-01", "2026-03-03") });
  expect(verdict.refusals).toMatchObject([
    {
      reason: "day-not-allowed",
      rule: "policy.closed-day",
      until: new Date("2026-03-04T06:00:00Z"),
    },
  ]);
  expect(verdict.callableFrom).toEqual(new Date("2026-03-04T14:00:00Z"));
});

it("adds no reason if the zone is unknown", () => {
  expect(listReasons({ zones: [], ...on("2026-03-02") })).toEqual(["zone-unknown"]);
  expect(clearFacts.closedDays).toEqual([]);
});
