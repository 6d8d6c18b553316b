import { expect, it } from "vitest";
import { clearFacts } from "../../../testing/facts.ts";
import { bundledRuleBook, findWhereabouts } from "../../people/jurisdiction/index.ts";
import { Phone, lookUpPlan, toDigits } from "../../people/phone/index.ts";
import { whereaboutsSignature } from "./signature.ts";
import { listReasons, screened } from "../../../testing/verdicts.ts";

const on = (first: string, last = first, jurisdiction = "US") => ({
  closedDays: [{ jurisdiction, region: null, first, last }],
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

/** A call on a Monday that an officer closed for one region, to a number whose people have these addresses. */
function callOnClosedDay(region: string, phone: string, ...addresses: (string | null)[]) {
  const plan = lookUpPlan(toDigits(Phone.parse(phone)));
  const homes = addresses.map((address) => ({ zone: null, region: address }));
  const day = "2026-03-02";
  return {
    ...findWhereabouts(bundledRuleBook, plan, homes),
    closedDays: [{ jurisdiction: region.slice(0, 2), region, first: day, last: day }],
  };
}

const spanish = "+34910000001";
const rio = "+5521998765432";

it.each([
  ["the region itself", "ES-CT", spanish, ["ES-CT"]],
  ["a province in the region", "ES-CT", spanish, ["ES-B"]],
  ["the region around a closed province", "ES-B", spanish, ["ES-CT"]],
  ["an unknown region", "ES-B", spanish, [null]],
  ["an address that names the country alone", "ES-B", spanish, ["ES"]],
  ["no contact", "ES-B", spanish, []],
  ["one of two people there", "ES-B", spanish, ["ES-M", "ES-B"]],
  ["one of two people in an unknown region", "ES-B", spanish, ["ES-M", null]],
  ["an address abroad", "ES-B", spanish, ["FR-75C"]],
  ["the region of the number, and another address", "BR-RJ", rio, ["BR-SP"]],
  ["the region of the address, and another number", "BR-SP", rio, ["BR-SP"]],
  ["an address there of a number from abroad", "ES-B", rio, ["ES-B"]],
])("closes a region's day for %s", (_, region, phone, addresses) => {
  const rules = screened(callOnClosedDay(region, phone, ...addresses)).refusals.map(
    ({ rule }) => rule,
  );
  expect(rules).toContain("policy.closed-day");
});

it.each([
  ["another region", "ES-CT", spanish, ["ES-M"]],
  ["another province of the region", "ES-B", spanish, ["ES-T"]],
  ["two people in other regions", "ES-B", spanish, ["ES-M", "ES-SE"]],
  ["the region of another number", "BR-SP", rio, []],
  ["a region of another country with the same letters", "ES-CT", "+390612345678", ["IT-CT"]],
])("keeps a region's day open for %s", (_, region, phone, addresses) => {
  const rules = screened(callOnClosedDay(region, phone, ...addresses)).refusals.map(
    ({ rule }) => rule,
  );
  expect(rules).not.toContain("policy.closed-day");
});

it("tells apart numbers inside and outside of a closed region, where no law does", () => {
  const sign = (address: string) =>
    whereaboutsSignature({ ...clearFacts, ...callOnClosedDay("DE-BY", "+4930901820", address) });
  expect(sign("DE-BY")).not.toBe(sign("DE-BE"));
  expect(sign("DE-BE")).toBe(sign("DE-HH"));
});
