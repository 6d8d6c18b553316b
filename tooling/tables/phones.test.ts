import { expect, it } from "vitest";
import numbers from "../../packages/core/data/phone/numbers.json" with { type: "json" };
import places from "../../packages/core/data/phone/places.json" with { type: "json" };
import regions from "../../packages/core/data/phone/regions.json" with { type: "json" };
import { numberTable } from "./phones/number-table.ts";
import { placeTable } from "./phones/place-table.ts";
import { regionTable } from "./phones/region-table.ts";

it("finds the numbering tables as `pnpm tables:phones` makes them", { timeout: 120_000 }, () => {
  expect(numbers).toEqual(numberTable());
  expect(places).toEqual(placeTable());
  expect(regions).toEqual(regionTable());
});
