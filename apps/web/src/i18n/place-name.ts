import type { Locale } from "@ringfence/core/platform/message";
import table from "./place-names.json";

/** Names of the states and regions that rules and phone numbers tell apart: the runtime has none. */
const names: Partial<Record<string, Record<Locale, string>>> = table;

/** Names a country (`US`) or a part of one (`US-TX`) in a language: `United States`, `Texas (US)`. */
export function placeName(locale: Locale, place: string): string {
  const [country = place, ...rest] = place.split("-");
  if (rest.length === 0) return names[place]?.[locale] ?? countryName(locale, place, "long");
  const subdivision = names[place]?.[locale] ?? rest.join("-");
  return `${subdivision} (${countryName(locale, country, "short")})`;
}

/** Names a place in as few words as possible: `US`, `Texas`. */
export function shortPlaceName(locale: Locale, place: string): string {
  if (!place.includes("-")) return countryName(locale, place, "short");
  return names[place]?.[locale] ?? place;
}

/** Names a country; what is no country's code stays as it is, because `Intl.DisplayNames` throws for it. */
const countryName = (locale: Locale, country: string, style: "long" | "short") =>
  /^[A-Z]{2}$/.test(country)
    ? (new Intl.DisplayNames(locale, { type: "region", style }).of(country) ?? country)
    : country;
