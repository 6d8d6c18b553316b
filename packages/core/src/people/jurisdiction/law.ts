import { canonicalJson } from "./canonical-json.ts";
import type { JurisdictionId } from "./jurisdiction.ts";
import { type RuleBook, bundledRuleBook } from "./rule-book.ts";
import type { Rule } from "./rule.ts";
import { bundledRuleSetHash } from "./rule-set.ts";

/**
 * The law by which an organization's calls are judged. Law belongs to the installation: `book` is the same for every
 * organization. An update that is not provably stricter waits for two officers of each organization; until they
 * accept it, `keptBook` (the law without what they have not accepted) judges too.
 */
export type Law = {
  /** Hash of the rule set, which names both books. Every screening records it. */
  hash: string;
  book: RuleBook;
  keptBook: RuleBook | null;
};

/** The law of an installation that never had another than that of its program. */
export const bundledLaw: Law = {
  hash: bundledRuleSetHash,
  book: bundledRuleBook,
  keptBook: null,
};

/** Lists the former rules of places that apply along with the present law: rules that were changed or removed. */
export function listKeptRules({ book, keptBook }: Law, places: readonly JurisdictionId[]): Rule[] {
  if (keptBook === null) return [];
  const present = new Set(book.rules.map((rule) => canonicalJson(rule)));
  return places.flatMap((place) =>
    keptBook.rules.filter(
      (rule) => rule.jurisdiction === place && !present.has(canonicalJson(rule)),
    ),
  );
}

/** Lists the books that judge. */
export const listBooks = ({ book, keptBook }: Law): readonly RuleBook[] =>
  keptBook === null ? [book] : [book, keptBook];
