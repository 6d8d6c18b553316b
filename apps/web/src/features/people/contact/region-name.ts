/** Formats a region: `US-TX` as `TX, United States`, a country by its name. */
export function regionName(locale: string, region: string): string {
  const [country = region, ...subdivision] = region.split("-");
  const name = new Intl.DisplayNames(locale, { type: "region" }).of(country) ?? country;
  return [...subdivision, name].join(", ");
}
