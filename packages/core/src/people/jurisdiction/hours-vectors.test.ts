import { expect, it } from "vitest";
import { at, day, hour, told, zone } from "../../../testing/hours-scene.ts";
import type { CallFacts } from "./call-facts.ts";
import { ruleBook } from "./rule-book.ts";

// Calls that the law of a place allows or not, by the local time of the person.

it.each<[string, string, CallFacts, string]>([
  ["US", "2026-11-25T20:59", {}, "allow"],
  ["US", "2026-11-25T21:00", {}, `US.hours ${hour}`],
  ["US-FL", "2026-11-25T20:00", {}, `US-FL.hours ${hour}`],
  ["US-FL", "2026-11-25T19:59", {}, "allow"],
  ["US-CT", "2026-11-25T08:59", {}, `US-CT.hours ${hour}`],
  ["US-TX", "2026-11-29T11:59", {}, `US-TX.hours ${hour}`],
  ["US-TX", "2026-11-29T12:00", {}, "allow"],
  ["US-LA", "2026-11-29T12:00", {}, `US-LA.hours ${day}`],
  ["US-AL", "2026-11-26T12:00", {}, `US-AL.hours ${day}`],
  ["US-RI", "2026-11-25T18:00", {}, `US-RI.hours ${hour}`],
  ["CA", "2026-11-25T21:29", {}, "allow"],
  ["CA", "2026-11-28T18:00", {}, `CA.hours ${hour}`],
  ["FR", "2026-11-25T13:00", {}, `FR.hours ${hour}`],
  ["FR", "2026-11-25T14:00", {}, "allow"],
  ["FR", "2026-11-28T11:00", {}, `FR.hours ${day}`],
  ["FR", "2026-11-11T11:00", {}, `FR.hours ${day}`],
  ["ES", "2026-11-28T11:00", {}, `ES.hours ${day}`],
  ["IT", "2026-11-28T19:59", {}, "allow"],
  ["AU", "2026-11-25T19:30", { outcome: ["other"] }, "allow"],
  [
    "AU",
    "2026-11-25T19:30",
    { outcome: ["unsolicited_consumer_agreement"] },
    `AU.hours.acl ${hour}`,
  ],
  ["AU", "2026-11-29T12:00", {}, `AU.hours ${day}`],
  ["IN", "2026-11-25T09:59", { purpose: ["promotional"] }, `IN.hours ${hour}`],
  ["BR", "2026-11-25T19:00", { state: ["RJ"] }, `BR.hours.rj ${hour}`],
  ["RU", "2026-11-25T23:00", { purpose: ["promotional"] }, `policy.hours ${hour}`],
  ["RU", "2026-11-28T20:30", { purpose: ["debt_collection"] }, `RU.hours.debt ${hour}`],
])("in %s at %s of %j: %s", (place, reading, facts, expected) => {
  const there = { jurisdictions: [place], zones: [place === "IN" ? "Asia/Kolkata" : zone] };
  expect(told(at(reading, { ...there, facts }))).toBe(expected);
});

it("knows the hours of every place that has some", () => {
  const night = ruleBook.rules
    .filter(({ type }) => type === "calling_hours")
    .map(({ jurisdiction }) => {
      const zones = [jurisdiction === "IN" ? "Asia/Kolkata" : zone];
      return told(at("2026-11-25T03:00", { jurisdictions: [jurisdiction], zones }));
    });
  expect(night).not.toContain("allow");
});
