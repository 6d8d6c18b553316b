import table from "../../../data/phone/regions.json" with { type: "json" };

const zones = new Map<string, readonly string[]>(Object.entries(table.zones));
/** Countries for which the table has all subdivisions. */
const divided = new Set(table.divided);

/**
 * Lists the IANA time zones that a region (ISO 3166-2, or a country of ISO 3166-1) may be in; none if it is
 * unknown.
 */
export function listRegionZones(addressRegion: string): readonly string[] {
  const country = addressRegion.slice(0, 2);
  const isPartOfWhole = /^..-[A-Z\d]{1,3}$/.test(addressRegion) && !divided.has(country);
  return zones.get(isPartOfWhole ? country : addressRegion) ?? [];
}
