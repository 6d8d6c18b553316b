import { expect, it } from "vitest";
import { LimitApiKey, findKeyWarning, toExpiry, toLastDay } from "./api-key.ts";

it("ends a key at midnight UTC after its last day, leap day included", () => {
  expect(toExpiry("2028-02-28").toISOString()).toBe("2028-02-29T00:00:00.000Z");
  expect(toLastDay(toExpiry("2028-02-29"))).toBe("2028-02-29");
});

it.each([
  ["2026-12-30T23:59:59Z", null],
  ["2026-12-31T00:00:00Z", "week"],
  ["2027-01-22T23:59:59Z", "week"],
  ["2027-01-23T00:00:00Z", "today"],
  ["2027-01-29T23:59:59Z", "today"],
  ["2027-01-30T00:00:00Z", "now"],
  ["2027-02-28T23:59:59Z", "now"],
  ["2027-03-01T00:00:00Z", null],
] as const)("warns at %s about a key that expires on 30 January: %s", (now, warning) => {
  expect(findKeyWarning(new Date("2027-01-30T00:00:00Z"), new Date(now))).toBe(warning);
});

it.each([
  ["203.0.113.7", true],
  ["203.0.113.0/24", true],
  ["2001:db8::1", true],
  ["2001:db8::/48", true],
  ["203.0.113.0/33", false],
  ["203.0.113", false],
  ["fe80::1%eth0", false],
  ["bank.example", false],
  ["", false],
])("takes %s for an address or network: %s", (address, isOne) => {
  const input = {
    apiKeyId: "0195a000-0000-7000-8000-00000000000a",
    lastDay: null,
    allowedAddresses: [address],
  };
  expect(LimitApiKey.safeParse(input).success).toBe(isOne);
});

it.each([
  ["2026-12-31", true],
  ["2999-12-31", true],
  ["3000-01-01", false],
  ["9999-12-31", false],
  ["2027-02-29", false],
  ["", false],
])("takes %j for the last day of a key: %s", (lastDay, isDay) => {
  const input = {
    apiKeyId: "0195a000-0000-7000-8000-00000000000a",
    lastDay,
    allowedAddresses: [],
  };
  expect(LimitApiKey.safeParse(input).success).toBe(isDay);
});
