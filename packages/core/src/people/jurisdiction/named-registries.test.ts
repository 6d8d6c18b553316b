import { expect, it } from "vitest";
import { namedRegistries } from "./named-registries.ts";

const named = (isoDate: string, code: string) =>
  namedRegistries(isoDate).find((registry) => registry.code === code);

it("tells who names a registry, and the strictest of their limits", () => {
  expect(named("2026-03-01", "US-FTC-DNC")).toEqual({
    code: "US-FTC-DNC",
    name: "US National Do Not Call Registry",
    mode: "download (full, change) / SOAP / web look-up",
    unreadNote: null,
    places: ["US", "US-NJ"],
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

it("names no table of numbers that is no do-not-call registry", () => {
  expect(named("2026-03-01", "RU-NUMPLAN")).toBeUndefined();
});
