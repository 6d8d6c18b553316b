import { expect, it } from "vitest";
import { findEarlyReading, rateFreshness, findRegistryAlerts } from "./freshness.ts";

it.each([
  [null, 31, "none"],
  [24.7, 31, "fresh"],
  [24.8, 31, "near"],
  [31, 31, "near"],
  [31.01, 31, "stale"],
  // A list of a day is read every day, and is near its limit every day.
  [0.99, 1, "fresh"],
  [1.01, 1, "stale"],
  // An answer of the very instant is asked for: no list is one.
  [0.001, 0, "stale"],
])("of an age of %s days of %s is %s", (ageDays, limitDays, freshness) => {
  expect(rateFreshness(ageDays, limitDays)).toBe(freshness);
});

const verifiedAt = new Date("2026-03-01T00:00:00Z");

it("reads a daily list again before its day is over, and no other", () => {
  expect(findEarlyReading(verifiedAt, 1)).toEqual(new Date("2026-03-01T19:12:00Z"));
  for (const days of [0, 2, 31]) expect(findEarlyReading(verifiedAt, days)).toBeNull();
  expect(findEarlyReading(null, 1)).toBeNull();
});

const healthy = { ageDays: 3, limitDays: 31, failure: null, fault: null };

const kinds = (health: Partial<typeof healthy> | Parameters<typeof findRegistryAlerts>[0]) => [
  ...findRegistryAlerts({ ...healthy, ...health }).keys(),
];

it.each([
  [null, []],
  [24.7, []],
  [24.8, ["near"]],
  [31, ["near"]],
  [31.01, ["stale"]],
])("of an age of %s days of 31 tells %j", (ageDays, expected) => {
  expect(kinds({ ...healthy, ageDays })).toEqual(expected);
});

it("says why a reading failed and why an edition is held, next to its age", () => {
  const failure = { key: "source.nothing-uploaded" } as const;
  const fault = { key: "registry.held.empty" } as const;
  const alerts = findRegistryAlerts({ ...healthy, ageDays: 40, failure, fault });
  expect([...alerts]).toEqual([
    ["failed", failure],
    ["held", fault],
    ["stale", { key: "registry.alert.stale", values: { age: 40, limit: 31 } }],
  ]);
});
