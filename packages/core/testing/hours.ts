import fc from "fast-check";
import type { CallFacts } from "../src/people/jurisdiction/call-facts.ts";
import type { HoursInput } from "../src/people/jurisdiction/calling-hours/hours-rules-in-force.ts";
import { bundledRuleBook } from "../src/people/jurisdiction/rule-book.ts";
import type { HoursPolicy } from "../src/people/jurisdiction/jurisdiction.ts";
import { Weekday } from "@ringfence/core/platform/time";

/** Places whose hours differ in every way that the rules know: holidays, states, facts, a zone of their own. */
export const aPlace = fc.constantFrom(
  ..."RU US US-TX US-AL US-RI US-CO CA GB DE FR ES NL AU IN BR SG".split(" "),
);

/** Some change their clocks, at 2:00, at 3:00 or at midnight; some never do. */
export const aZone = fc.constantFrom(
  "America/New_York",
  "America/Havana",
  "America/Chicago",
  "Europe/Berlin",
  "Europe/Moscow",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
);

const minute = fc.nat({ max: 24 * 60 - 1 });
const formatTime = (minute: number) =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");

const aWindow = fc.record({
  days: fc.subarray([...Weekday.options], { minLength: 4 }),
  from: minute.map((minute) => formatTime(Math.floor(minute / 2))),
  to: fc.oneof(minute.map(formatTime), fc.constant("24:00")),
});
export const aPolicy: fc.Arbitrary<HoursPolicy> = fc.record({
  windows: fc.array(aWindow, { maxLength: 2 }),
  holidaysClosed: fc.boolean(),
});

const oneOf = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
/** Facts that rules about hours depend on. Any of them may be missing. */
export const someFacts: fc.Arbitrary<CallFacts> = fc.record(
  {
    purpose: oneOf("promotional", "debt_collection", "service"),
    outcome: oneOf("unsolicited_consumer_agreement", "other"),
    state: oneOf("RJ", "CE", "SP"),
  },
  { requiredKeys: [] },
);

/** Weeks in which clocks change, holidays fall, and laws begin; and any other. */
const aWeek = fc.constantFrom(
  "2026-03-07",
  "2026-03-28",
  "2026-10-24",
  "2026-10-31",
  "2026-11-24",
  "2026-12-30",
  "2023-02-27",
  "2025-12-31",
);
export const anInstant = fc
  .tuple(aWeek, fc.nat({ max: 7 * 24 * 60 }))
  .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00Z`) + minutes * 60_000));

export const anHoursInput: fc.Arbitrary<HoursInput> = fc.record({
  law: fc.constant(bundledRuleBook),
  at: anInstant,
  zones: fc.uniqueArray(aZone, { minLength: 1, maxLength: 2 }),
  jurisdictions: fc.uniqueArray(aPlace, { minLength: 1, maxLength: 2 }),
  countries: fc.subarray(["RU", "DE", "US", "GB"], { maxLength: 1 }),
  facts: someFacts,
  policy: aPolicy,
});
