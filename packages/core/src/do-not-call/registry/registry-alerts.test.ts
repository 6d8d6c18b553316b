import { expect, it } from "vitest";
import { registryAlerts } from "./registry-alerts.ts";

const healthy = { ageDays: 3, limitDays: 31, failure: null, fault: null };
const kinds = (health: Partial<typeof healthy> | Parameters<typeof registryAlerts>[0]) => [
  ...registryAlerts({ ...healthy, ...health }).keys(),
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

it("tells why a reading failed and why an edition is held, beside its age", () => {
  const failure = { key: "source.nothing-uploaded" } as const;
  const fault = { key: "registry.held.empty" } as const;
  const alerts = registryAlerts({ ...healthy, ageDays: 40, failure, fault });
  expect([...alerts]).toEqual([
    ["failed", failure],
    ["held", fault],
    ["stale", { key: "registry.alert.stale", values: { age: 40, limit: 31 } }],
  ]);
});
