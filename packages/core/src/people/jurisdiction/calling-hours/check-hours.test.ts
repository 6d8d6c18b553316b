import { describe, expect, it } from "vitest";
import { at, clear, day, hour, told, zone } from "../../../../testing/hours-scene.ts";
import { checkCallingHours, findHoursWarnings } from "./check-hours.ts";
import { instantIn } from "../../../platform/time/index.ts";
import { type HoursInput, listHoursRules, warnsOutside } from "./hours-rules-in-force.ts";
import type { CallFacts } from "../call-facts.ts";
import { bundledRuleBook } from "../rule-book.ts";

const ramadan = "SA.hours.ramadan.2027";

/** Calls that may end in a contract, to which Australia has hours that only warn. */
const sale = { purpose: ["promotional"], outcome: ["unsolicited_consumer_agreement"] };

it("says whose clock showed what, and by which law", () => {
  expect(checkCallingHours(at("2026-11-25T21:00"))).toEqual({
    reason: hour,
    zone,
    localDate: "2026-11-25",
    localTime: "21:00",
    rule: "US-TX.hours",
    citation: "Tex. Bus. & Com. Code 301.051(b)(2)",
  });
  expect(checkCallingHours(at("2026-11-29T09:00", { jurisdictions: ["DE"] }))).not.toHaveProperty(
    "citation",
  );
});

it("requires every zone to be open, and reports a closed day before a closed hour", () => {
  const zones = ["America/Chicago", "America/New_York"];
  expect(told(at("2026-11-25T19:59", { zones }))).toBe("allow");
  expect(checkCallingHours(at("2026-11-25T20:00", { zones }))).toMatchObject({
    zone: "America/New_York",
    localTime: "21:00",
  });
  const far = { jurisdictions: ["US-LA"], zones: ["America/Chicago", "Pacific/Auckland"] };
  expect(checkCallingHours(at("2026-11-28T07:00", far))).toMatchObject({
    reason: day,
    zone: "Pacific/Auckland",
    localDate: "2026-11-29",
  });
});

it("judges hours that the law counts in one zone by that zone's clock", () => {
  const abroad = { jurisdictions: ["IN"], zones: ["Asia/Dubai"] };
  expect(told(at("2026-11-25T08:30", abroad))).toBe("allow");
  expect(checkCallingHours(at("2026-11-25T20:00", abroad))).toMatchObject({
    zone: "Asia/Kolkata",
    localTime: "21:30",
  });
});

it("applies a law from its day on, in each zone", () => {
  const oregon = { jurisdictions: ["US-OR"], zones: ["America/Los_Angeles"] };
  expect(told(at("2025-12-31T20:30", oregon))).toBe("allow");
  expect(told(at("2026-01-01T20:30", oregon))).toBe(`US-OR.hours ${hour}`);
});

describe("hours warnings", () => {
  const zone = "Europe/London";

  /** A call at a local time in London, to Britain. */
  const at = (reading: string, spoilt: Partial<HoursInput> = {}): HoursInput => ({
    law: clear.law,
    at: instantIn(zone, reading) ?? new Date(Number.NaN),
    zones: [zone],
    jurisdictions: ["GB"],
    countries: ["GB"],
    facts: { purpose: ["promotional"] },
    policy: { windows: [], holidaysClosed: true },
    ...spoilt,
  });

  it("warns of a call against the code of an industry", () => {
    expect(findHoursWarnings(at("2026-11-29T08:30"))).toEqual([
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
      "on a holiday that the code closes",
      "2026-04-03T12:00",
      { jurisdictions: ["NZ"] },
      ["NZ.hours day-not-allowed"],
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
      "against a law that only warns",
      "2026-11-25T19:30",
      { jurisdictions: ["AU"], facts: sale },
      ["AU.hours.acl outside-calling-hours"],
    ],
    ["within one", "2026-11-25T17:59", { jurisdictions: ["AU"], facts: sale }, []],
    [
      "that such a law is not about",
      "2026-11-25T19:30",
      { jurisdictions: ["AU"], facts: { ...sale, outcome: ["other"] } },
      [],
    ],
    [
      "against a law that is not from memory, though an officer set it to warn",
      "2027-02-15T08:00",
      { jurisdictions: ["SA"], warnOnly: new Set([ramadan]) },
      [],
    ],
  ])("warns of a call %s", (_, reading, spoilt, expected) => {
    const warned = findHoursWarnings(at(reading, spoilt));
    expect(warned.map(({ rule, reason }) => `${rule} ${reason}`)).toEqual(expected);
  });

  it("lets a law from memory warn once an officer set it to, and no other", () => {
    const law = listHoursRules(clear.law, "SA").find(({ rule }) => rule.id === ramadan);
    if (law === undefined) throw new Error(`No rule ${ramadan}`);
    const fromMemory = { ...law, rule: { ...law.rule, confidence: "C" as const } };
    expect(warnsOutside(fromMemory, new Set([ramadan]))).toBe(true);
    expect(warnsOutside(fromMemory, new Set())).toBe(false);
    expect(warnsOutside(law, new Set([ramadan]))).toBe(false);
  });
});

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
])("allows %s", (_, reading, spoilt) => {
  expect(told(at(reading, spoilt))).toBe("allow");
});

