import { expect, it } from "vitest";
import { aGrant, clearFacts } from "../../testing/facts.ts";
import { screened } from "../../testing/verdicts.ts";
import type { Sector } from "../seller/index.ts";

/** What European law asks of a consent, and a grant that holds it all. */
const elements = ["controller_identity", "purpose", "data_types", "right_to_withdraw"];
const whole = aGrant({ elements });

const banOf = (jurisdiction: string, sector: Sector, consents = [whole]) =>
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
  expect(banOf(jurisdiction, sector)).toBe(rule);
});

it.each([
  ["GB", "claims_management", "GB.claims"],
  ["IT", "gas", "IT.energy"],
] as const)("without consent, in %s, of %s: %s", (jurisdiction, sector, rule) => {
  expect(banOf(jurisdiction, sector, [])).toBe(rule);
});

it.each([
  ["bare and from older records", "GB", "claims_management", aGrant({ isImported: true })],
  ["from older records, whatever the law asks beside", "IT", "gas", { ...whole, isImported: true }],
  ["without what the law of the place asks", "IT", "gas", aGrant({ elements: ["purpose"] })],
] as const)(
  "is lifted by no consent that lacks something: %s",
  (_, jurisdiction, sector, grant) => {
    expect(banOf(jurisdiction, sector, [grant])).toBe(
      jurisdiction === "GB" ? "GB.claims" : "IT.energy",
    );
    expect(banOf(jurisdiction, sector, [grant, whole])).toBe(undefined);
  },
);

it("bans all calls where an officer has declared an emergency", () => {
  const newYork = { jurisdictions: ["US-NY"], zones: ["America/New_York"] };
  const banned = (emergencies: string[]) =>
    screened({ ...newYork, emergencies }).refusals.map(({ rule }) => rule);
  expect(banned([])).toEqual([]);
  expect(banned(["US-FL"])).toEqual([]);
  expect(banned(["US-NY"])).toEqual(["US-NY.emergency"]);
  expect(banned(["US"])).toEqual(["US-NY.emergency"]);
});
