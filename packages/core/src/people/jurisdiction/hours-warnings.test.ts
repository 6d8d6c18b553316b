import { expect, it } from "vitest";
import { instantIn } from "../../platform/time/index.ts";
import type { HoursInput } from "./hours.ts";
import { hoursWarnings } from "./hours-warnings.ts";

const zone = "Europe/London";
/** A call at a local time in London, to Britain. */
const at = (reading: string, spoilt: Partial<HoursInput> = {}): HoursInput => ({
  at: instantIn(zone, reading) ?? new Date(Number.NaN),
  zones: [zone],
  jurisdictions: ["GB"],
  countries: ["GB"],
  facts: { purpose: ["promotional"] },
  policy: { windows: [], holidaysClosed: true },
  ...spoilt,
});

it("warns of a call against the code of an industry", () => {
  expect(hoursWarnings(at("2026-11-29T08:30"))).toEqual([
    {
      reason: "outside-calling-hours",
      zone,
      localDate: "2026-11-29",
      localTime: "08:30",
      rule: "GB.hours",
      citation: "DMA code / Ofcom practice",
    },
  ]);
});

it.each<[string, string, Partial<HoursInput>, string[]]>([
  ["within the code", "2026-11-29T09:00", {}, []],
  [
    "on a day that the code closes",
    "2026-11-29T12:00",
    { jurisdictions: ["NL"] },
    ["NL.hours day-not-allowed"],
  ],
  [
    "in one of two zones",
    "2026-11-25T20:30",
    { zones: [zone, "Europe/Madrid"] },
    ["GB.hours outside-calling-hours"],
  ],
  [
    "against the codes of two places",
    "2026-11-25T23:00",
    { jurisdictions: ["GB", "NL"] },
    ["GB.hours outside-calling-hours", "NL.hours outside-calling-hours"],
  ],
  [
    "against a law, which refuses and does not warn",
    "2026-11-29T12:00",
    { jurisdictions: ["FR"] },
    [],
  ],
  [
    "against a law of memory that is set to warn",
    "2026-11-25T02:00",
    { jurisdictions: ["IN"], warnOnly: new Set(["IN.hours"]) },
    ["IN.hours outside-calling-hours"],
  ],
  [
    "within one",
    "2026-11-25T05:00",
    { jurisdictions: ["IN"], warnOnly: new Set(["IN.hours"]) },
    [],
  ],
  [
    "that such a law is not about",
    "2026-11-25T02:00",
    { jurisdictions: ["IN"], facts: { purpose: ["service"] }, warnOnly: new Set(["IN.hours"]) },
    [],
  ],
])("warns of a call %s", (_, reading, spoilt, expected) => {
  const warned = hoursWarnings(at(reading, spoilt));
  expect(warned.map(({ rule, reason }) => `${rule} ${reason}`)).toEqual(expected);
});
