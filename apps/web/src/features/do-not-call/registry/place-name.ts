import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";

/** A country by its name, a state of one by its code, which is how it is spoken of: `US-TX`. */
export const placeName = (locale: string, place: JurisdictionId) =>
  (/^[A-Z]{2}$/.test(place) && new Intl.DisplayNames(locale, { type: "region" }).of(place)) ||
  place;
