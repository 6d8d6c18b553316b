import type { Locale } from "@ringfence/core/platform/message";

/** A country (`US`), or a region of one (`US-TX`), of which only the country has a name in every language. */
export function placeName(locale: Locale, place: string): string {
  const [country = "", ...region] = place.split("-");
  const name = new Intl.DisplayNames(locale, { type: "region", fallback: "code" }).of(country);
  return region.length > 0 ? `${name}, ${place}` : (name ?? place);
}
