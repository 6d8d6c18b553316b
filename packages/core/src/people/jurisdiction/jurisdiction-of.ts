import type { JurisdictionId } from "./jurisdiction.ts";
import { ruleBook } from "./rule-book.ts";

/**
 * The place whose rules hold in a region (ISO 3166, `US-TX` or `US`): the region's own, else the
 * country's. Null where we know none, and a call cannot be checked.
 */
export function jurisdictionOf(region: string): JurisdictionId | null {
  const country = region.slice(0, 2);
  return [region, country].find((id) => ruleBook.jurisdictions.has(id)) ?? null;
}
