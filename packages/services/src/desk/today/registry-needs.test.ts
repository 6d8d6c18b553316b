import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { assessCoverage } from "@ringfence/core/do-not-call/registry";
import { expect, it } from "vitest";
import { toMissingNeeds } from "./registry-needs.ts";

const cover = (
  place: JurisdictionId,
  code: string,
  counts: { contacts: number; outside?: number },
  more: { isLifted?: boolean; isRead?: boolean } = {},
) =>
  assessCoverage(
    place,
    [
      {
        code,
        name: `${code} list`,
        ruleId: `${code}.scrub`,
        limitDays: 31,
        isLifted: more.isLifted ?? true,
        isPartial: false,
        warnsWhenUnread: false,
      },
    ],
    { contacts: counts.contacts, outside: new Map([[code, counts.outside ?? 0]]) },
    new Map(more.isRead ? [[code, { ageDays: 1, ownDays: 31 }]] : []),
  );

it("lists all required registries that are not connected as one need", () => {
  const places = ["US-FL", "US-TX", "US-OK"].map((place) => cover(place, place, { contacts: 2 }));
  expect(toMissingNeeds(places)).toEqual([
    {
      kind: "registries-missing",
      when: "today",
      why: "unconnected",
      names: ["US-FL list", "US-TX list", "US-OK list"],
      contacts: 6,
      isLifted: true,
    },
  ]);
});

it("distinguishes lists that no consent makes up for, and lists that cover too little", () => {
  const needs = toMissingNeeds([
    cover("US-FL", "US-FL", { contacts: 2 }),
    cover("IN", "IN-NCPR", { contacts: 3 }, { isLifted: false }),
    cover("US", "US-DNC", { contacts: 9, outside: 4 }, { isRead: true }),
  ]);
  expect(needs).toMatchObject([
    { when: "today", why: "unconnected", names: ["US-FL list"], contacts: 2 },
    { when: "now", why: "unconnected", names: ["IN-NCPR list"], contacts: 3 },
    { when: "today", why: "outside", names: ["US-DNC list"], contacts: 4 },
  ]);
});

it("counts a contact of a state once, though its country lacks a list too", () => {
  const needs = toMissingNeeds([
    cover("US", "US-DNC", { contacts: 9 }),
    cover("US-FL", "US-FL", { contacts: 2 }),
  ]);
  expect(needs).toMatchObject([{ names: ["US-DNC list", "US-FL list"], contacts: 9 }]);
});

it("lists no registries that are fresh and cover every contact", () => {
  expect(toMissingNeeds([cover("US", "US-DNC", { contacts: 9 }, { isRead: true })])).toEqual([]);
});