it.each<[string, string, Partial<HoursInput>, string]>([
  [
    "an officer set a law to warn that is not from memory",
    "2027-02-15T11:00",
    { jurisdictions: ["SA"], zones: ["Asia/Riyadh"], warnOnly: new Set([ramadan]) },
    `${ramadan} ${hour}`,
  ],
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
    `US-AL.hours.automated ${day}`,
  ],
  [
    "a holiday, although Sundays are open",
    "2025-11-27T14:00",
    { jurisdictions: ["US-PA"] },
    `US-PA.hours ${day}`,
  ],
  [
    "the law counts standard time, and the clocks show summer time",
    "2026-07-15T08:30",
    { jurisdictions: ["US-MS"] },
    `US-MS.hours.standard ${hour}`,
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
    { jurisdictions: ["NL"], zones: ["Europe/Amsterdam"] },
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
  ["US-AL", "2026-11-26T12:00", {}, `US-AL.hours.automated ${day}`],
  ["US-AL", "2026-11-26T12:00", { dialer: ["manual"] }, `US-AL.hours ${day}`],
  ["US-MS", "2026-11-26T12:00", {}, "allow"],
  ["US-RI", "2026-11-25T18:00", {}, `US-RI.hours ${hour}`],
  ["CA", "2026-11-25T21:29", {}, "allow"],
  ["CA", "2026-11-28T18:00", {}, `CA.hours ${hour}`],
  ["FR", "2026-11-25T13:00", {}, `FR.hours ${hour}`],
  ["FR", "2026-11-25T14:00", {}, "allow"],
  ["FR", "2026-11-28T11:00", {}, `FR.hours ${day}`],
  ["FR", "2026-11-11T11:00", {}, `FR.hours ${day}`],
  ["ES", "2026-11-28T11:00", {}, `ES.hours ${day}`],
  ["IT", "2026-11-27T19:59", {}, "allow"],
  ["IT", "2026-11-28T18:59", {}, "allow"],
  ["IT", "2026-11-28T19:59", {}, `IT.hours ${hour}`],
  ["IT", "2026-11-28T09:59", {}, `IT.hours ${hour}`],
  ["IT", "2026-12-07T18:59", {}, "allow"],
  ["IT", "2026-12-07T19:00", {}, `IT.hours.eves ${hour}`],
  ["AU", "2026-11-25T19:30", { outcome: ["other"] }, "allow"],
  ["AU", "2026-11-25T19:30", sale, "allow"],
  ["AU", "2026-11-29T12:00", {}, `AU.hours ${day}`],
  ["AU", "2026-11-29T12:00", { purpose: ["survey"] }, "allow"],
  ["AU", "2026-11-29T17:00", { purpose: ["survey"] }, `AU.hours.research ${hour}`],
  ["IN", "2026-11-25T09:59", { purpose: ["promotional"] }, `IN.hours ${hour}`],
  ["BR", "2026-11-25T19:00", { state: ["RJ"] }, `BR.hours.rj ${hour}`],
  ["RU", "2026-11-25T23:00", { purpose: ["promotional"] }, `policy.hours ${hour}`],
  ["RU", "2026-11-28T20:30", { purpose: ["debt_collection"] }, `RU.hours.debt ${hour}`],
])("in %s at %s of %j: %s", (place, reading, facts, expected) => {
  const there = { jurisdictions: [place], zones: [place === "IN" ? "Asia/Kolkata" : zone] };
  expect(told(at(reading, { ...there, facts }))).toBe(expected);
});

it("knows the hours of every place that has some", () => {
  const night = bundledRuleBook.rules
    .filter((rule) => rule.type === "calling_hours")
    .map(({ jurisdiction, value }) => {
      const basis = value.windows === null ? "called_party_location" : value.tz_basis;
      const zones = [basis === "called_party_location" ? zone : basis];
      return told(at("2026-11-25T03:00", { jurisdictions: [jurisdiction], zones }));
    });
  expect(night).not.toContain("allow");
});
