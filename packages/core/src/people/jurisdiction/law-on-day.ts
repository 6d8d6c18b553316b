import { type Rule, isInForce, toRule } from "./rule.ts";
import { type RuleBook, deriveFromBook } from "./rule-book.ts";

/*
 * Builds the law of another day for what-ifs: past calls are judged at their own local time, as if the law of that day
 * had already been in force.
 */

/** Maximum number of cached days. Much data is derived from a book, so all calls of a day share one. */
const MAX_DAYS = 32;

const getDayCache = deriveFromBook(() => new Map<string, RuleBook>());

/**
 * Returns a law with the rules in force on a day, without dates, so that they apply to a call on any day. Draft rules
 * from the watch list that are expected by then are included, unless `hasDrafts` is false.
 */
export function buildLawForDay(book: RuleBook, day: string, { hasDrafts = true } = {}): RuleBook {
  const cache = getDayCache(book);
  const key = `${day} ${hasDrafts}`;
  const known = cache.get(key);
  if (known) return known;
  const drafts = hasDrafts ? listDraftRules(book, day) : [];
  const replaced = new Set(drafts.map(({ id }) => id));
  const found: RuleBook = {
    ...book,
    rules: [
      ...book.rules.filter((rule) => isInForce(rule, day) && !replaced.has(rule.id)),
      ...drafts,
    ].map((rule): Rule => ({ ...rule, effectiveFrom: null, effectiveTo: null })),
  };
  if (cache.size === MAX_DAYS) cache.clear();
  cache.set(key, found);
  return found;
}

/** Lists the draft rules that are expected to be law on a day. A draft with its own dates must be in force then. */
const listDraftRules = ({ watch }: RuleBook, day: string): Rule[] =>
  watch
    .filter(({ expected_on: expected }) => expected !== null && expected <= day)
    .flatMap(({ jurisdiction, draft_rules: rows = [] }) =>
      rows.map((row): Rule => ({ ...toRule(jurisdiction, row), status: "future" })),
    )
    .filter((rule) => isInForce(rule, day));
