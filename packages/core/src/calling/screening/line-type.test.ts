import { expect, it } from "vitest";
import { aRegistry, clearFacts, daysAfter as day } from "../../../testing/facts.ts";
import { listReasons } from "../../../testing/verdicts.ts";
import type { RegistryEditionFact, ScreeningFacts } from "./facts.ts";
import { findLineType, portedRegistry } from "./line-type.ts";

const { at } = clearFacts;
const ported = (edition: Partial<RegistryEditionFact> | null): Partial<ScreeningFacts> => ({
  registries: [
    aRegistry(),
    aRegistry({
      registry: portedRegistry,
      edition: edition && {
        number: 2,
        verifiedAt: day(-1),
        listsPhone: true,
        listedSince: day(-10),
        ...edition,
      },
    }),
  ],
});
const unlisted = { listsPhone: false, listedSince: null };
/** Facts of a landline in New Jersey that was looked up a year ago. */
const landline: Partial<ScreeningFacts> = {
  jurisdictions: ["US-NJ"],
  states: ["NJ"],
  lineType: "landline",
  lineTypeAt: day(-365),
};
const findLine = (spoilt: Partial<ScreeningFacts>) =>
  findLineType({ ...clearFacts, ...landline, ...spoilt });

it.each<[string, Partial<ScreeningFacts>, string]>([
  ["is not on the list of ported numbers", ported(unlisted), "landline"],
  ["was ported within the days of grace", ported({}), "landline"],
  ["was ported before them", ported({ listedSince: day(-16) }), "wireless"],
  ["was ported nobody knows when", ported({ listedSince: null }), "wireless"],
  ["might be on a list that was not read", ported(null), "unknown"],
  [
    "might be on a list that was read too long ago",
    ported({ ...unlisted, verifiedAt: day(-16) }),
    "unknown",
  ],
  [
    "might be on a list that was read later",
    ported({ ...unlisted, verifiedAt: day(1) }),
    "unknown",
  ],
  ["was looked up too long ago", {}, "unknown"],
  ["was looked up lately", { lineTypeAt: day(-15) }, "landline"],
  ["will be looked up", { lineTypeAt: day(1) }, "unknown"],
  ["was looked up nobody knows when", { lineTypeAt: null }, "unknown"],
  ["is of a place where ports do not count", { jurisdictions: ["GB"] }, "landline"],
  ["is a mobile one", { ...ported({}), lineType: "wireless" }, "wireless"],
])("tells the line of a number that %s", (_, spoilt, line) => {
  expect(findLine(spoilt)).toBe(line);
});

// N.J.S.A. 56:8-130 wants consent for calls to mobile numbers; federal law none for those of no list.
const relaxed = {
  ...landline,
  consents: [],
  seller: { ...clearFacts.seller, consentPolicy: "opt_out_with_registry" as const },
};

it("refuses without consent where a law depends on the line type and it is unknown", () => {
  expect(listReasons({ ...relaxed, lineTypeAt: at })).toEqual([]);
  expect(listReasons(relaxed)).toEqual(["consent-missing"]);
  expect(listReasons({ ...relaxed, ...ported({}) })).toEqual([]);
  expect(listReasons({ ...relaxed, ...ported({ listedSince: day(-16) }) })).toEqual([
    "consent-missing",
  ]);
});
