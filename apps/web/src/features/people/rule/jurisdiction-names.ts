import { type JurisdictionId, ruleBook } from "@ringfence/core/people/jurisdiction";
import { jurisdictionName } from "./words";

/** Names jurisdictions: a country in the reader's language, a state by its own name and code. */
export const nameJurisdictions = (locale: string, ids: readonly JurisdictionId[]): string[] =>
  ids.map((id) => jurisdictionName(locale, id, ruleBook.jurisdictions.get(id)?.name ?? id));

/** Names all jurisdictions that have rules, by id. */
export const namesByJurisdiction = (locale: string): Record<string, string> =>
  Object.fromEntries(
    [...ruleBook.jurisdictions].map(([id, { name }]) => [id, jurisdictionName(locale, id, name)]),
  );
