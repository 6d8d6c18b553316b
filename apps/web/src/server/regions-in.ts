import { getCountries } from "libphonenumber-js/min";

/** Every country that has numbers (ISO 3166-1), by its name in a language. */
export function regionsIn(locale: string) {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return getCountries()
    .map((key) => ({ key, name: names.of(key) ?? key }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}
