import { getCountries } from "libphonenumber-js/min";

/** Lists the countries that have phone numbers, with their names in a language. */
export function regionsIn(locale: string): { key: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return getCountries()
    .map((key) => ({ key, name: names.of(key) ?? key }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}
