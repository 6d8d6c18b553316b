import { expect, it } from "vitest";
import { isAddressRegion } from "./address-region.ts";
import iso from "../../../data/subdivisions.json" with { type: "json" };
import table from "../../../data/phone/regions.json" with { type: "json" };
import { listRegionZones } from "./region-zones.ts";

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
  expect(listRegionZones(region)).toEqual(zones);
});

it.each(["", "XX", "XX-YY", "US-ZZ", "RU-ZZ", "us-tx", "US-TX-1", "constructor"])(
  "knows none of %j",
  (region) => {
    expect(listRegionZones(region)).toEqual([]);
  },
);

it("gives a country every zone of its states", () => {
  expect(listRegionZones("RU")).toContain("Asia/Kamchatka");
  expect(listRegionZones("US")).toEqual(expect.arrayContaining([...listRegionZones("US-AK")]));
  expect(listRegionZones("US")).not.toContain("Pacific/Guam");
});

it.each(table.divided)("knows every state of %s", (country) => {
  const states = iso.subdivisions[country as "US"].split(" ").map((state) => `${country}-${state}`);
  // Islands without inhabitants.
  const unknown = states.filter(
    (state) => state !== "US-UM" && listRegionZones(state).length === 0,
  );
  expect(unknown).toEqual([]);
});

it("has zones that there are, for regions of ISO 3166", () => {
  expect(Object.keys(table.zones).filter((region) => !isAddressRegion(region))).toEqual([]);
  for (const timeZone of Object.values(table.zones).flat()) {
    expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  }
});
