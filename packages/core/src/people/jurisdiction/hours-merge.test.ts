import { expect, it } from "vitest";
import { at, clear, day, hour, told } from "../../../testing/hours-scene.ts";
import type { HoursInput } from "./hours.ts";

it.each<[string, string, Partial<HoursInput>]>([
  ["the law's hours without the policy's", "2026-11-29T20:30", {}],
  ["a holiday where the law does not mind", "2026-11-26T12:00", {}],
  ["the law's early hour", "2026-11-25T08:00", { jurisdictions: ["BR"], facts: { state: ["RJ"] } }],
  [
    "a holiday at the weekend's hours",
    "2026-05-11T19:59",
    {
      jurisdictions: ["RU"],
      facts: { purpose: ["debt_collection"] },
    },
  ],
  [
    "a holiday of another country",
    "2026-05-11T12:00",
    { jurisdictions: ["DE"], countries: ["DE"] },
  ],
  [
    "a holiday that the policy does not keep",
    "2026-11-11T12:00",
    {
      jurisdictions: ["RU"],
      policy: { ...clear.policy, holidaysClosed: false },
    },
  ],
  [
    "the policy to the end of the day",
    "2026-11-25T23:59",
    {
      jurisdictions: [],
      policy: { windows: [{ days: ["WE"], from: "00:00", to: "24:00" }], holidaysClosed: true },
    },
  ],
  [
    "a rule of memory that an officer has set to warn",
    "2026-11-25T09:30",
    {
      jurisdictions: ["IN"],
      zones: ["Asia/Kolkata"],
      warnOnly: new Set(["IN.hours"]),
    },
  ],
])("allows %s", (_, reading, spoilt) => {
  expect(told(at(reading, spoilt))).toBe("allow");
});

it.each<[string, string, Partial<HoursInput>, string]>([
  [
    "a child is open, its parent shut",
    "2026-11-25T21:15",
    { jurisdictions: ["CA", "US"] },
    `US.hours ${hour}`,
  ],
  [
    "one of two places is shut",
    "2026-11-25T19:00",
    { jurisdictions: ["US-TX", "BR"], facts: { state: ["RJ"] } },
    `BR.hours.rj ${hour}`,
  ],
  [
    "one of two places has no law, and the policy is shut",
    "2026-11-29T13:00",
    { jurisdictions: ["US-TX", "DE"] },
    `policy.hours ${day}`,
  ],
  [
    "two places open, never at once",
    "2026-11-25T12:30",
    {
      jurisdictions: ["DE", "FR"],
      policy: { windows: [{ days: ["WE"], from: "20:00", to: "23:00" }], holidaysClosed: true },
    },
    `policy.hours ${day}`,
  ],
  [
    "the state has no hours, and its country is shut",
    "2026-11-25T21:00",
    { jurisdictions: ["US-CO"] },
    `US.hours ${hour}`,
  ],
  [
    "no place is known, and the policy is shut",
    "2026-11-25T20:00",
    { jurisdictions: [] },
    `policy.hours ${hour}`,
  ],
  [
    "a holiday of the person's country",
    "2026-12-31T12:00",
    { jurisdictions: ["RU"], countries: ["RU"] },
    `policy.hours ${day}`,
  ],
  [
    "a holiday of one of two countries",
    "2026-11-11T12:00",
    { jurisdictions: ["DE"], countries: ["DE", "FR"] },
    `policy.hours ${day}`,
  ],
  [
    "a calendar that nobody has",
    "2026-11-25T12:00",
    { jurisdictions: ["DE"], countries: ["XX"] },
    `policy.hours ${day}`,
  ],
  [
    "a year that the calendar lacks",
    "2033-01-03T12:00",
    { jurisdictions: ["US-AL"] },
    `US-AL.hours ${day}`,
  ],
  [
    "a holiday, although Sundays are open",
    "2026-11-26T14:00",
    { jurisdictions: ["US-PA"] },
    `US-PA.hours ${day}`,
  ],
  [
    "sources that differ about holidays",
    "2026-11-26T12:00",
    { jurisdictions: ["US-MS"] },
    `US-MS.hours ${day}`,
  ],
  [
    "a holiday after the weekend's hours",
    "2026-05-11T20:00",
    { jurisdictions: ["RU"], facts: { purpose: ["debt_collection"] } },
    `RU.hours.debt ${hour}`,
  ],
  [
    "consent lifts nothing until the law is read",
    "2026-11-25T20:00",
    { jurisdictions: ["FR"] },
    `FR.hours ${hour}`,
  ],
  [
    "the purpose is unknown: the law's hours",
    "2026-11-25T09:30",
    { jurisdictions: ["IN"], zones: ["Asia/Kolkata"], facts: {} },
    `IN.hours ${hour}`,
  ],
  [
    "the purpose is unknown: the policy's day",
    "2026-11-29T12:00",
    { jurisdictions: ["IN"], zones: ["Asia/Kolkata"], facts: {} },
    `policy.hours ${day}`,
  ],
  [
    "one of two states has no law",
    "2026-11-25T08:30",
    { jurisdictions: ["BR"], facts: { state: ["RJ", "SP"] } },
    `policy.hours ${hour}`,
  ],
  [
    "an officer eases what was read, not remembered",
    "2026-11-25T21:00",
    { warnOnly: new Set(["US-TX.hours", "US.hours"]) },
    `US-TX.hours ${hour}`,
  ],
  [
    "a rule that only warns leaves the policy",
    "2026-11-29T12:00",
    { jurisdictions: ["IN"], zones: ["Asia/Kolkata"], warnOnly: new Set(["IN.hours"]) },
    `policy.hours ${day}`,
  ],
  [
    "hours that end before they begin",
    "2026-11-25T23:00",
    {
      jurisdictions: [],
      policy: { windows: [{ days: ["WE"], from: "22:00", to: "06:00" }], holidaysClosed: true },
    },
    `policy.hours ${day}`,
  ],
])("refuses when %s", (_, reading, spoilt, expected) => {
  expect(told(at(reading, spoilt))).toBe(expected);
});
