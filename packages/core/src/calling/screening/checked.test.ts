import { expect, it } from "vitest";
import {
  aGrant,
  aRegistry,
  clearFacts,
  toConsentId,
  daysAfter as day,
  ownList,
} from "../../../testing/facts.ts";
import { bundledRuleSetHash } from "../../people/jurisdiction/index.ts";
import { toChecked } from "./checked.ts";

it("lists the facts behind a verdict", () => {
  const texas = { ...clearFacts, jurisdictions: ["US-TX"], registries: [aRegistry(), ownList()] };
  expect(toChecked(texas)).toEqual({
    at: clearFacts.at,
    whatIf: false,
    jurisdictions: ["US-TX", "US"],
    zones: ["America/Chicago"],
    consent: { id: toConsentId(1), since: day(-30) },
    editions: [
      { registry: "US-FTC-DNC", edition: 1, ageDays: 1, limitDays: 31 },
      { registry: "partner", edition: 1, ageDays: 1, limitDays: 7 },
    ],
    rules: bundledRuleSetHash,
  });
});

const answer = (said: "yes" | "no", askedAt: Date, at: Date) => ({
  answer: said,
  consentDate: day(-30),
  askedAt,
  at,
});

it("names the last reassignment answer, and none that came later", () => {
  const reassigned = [
    answer("no", day(-3), day(-2)),
    answer("yes", day(-3), day(-2)),
    answer("no", day(-9), day(-8)),
    answer("no", day(-1), day(1)),
  ];
  expect(toChecked({ ...clearFacts, reassigned }).reassigned).toEqual({
    answer: "yes",
    consentDate: day(-30),
    askedAt: day(-3),
  });
  expect(toChecked(clearFacts)).not.toHaveProperty("reassigned");
});

it("names no consent that is not in force, and no edition that was unknown then", () => {
  const ahead = { number: 2, verifiedAt: day(1), listsPhone: false, listedSince: null };
  const spoilt = {
    ...clearFacts,
    consents: [aGrant({ validUntil: day(-1) })],
    registries: [aRegistry({ edition: ahead }), ownList({ edition: null })],
  };
  expect(toChecked(spoilt)).not.toHaveProperty("consent");
  expect(toChecked(spoilt)).toHaveProperty("editions", []);
});
