import type { Locale } from "@ringfence/core/platform/message";

/** What a call may be for. */
export type Choices = {
  sellers: readonly { id: string; name: string }[];
  purposes: readonly { key: string; name: string }[];
};

/** A purpose in the organization's own words; its key, where it has none any more. */
export const purposeName = ({ purposes }: Choices, key: string) =>
  purposes.find((purpose) => purpose.key === key)?.name ?? key;

export const sellerName = ({ sellers }: Choices, id: string) =>
  sellers.find((seller) => seller.id === id)?.name ?? id;

/** A country (`US`), or a region of one (`US-TX`), of which only the country has a name in every language. */
export function placeName(locale: Locale, place: string): string {
  const [country = "", ...region] = place.split("-");
  const name = new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(country);
  return region.length > 0 ? `${name}, ${place}` : (name ?? place);
}
