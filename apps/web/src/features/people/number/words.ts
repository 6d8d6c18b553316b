import type { Locale } from "@ringfence/core/platform/message";

/** Sellers and purposes of calls. */
export type Choices = {
  sellers: readonly { id: string; name: string }[];
  purposes: readonly { key: string; name: string }[];
};

/** Name of a purpose, or its key if it was removed. */
export const purposeName = ({ purposes }: Choices, key: string) =>
  purposes.find((purpose) => purpose.key === key)?.name ?? key;

export const sellerName = ({ sellers }: Choices, id: string) =>
  sellers.find((seller) => seller.id === id)?.name ?? id;

/** Name of a country (`US`) or a region (`US-TX`). Only countries have names in all languages. */
export function placeName(locale: Locale, place: string): string {
  const [country = "", ...region] = place.split("-");
  const name = new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(country);
  return region.length > 0 ? `${name}, ${place}` : (name ?? place);
}
