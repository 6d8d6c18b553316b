import {
  compareRuleBooks,
  hashRuleSet,
  type RuleBook,
  type RuleBookChanges,
  ruleBook,
  ruleSetHash,
} from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { readKeptRuleBook } from "./rules-then.ts";

export type RuleSetListed = {
  hash: string;
  /** When a program first judged by it; null of the present one before it is kept. */
  keptAt: Date | null;
  isCurrent: boolean;
  /** The day as of which the law was read; null if this version cannot read the rule set. */
  asOf: string | null;
  /** Differences from the previous rule set; null for the first, or if one of the two cannot be read. */
  changes: RuleBookChanges | null;
};

/** Lists the rule sets that calls were judged by, the present one first, and what each changed. */
export async function listRuleSets(ctx: ServiceContext): Promise<RuleSetListed[]> {
  allow(ctx, "rule.read");

  const kept = await inTransaction(ctx, ({ db }) =>
    db.ruleSet.findMany({ orderBy: [{ keptAt: "asc" }, { hash: "asc" }] }),
  );
  const present = kept.find(({ hash }) => hash === ruleSetHash);
  // What somebody changed with the database's checks switched off is not the rule set of that hash.
  const books = kept
    .filter(({ hash }) => hash !== ruleSetHash)
    .map(({ hash, keptAt, document }) => ({
      hash,
      keptAt,
      book: hashRuleSet(document) === hash ? readKeptRuleBook(document) : null,
    }));
  const all = [...books, { hash: ruleSetHash, keptAt: present?.keptAt ?? null, book: ruleBook }];
  return all
    .map(({ hash, keptAt, book }, index) => ({
      hash,
      keptAt,
      isCurrent: hash === ruleSetHash,
      asOf: book?.asOf ?? null,
      changes: compare(all[index - 1]?.book ?? null, book),
    }))
    .toReversed();
}

const compare = (before: RuleBook | null, after: RuleBook | null): RuleBookChanges | null =>
  before && after ? compareRuleBooks(before, after) : null;
