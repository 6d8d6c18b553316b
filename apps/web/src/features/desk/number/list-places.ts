import { type Phone, lookUpPlan, toDigits } from "@ringfence/core/people/phone";

/**
 * Returns the places whose rules apply, those of the number and of the person's addresses, and a message key
 * for where they are known from. A number of no country, such as +800, has places from addresses only.
 */
export function listPlaces(contacts: readonly { addressRegion: string | null }[], phone: Phone) {
  const { country, regions } = lookUpPlan(toDigits(phone));
  const numberPlaces = regions.length > 0 ? regions : country === null ? [] : [country];
  const addresses = contacts
    .flatMap(({ addressRegion }) => addressRegion ?? [])
    .filter((region) => region !== country);
  const places = [...new Set([...numberPlaces, ...addresses])];
  if (addresses.length === 0) return { places, source: "fromNumber" } as const;
  return { places, source: numberPlaces.length > 0 ? "fromBoth" : "fromAddress" } as const;
}
