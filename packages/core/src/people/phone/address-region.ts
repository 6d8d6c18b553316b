import table from "../../../data/subdivisions.json" with { type: "json" };

/** Regions of ISO 3166, each with the region or country that it lies in; null for a country. */
const parents = new Map(
  Object.entries(table.subdivisions).flatMap(([country, subdivisions]) => [
    [country, null] as const,
    ...subdivisions
      .split(" ")
      .filter((text) => text !== "")
      .map((text) => {
        const [code = "", parent] = text.split(":");
        return [`${country}-${code}`, parent ? `${country}-${parent}` : country] as const;
      }),
  ]),
);

/** True for a subdivision (ISO 3166-2, `US-TX`) or a country (ISO 3166-1, `DE`). */
export const isAddressRegion = (code: string) => parents.has(code);

/** Lists a region and those it lies in: `ES-B`, `ES-CT`, `ES`. */
function listAncestry(region: string): string[] {
  const parent = parents.get(region);
  return [region, ...(parent ? listAncestry(parent) : [])];
}

/** Lists the regions that lie directly in a region or country. */
export const listRegionsIn = (region: string): string[] => regionsByParent.get(region) ?? [];
const regionsByParent = Map.groupBy(parents.keys(), (region) => parents.get(region) ?? "");

/** Countries with places that have rules, whose subdivisions in ISO 3166-2 are all of one level. */
const withOneLevel = new Set(
  "AE AR AT AU BR CA CH CL CO DE IN JP KR MX MY NZ PL PT RU SA TR UA US ZA".split(" "),
);

/** True if the table says which regions of the country lie in which. It does not for GB and BE, for example. */
const knowsLevels = (country: string): boolean =>
  withOneLevel.has(country) ||
  listRegionsIn(country).some((region) => listRegionsIn(region).length > 0);

/**
 * True if a person in one region may be in the other: they are equal, one lies in the other, or the table does not say
 * which regions of their country lie in which.
 */
export function mayOverlap(one: string, other: string): boolean {
  if (listAncestry(one).includes(other) || listAncestry(other).includes(one)) return true;
  const country = one.slice(0, 2);
  return country === other.slice(0, 2) && !knowsLevels(country);
}
