import { expect, it } from "vitest";
import { aGrant, clearFacts } from "../../../testing/facts.ts";
import { listWarnings, screened } from "../../../testing/verdicts.ts";
import type { Sector } from "../../account/seller/index.ts";
import type { Dialer } from "../../account/organization/index.ts";
import { enforcedTypes, bundledRuleBook } from "../../people/jurisdiction/index.ts";

/** The elements of consent that European law requires. */
const elements = ["controller_identity", "purpose", "data_types", "right_to_withdraw"];

const complete = aGrant({ elements });

const findBan = (jurisdiction: string, sector: Sector, consents = [complete]) =>
  screened({
    at: new Date("2026-09-01T10:00:00Z"),
    jurisdictions: [jurisdiction],
    seller: { ...clearFacts.seller, sector },
    consents,
  }).refusals.find(({ reason }) => reason === "sector-banned")?.rule;

it.each([
  ["FR", "energy_renovation", "FR.sector"],
  ["GB", "pensions", "GB.pensions"],
  ["ES", "electricity", "ES.electricity"],
  ["FR", "other", undefined],
  ["GB", "claims_management", undefined],
  ["IT", "gas", undefined],
] as const)("with consent, in %s, of %s: %s", (jurisdiction, sector, rule) => {
  expect(findBan(jurisdiction, sector)).toBe(rule);
});

it.each([
  ["GB", "claims_management", "GB.claims"],
  ["IT", "gas", "IT.energy"],
] as const)("without consent, in %s, of %s: %s", (jurisdiction, sector, rule) => {
  expect(findBan(jurisdiction, sector, [])).toBe(rule);
});

it.each([
  ["no elements, from older records", "GB", "claims_management", aGrant({ isImported: true })],
  ["all elements, but from older records", "IT", "gas", { ...complete, isImported: true }],
  [
    "without elements that the law of the place requires",
    "IT",
    "gas",
    aGrant({ elements: ["purpose"] }),
  ],
] as const)("is not lifted by an incomplete consent: %s", (_, jurisdiction, sector, grant) => {
  expect(findBan(jurisdiction, sector, [grant])).toBe(
    jurisdiction === "GB" ? "GB.claims" : "IT.energy",
  );
  expect(findBan(jurisdiction, sector, [grant, complete])).toBe(undefined);
});

it("bans all calls where an officer has declared an emergency", () => {
  const newYork = { jurisdictions: ["US-NY"], zones: ["America/New_York"] };
  const banned = (emergencies: string[]) =>
    screened({ ...newYork, emergencies }).refusals.map(({ rule }) => rule);
  expect(banned([])).toEqual([]);
  expect(banned(["US-FL"])).toEqual([]);
  expect(banned(["US-NY"])).toEqual(["US-NY.emergency"]);
  expect(banned(["US"])).toEqual(["US-NY.emergency"]);
});

const findBanRule = (jurisdiction: string, dialer: Dialer) =>
  screened({ jurisdictions: [jurisdiction], dialer }).refusals.find(
    ({ reason }) => reason === "dialer-not-allowed",
  )?.rule;

it.each([
  ["RU", "live_agent", undefined],
  ["RU", "predictive", "RU.autodial.ban"],
  ["RU", "prerecorded", "RU.autodial.ban"],
  ["RU", "ai_voice", "RU.autodial.ban"],
  ["US-MA", "prerecorded", "US-MA.prerecorded"],
  ["US-MA", "ai_voice", "US-MA.prerecorded"],
] as const)("in %s, %s: %s", (jurisdiction, dialer, rule) => {
  expect(findBanRule(jurisdiction, dialer)).toBe(rule);
});

const findDuties = (place: string) =>
  screened({ jurisdictions: [place] }).warnings.flatMap(({ reason, rule }) =>
    reason === "duty" ? rule : [],
  );

it("warns of a registration that the place requires, with its rule and citation", () => {
  expect(findDuties("US-NJ")).toEqual(["US-NJ.registration"]);
  expect(findDuties("US-TX")).toEqual(["US-TX.registration"]);
  expect(screened({ jurisdictions: ["US-TX"] }).warnings).toContainEqual(
    expect.objectContaining({ citation: "Tex. Bus. & Com. Code 302.101(a), 302.106, 302.107" }),
  );
  expect(findDuties("US")).toEqual([]);
});

it("does not warn before a rule takes effect", () => {
  const before = { ...clearFacts, at: new Date("2025-08-29T16:00:00Z"), consents: [] };
  expect(listWarnings({ ...before, jurisdictions: ["US-TX"] })).not.toContain("duty");
});

it("warns of every rule of effect `warn` that applies to all calls", () => {
  const silent = bundledRuleBook.rules
    .filter(({ effect, status, when }) => {
      return effect === "warn" && status === "in_force" && Object.keys(when).length === 0;
    })
    // Rules that a check judges warn only of a call against them: `rule-examples.test.ts` tries each.
    .filter(({ type }) => !enforcedTypes.has(type))
    .filter(({ id, jurisdiction }) => !findDuties(jurisdiction).includes(id));
  expect(silent).toEqual([]);
});
