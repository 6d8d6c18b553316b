import type { JurisdictionId } from "./jurisdiction.ts";
import { type Rule, isInForceOnAny } from "./rule.ts";
import { type RuleBook, listLineage, listPlacesIn } from "./rule-book.ts";
import { mayRefuse } from "./rule-decisions.ts";

type Mark = Rule["confidence"];

/** Confidence in the law of a country: counts, by mark, of the rules that may refuse a call there today. */
export type CountryCoverage = {
  country: JurisdictionId;
  /** Places of the rule book that lie directly in it. */
  parts: readonly JurisdictionId[];
  /** Number of rules of the country, its parts and its union, by mark. */
  marks: Readonly<Record<Mark, number>>;
  /** The weakest mark among these rules; null if no rule may refuse a call. */
  weakest: Mark | null;
};

/** Lists the countries of a rule book. A union is not a country: its rules count in each member country. */
export function listCoverage(book: RuleBook, isoDates: readonly string[]): CountryCoverage[] {
  const refusing = book.rules.filter((rule) => mayRefuse(rule) && isInForceOnAny(rule, isoDates));
  return listCountries(book).map((country) => {
    const parts = listPlacesIn(book, country);
    const places = new Set([...listLineage(book, country), ...parts]);
    const count = (mark: Mark) =>
      refusing.filter(
        ({ jurisdiction, confidence }) => places.has(jurisdiction) && confidence === mark,
      ).length;
    const marks = { A: count("A"), B: count("B"), C: count("C") };
    const weakest = (["C", "B", "A"] as const).find((mark) => marks[mark] > 0) ?? null;
    return { country, parts, marks, weakest };
  });
}

function listCountries({ jurisdictions }: RuleBook): JurisdictionId[] {
  const nations = [...jurisdictions].filter(([id]) => !id.includes("-"));
  const unions = new Set(nations.map(([, { parent }]) => parent));
  return nations.map(([id]) => id).filter((id) => !unions.has(id));
}
