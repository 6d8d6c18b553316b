import table from "../../../data/subdivisions.json" with { type: "json" };

const known = new Set(
  Object.entries(table.subdivisions).flatMap(([country, subdivisions]) => [
    country,
    ...subdivisions.split(" ").map((subdivision) => `${country}-${subdivision}`),
  ]),
);

/** A subdivision of ISO 3166-2 (`US-TX`), or a country of ISO 3166-1 (`DE`). */
export const isAddressRegion = (code: string) => known.has(code) && !code.endsWith("-");
