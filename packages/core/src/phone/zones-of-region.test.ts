import { expect, it } from "vitest";
import table from "../../data/phone/regions.json" with { type: "json" };
import { zonesOfRegion } from "./zones-of-region.ts";

it.each([
  ["US-TX", ["America/Chicago", "America/Denver"]],
  ["US-AZ", ["America/Phoenix", "America/Denver"]],
  ["US-HI", ["Pacific/Honolulu"]],
  ["US-PR", ["America/Puerto_Rico"]],
  ["PR", ["America/Puerto_Rico"]],
  ["CA-NL", ["America/St_Johns", "America/Goose_Bay"]],
  ["RU-SVE", ["Asia/Yekaterinburg"]],
  ["RU-SA", ["Asia/Yakutsk", "Asia/Srednekolymsk", "Asia/Ust-Nera"]],
  ["AU-WA", ["Australia/Perth", "Australia/Eucla"]],
  ["BR-AM", ["America/Manaus", "America/Eirunepe"]],
  ["GB", ["Europe/London"]],
  ["DE-BY", ["Europe/Berlin"]],
])("knows the zones of %s", (region, zones) => {
  expect(zonesOfRegion(region)).toEqual(zones);
});

it.each(["", "XX", "XX-YY", "US-ZZ", "RU-ZZ", "us-tx", "US-TX-1", "constructor"])(
  "knows none of %j",
  (region) => {
    expect(zonesOfRegion(region)).toEqual([]);
  },
);

it("gives a country every zone of its states", () => {
  expect(zonesOfRegion("RU")).toContain("Asia/Kamchatka");
  expect(zonesOfRegion("US")).toEqual(expect.arrayContaining([...zonesOfRegion("US-AK")]));
  expect(zonesOfRegion("US")).not.toContain("Pacific/Guam");
});

it("knows all states of the countries that are divided, and zones that there are", () => {
  const states = Object.keys(table.zones).map((region) => region.slice(0, 3));
  const counts = ["US-", "CA-", "RU-", "AU-", "BR-"].map(
    (country) => states.filter((state) => state === country).length,
  );
  // With the capital and five territories of the US, and the two that Russia alone counts as its own.
  expect(counts).toEqual([50 + 1 + 5, 13, 83 + 2, 8, 27]);
  for (const timeZone of Object.values(table.zones).flat()) {
    expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  }
});
