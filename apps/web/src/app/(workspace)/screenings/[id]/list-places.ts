import { type JurisdictionId, ruleBook } from "@ringfence/core/people/jurisdiction";
import { jurisdictionName } from "@/features/people/rule/words";

/** Lists the jurisdictions whose rules judged a call, with their names in the reader's language. */
export const listPlaces = (
  locale: string,
  { jurisdictions }: { jurisdictions: readonly JurisdictionId[] },
): string[] =>
  jurisdictions.map((id) =>
    jurisdictionName(locale, id, ruleBook.jurisdictions.get(id)?.name ?? id),
  );
