import { type Rule, isInForce, toRule } from "./rule.ts";
import { type RuleBook, deriveFromBook } from "./rule-book.ts";

/*
 * The law of another day, for what-ifs: calls of the past are judged as if the law of that day had held already, at
 * their own local time.
 */

/** Days for which books are kept. Each derives a lot, so one book a day is used for all calls. */
const MAX_DAYS = 32;

const cacheOfBook = deriveFromBook(() => new Map<string, RuleBook>());

/**
 * Returns a law whose rules are those in force on a day, without dates, so that they judge a call of any day. Drafts
 * of the watch list that are expected by then count too, unless `hasDrafts` is false.
 */
export function takeLawOfDay(book: RuleBook, day: string, { hasDrafts = true } = {}): RuleBook {
  const cache = cacheOfBook(book);
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

/** Lists the draft rules that are expected to be law on a day. A draft that sets its own days must be in force then. */
const listDraftRules = ({ watch }: RuleBook, day: string): Rule[] =>
  watch
    .filter(({ expected_on: expected }) => expected !== null && expected <= day)
    .flatMap(({ jurisdiction, draft_rules: rows = [] }) =>
      rows.map((row): Rule => ({ ...toRule(jurisdiction, row), status: "future" })),
    )
    .filter((rule) => isInForce(rule, day));
