import { expect, it } from "vitest";
import { aDuty, aDutyConfirmation, someDutySettings } from "../../../testing/duties.ts";
import { type CallFacts, toDialerFacts } from "./call-facts.ts";
import {
  type DutyRule,
  describeDutySubject,
  hashDuty,
  findCallerDuties,
  findLastValidDay,
  findUnconfirmedDuties,
  isForAgent,
} from "./caller-duties.ts";
import { bundledRuleBook } from "./rule-book.ts";

const live = { ...toDialerFacts("live_agent", true), purpose: ["promotional"] };
const today = ["2026-11-30"];
const idsIn = (places: string[], dates = today, facts: CallFacts = live) =>
  findCallerDuties(bundledRuleBook, places, dates, facts).map(({ id }) => id);

const asksOfTheCaller = new Set(["registration", "call_labelling", "caller_id", "disclosure"]);

it("has a sentence in both languages for every rule of these types that is still in force", () => {
  const silent = bundledRuleBook.rules.filter(
    ({ type, effectiveTo, duty }) =>
      asksOfTheCaller.has(type) &&
      (effectiveTo === null || effectiveTo >= bundledRuleBook.asOf) &&
      duty === undefined,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
  const odd = bundledRuleBook.rules.filter(
    ({ duty }) =>
      duty && (/[а-яё_]/i.test(duty.en.replace(/[a-z]/gi, "")) || !/[а-яё]/i.test(duty.ru)),
  );
  expect(odd.map(({ id }) => id)).toEqual([]);
});

const federal = [
  "US.cli",
  "US.disclosure",
  "US.dnc.subscription",
  "US.dnc.policy",
  "US.records.caller",
];

it("finds the duties of a place and of those it lies in, by dialer, purpose and day", () => {
  expect(idsIn(["US-TX"])).toEqual(["US-TX.registration", ...federal]);
  expect(idsIn(["US-TX", "GB", "RU"])).toEqual([
    "US-TX.registration",
    ...federal,
    "GB.cli",
    "RU.label",
    "RU.mass.contract",
  ]);
  expect(idsIn(["US-TX"], ["2025-08-31"])).toEqual(federal);
  expect(idsIn(["DE"])).toEqual(["DE.cli", "EU.disclosure"]);
  expect(idsIn(["DE"], today, { ...live, purpose: ["survey"] })).toEqual([]);
  expect(idsIn(["MY"])).toEqual([]);
  const recorded = { ...toDialerFacts("prerecorded", true), purpose: ["promotional"] };
  expect(idsIn(["US-CA"])).toEqual(federal);
  expect(new Set(idsIn(["US-CA"], today, recorded))).toEqual(
    new Set(["US-CA.announcing.disclosure", "US.abandon", "US.recorded.disclosure", ...federal]),
  );
});

it("tells what an agent has to say from what the seller has to do", () => {
  const saidIn = (...places: string[]) =>
    findCallerDuties(bundledRuleBook, places, today, live)
      .filter(isForAgent)
      .map(({ id }) => id);
  expect(saidIn("US-NY")).toEqual(["US-NY.disclosure", "US.disclosure"]);
  expect(saidIn("US-TX")).toEqual(["US.disclosure"]);
  expect(saidIn("NL", "GB", "DE")).toEqual(["NL.cli", "EU.disclosure", "GB.cli"]);
});

it("counts an unknown fact as a match", () => {
  const whenUnknown = ["US-NV.announcing.disclosure", "US.abandon", "US.recorded.disclosure"];
  expect(new Set(idsIn(["US-NV"], today, {}))).toEqual(new Set([...federal, ...whenUnknown]));
  expect(idsIn(["US-NV"])).toEqual(federal);
});

it("changes the version if the requirement changes, but not for new wording", () => {
  const texas = aDuty("US-TX.registration");
  const version = (more: Partial<DutyRule>) => hashDuty({ ...texas, ...more } as DutyRule);
  expect(version({})).toBe(hashDuty(texas));
  expect(version({ reviewedOn: "2027-01-01", note: "Read again.", confidence: "A" })).toBe(
    hashDuty(texas),
  );
  expect(version({ duty: { ...texas.duty, en: "Register." } })).toBe(hashDuty(texas));
  for (const changed of [
    { value: { ...texas.value, fee_usd: 300 } },
    { when: { purpose: ["promotional" as const] } },
    { citation: "Tex. Bus. & Com. Code ch. 305" },
    { duty: { ...texas.duty, renew: "P1Y" } },
    { duty: { ...texas.duty, confirmed_for: "campaign" as const } },
  ]) {
    expect(version(changed as Partial<DutyRule>)).not.toBe(hashDuty(texas));
  }
});

it("asks again for what the caller says after a new script, and for its number after a new one", () => {
  const unconfirmed = (id: string, settings: object) =>
    findUnconfirmedDuties(
      [aDuty(id)],
      [aDutyConfirmation(id)],
      { ...someDutySettings, ...settings },
      today,
    ).length;
  const newScript = { offers: [{ id: "loan", version: 3 }] };
  const newNumber = { callerNumber: "+12025550100" };
  expect([unconfirmed("US-NY.disclosure", newScript), unconfirmed("GB.cli", newScript)]).toEqual([
    1, 0,
  ]);
  expect([unconfirmed("US-NY.disclosure", newNumber), unconfirmed("GB.cli", newNumber)]).toEqual([
    0, 1,
  ]);
  expect(unconfirmed("US-TX.registration", { ...newScript, ...newNumber })).toBe(0);
});

it("takes offers in any order for the same subject", () => {
  const [a, b] = [
    { id: "a", version: 1 },
    { id: "b", version: 4 },
  ];
  const subject = (offers: { id: string; version: number }[]) =>
    describeDutySubject(aDuty("US-NY.disclosure"), { ...someDutySettings, offers });
  expect(subject([a, b])).toBe(subject([b, a]));
});

it("counts a confirmation through its last day, in every zone of the call", () => {
  const until = [aDutyConfirmation("US-TX.registration", { validUntil: "2026-11-30" })];
  const open = (dates: string[]) =>
    findUnconfirmedDuties([aDuty("US-TX.registration")], until, someDutySettings, dates).length;
  expect(open(["2026-11-30"])).toBe(0);
  expect(open(["2026-11-30", "2026-12-01"])).toBe(1);
});

it("limits how long a confirmation lasts where the law requires renewal", () => {
  expect(findLastValidDay(aDuty("US-TX.registration"), "2026-11-30")).toBe("2027-02-28");
  expect(findLastValidDay(aDuty("US-NJ.registration"), "2026-11-30")).toBeNull();
});
