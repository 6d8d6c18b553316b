import { type JurisdictionId, bundledRuleBook } from "@ringfence/core/people/jurisdiction";
import type { Locale } from "@ringfence/core/platform/message";
import { placeName } from "@/i18n/place-name";

/** Names jurisdictions in the reader's language. */
export const nameJurisdictions = (locale: Locale, ids: readonly JurisdictionId[]): string[] =>
  ids.map((id) => placeName(locale, id));

/** Names all jurisdictions that have rules, by id. */
export const namesByJurisdiction = (locale: Locale): Record<string, string> =>
  Object.fromEntries(
    [...bundledRuleBook.jurisdictions.keys()].map((id) => [id, placeName(locale, id)]),
  );
