import { bundledRuleBook } from "../rule-book.ts";
import { expect, it } from "vitest";
import type { HoursInput } from "./hours-rules-in-force.ts";
import { findNextOpenings } from "./next-openings.ts";

/** A Saturday evening in Moscow, after the policy's hours. */
const shut: HoursInput = {
  law: bundledRuleBook,
  at: new Date("2026-11-28T17:30:00Z"),
  zones: ["Europe/Moscow"],
  jurisdictions: ["RU"],
  countries: ["RU"],
  facts: { purpose: ["promotional"] },
  policy: {
    windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA"], from: "09:00", to: "20:00" }],
    holidaysClosed: true,
  },
};
const openings = (spoilt: Partial<HoursInput>, until: string) =>
  [...findNextOpenings({ ...shut, ...spoilt }, new Date(until))].map((at) => at.toISOString());

it.each<[string, Partial<HoursInput>, string, string[]]>([
  ["after a Sunday", {}, "2026-12-01T05:59:59Z", ["2026-11-30T06:00:00.000Z"]],
  [
    "each morning, the last included",
    {},
    "2026-12-01T06:00:00Z",
    ["2026-11-30T06:00:00.000Z", "2026-12-01T06:00:00.000Z"],
  ],
  [
    "not at once while it is open",
    { at: new Date("2026-11-30T06:00:00Z") },
    "2026-12-01T23:00:00Z",
    ["2026-12-01T06:00:00.000Z"],
  ],
  [
    "after ten days of holidays",
    { at: new Date("2026-12-30T17:00:00Z") },
    "2027-01-09T23:00:00Z",
    ["2027-01-09T06:00:00.000Z"],
  ],
  [
    "when the last of the zones opens",
    { zones: ["Europe/Moscow", "Europe/Kaliningrad"] },
    "2026-12-01T00:00:00Z",
    ["2026-11-30T07:00:00.000Z"],
  ],
  [
    "never, where zones share no hour",
    { zones: ["Europe/Moscow", "Pacific/Honolulu"] },
    "2027-11-28T00:00:00Z",
    [],
  ],
  [
    "twice a day, and after a weekend",
    { jurisdictions: ["FR"], zones: ["Europe/Paris"], at: new Date("2026-11-27T11:30:00Z") },
    "2026-11-30T12:00:00Z",
    ["2026-11-27T13:00:00.000Z", "2026-11-30T09:00:00.000Z"],
  ],
])("opens %s", (_, spoilt, until, expected) => {
  expect(openings(spoilt, until)).toEqual(expected);
});

it.each([
  ["from a midnight that is skipped", "America/Havana", "03-08", "00:00-01:15", ["05:00"]],
  [
    "twice, where the hour is repeated",
    "America/Havana",
    "11-01",
    "00:30-00:45",
    ["04:30", "05:30"],
  ],
  [
    "again, as the clock goes back into it",
    "America/New_York",
    "11-01",
    "00:10-01:20",
    ["04:10", "06:00"],
  ],
  [
    "late, where it begins in a skipped hour",
    "America/New_York",
    "03-08",
    "02:30-03:15",
    ["07:00"],
  ],
  ["never, where all of it is skipped", "America/New_York", "03-08", "02:30-02:45", []],
])("opens %s: in %s on %s, %s", (_, zone, date, hours, expected) => {
  const [from = "", to = ""] = hours.split("-");
  const open = openings(
    {
      at: new Date(`2026-${date}T04:00:00Z`),
      zones: [zone],
      jurisdictions: [],
      policy: { windows: [{ days: ["SU"], from, to }], holidaysClosed: false },
    },
    `2026-${date}T23:00:00Z`,
  );
  expect(open).toEqual(expected.map((time) => `2026-${date}T${time}:00.000Z`));
});
