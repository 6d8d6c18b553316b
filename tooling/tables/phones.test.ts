import { expect, it } from "vitest";
import numbers from "../../packages/core/data/phone/numbers.json" with { type: "json" };
import places from "../../packages/core/data/phone/places.json" with { type: "json" };
import regions from "../../packages/core/data/phone/regions.json" with { type: "json" };
import { buildNumberTable } from "./phones/number-table.ts";
import { buildPlaceTable } from "./phones/place-table.ts";
import { buildRegionTable } from "./phones/region-table.ts";

it("finds the numbering tables as `pnpm tables:phones` makes them", { timeout: 120_000 }, () => {
  expect(numbers).toEqual(buildNumberTable());
  expect(places).toEqual(buildPlaceTable());
  expect(regions).toEqual(buildRegionTable());
});
