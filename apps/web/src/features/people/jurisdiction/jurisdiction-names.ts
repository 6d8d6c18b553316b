import type { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import type { Locale } from "@ringfence/core/platform/message";
import { placeName } from "@/i18n/place-name";

/** Names jurisdictions in the reader's language. */
export const nameJurisdictions = (locale: Locale, ids: readonly JurisdictionId[]): string[] =>
  ids.map((id) => placeName(locale, id));

/** Names jurisdictions in the reader's language, by id. */
export const namesByJurisdiction = (
  locale: Locale,
  ids: readonly JurisdictionId[],
): Record<string, string> => Object.fromEntries(ids.map((id) => [id, placeName(locale, id)]));
