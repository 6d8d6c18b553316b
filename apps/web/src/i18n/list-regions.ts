import type { Locale } from "@ringfence/core/platform/message";
import { getCountries } from "libphonenumber-js/min";
import { placeName } from "./place-name";

/** Lists the countries that have phone numbers, sorted by their names in a language. */
export function listRegions(locale: Locale): { key: string; name: string }[] {
  return getCountries()
    .map((key) => ({ key, name: placeName(locale, key) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}
