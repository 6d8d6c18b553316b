import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";

/** A country by its name in the reader's language; a state of one by its own, and its code. */
export const jurisdictionName = (locale: string, id: JurisdictionId, name: string) =>
  /^[A-Z]{2}$/.test(id)
    ? (new Intl.DisplayNames(locale, { type: "region" }).of(id) ?? name)
    : `${name} (${id})`;
