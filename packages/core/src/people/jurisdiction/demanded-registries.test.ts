import { expect, it } from "vitest";
import { demandedRegistries } from "./demanded-registries.ts";

const day = "2026-03-01";
const of = (place: string, isoDate = day) => demandedRegistries(isoDate).get(place);

it("tells what a place demands, by the strictest limit that holds there", () => {
  expect(of("US")).toMatchObject([{ code: "US-FTC-DNC", limitDays: 31, warnsWhenUnread: false }]);
  // Its own says three months, that of the country 31 days.
  expect(of("US-NJ")).toMatchObject([{ code: "US-FTC-DNC", limitDays: 31 }]);
  expect(of("IN")).toMatchObject([{ limitDays: 0, warnsWhenUnread: false }]);
});

it("tells which registries concern some calls alone", () => {
  expect(of("GB")).toMatchObject([
    { code: "GB-TPS", isPartial: false },
    { code: "GB-CTPS", isPartial: true },
  ]);
});

it("demands nothing where no rule is in force, or none names a registry", () => {
  expect(of("FR", "2026-08-10")).toHaveLength(1);
  expect(of("FR", "2026-08-11")).toBeUndefined();
  expect(of("RU")).toBeUndefined();
});
