import { bundledRuleBook } from "./rule-book.ts";
import { expect, it } from "vitest";
import {
  listRegistryRequirements,
  resolveAgeLimit,
  listRequiredRegistries,
} from "./required-registries.ts";

const named = (isoDate: string, code: string) =>
  listRequiredRegistries(bundledRuleBook, isoDate).find((registry) => registry.code === code);

it("lists who requires a registry, with the strictest limit", () => {
  expect(named("2026-03-01", "US-FTC-DNC")).toEqual({
    code: "US-FTC-DNC",
    name: "US National Do Not Call Registry",
    mode: "download (full, change) / SOAP / web look-up",
    unreadNote: null,
    places: ["US", "US-NJ", "US-WY"],
    limitDays: 31,
    warnsWhenUnread: false,
  });
});

it.each([
  ["US-TX-DNC", 60, false],
  ["IN-NCPR-DLT", 0, false],
  ["BR-SP-NML", null, false],
  ["GB-CTPS", 28, false],
  ["ES-ROBINSON", 28, true],
])(
  "knows the limit of %s (%s days), and that it only warns while it is not connected: %s",
  (code, limitDays, warns) => {
    expect(named("2026-03-01", code)).toMatchObject({ limitDays, warnsWhenUnread: warns });
  },
);

it("names a registry only as long as a rule does", () => {
  expect(named("2026-08-10", "FR-BLOCTEL")).toBeDefined();
  expect(named("2026-08-11", "FR-BLOCTEL")).toBeUndefined();
});

it("leaves out tables of numbers that are not do-not-call registries", () => {
  expect(named("2026-03-01", "RU-NUMPLAN")).toBeUndefined();
});

const day = "2026-03-01";

const of = (place: string, isoDate = day) =>
  listRegistryRequirements(bundledRuleBook, isoDate).get(place);

it("lists the requirements of a place, with the strictest limit that applies there", () => {
  expect(of("US")).toMatchObject([{ code: "US-FTC-DNC", limitDays: 31, warnsWhenUnread: false }]);
  // Its own says three months, that of the country 31 days.
  expect(of("US-NJ")).toMatchObject([{ code: "US-FTC-DNC", limitDays: 31 }]);
  expect(of("IN")).toMatchObject([{ limitDays: 0, warnsWhenUnread: false }]);
});

it("marks registries that concern only some calls", () => {
  expect(of("GB")).toMatchObject([
    { code: "GB-TPS", isPartial: false },
    { code: "GB-CTPS", isPartial: false },
  ]);
  expect(of("PT")).toMatchObject([{ code: "PT-DGC", isPartial: true }]);
});

it("demands nothing where no rule is in force, or none names a registry", () => {
  expect(of("FR", "2026-08-10")).toHaveLength(1);
  expect(of("FR", "2026-08-11")).toBeUndefined();
  expect(of("RU")).toBeUndefined();
});

it.each([
  ["US-FTC-DNC", 31],
  ["US-TX-DNC", 60],
  // An answer of the very instant is asked for: no age at all is allowed.
  ["IN-NCPR-DLT", 0],
  // Rules name it, and set no limit.
  ["BR-SP-NML", 90],
  ["OUR-OWN", 90],
])("of %s an edition may be %s days old", (code, days) => {
  expect(resolveAgeLimit([bundledRuleBook], "2026-03-01", code, 90)).toBe(days);
});

it("applies the rules in force on the day", () => {
  expect(resolveAgeLimit([bundledRuleBook], "2026-08-10", "FR-BLOCTEL", 90)).toBe(30);
  expect(resolveAgeLimit([bundledRuleBook], "2026-08-11", "FR-BLOCTEL", 90)).toBe(90);
});
