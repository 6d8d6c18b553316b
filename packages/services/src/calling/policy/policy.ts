import { SellerId } from "@ringfence/core/ids";
import { type PolicyRules, findPolicyFault, parsePolicy } from "@ringfence/core/calling/policy";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { findToday, loadLaw } from "../../people/jurisdiction/internal.ts";

/** A published policy, as it is stored. */
export type StoredPolicy = {
  id: string;
  sellerId: SellerId | null;
  hash: string;
  /** Null if they cannot be read (`readRules`). */
  rules: PolicyRules | null;
};

/** Finds the policy of a seller, or of the organization (null), that was published last; null if none was. */
export async function findLatestPolicy(
  { db, organizationId }: TransactionContext,
  sellerId: SellerId | null,
): Promise<StoredPolicy | null> {
  const row = await db.policy.findFirst({
    where: { organizationId, sellerId },
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
  });
  return row && { id: row.id, sellerId, hash: row.hash, rules: readRules(row) };
}

/**
 * Reads the rules of a policy; null if this version cannot, or if the text does not have the hash. While such a policy
 * is in force, calls are refused.
 */
export function readRules({ hash, document }: Record<"hash" | "document", string>) {
  try {
    return parsePolicy(hash, document);
  } catch {
    return null;
  }
}

/** A draft, as it is stored. */
export type StoredDraft = StoredPolicy & {
  rules: PolicyRules;
  /** The policy that was published last when the draft was begun; null for none. */
  basedOn: string | null;
  /** Members who began or changed it. */
  authors: readonly string[];
  savedAt: Date;
};

/** Loads a draft of the organization. Throws `not-found` if there is none. */
export async function loadDraft(
  { db, organizationId }: TransactionContext,
  id: string,
): Promise<StoredDraft> {
  const row = await db.policyDraft.findFirst({ where: { organizationId, id } });
  if (row === null) throw new ServiceError("not-found", { key: "policy.draft-not-found" });
  const { hash, document, basedOn, authors, savedAt } = row;
  const sellerId = SellerId.nullable().parse(row.sellerId);
  return { id, sellerId, hash, rules: parsePolicy(hash, document), basedOn, authors, savedAt };
}

/** Throws `invalid-field` if a rule is looser than the law of a place that it names, or cannot be applied there. */
export async function assertNoLooserRule(ctx: TransactionContext, rules: PolicyRules) {
  const { book } = await loadLaw(ctx);
  const today = findToday(ctx);
  for (const [index, rule] of rules.entries()) {
    const fault = findPolicyFault(book, today, rule);
    if (fault !== null) throw new ServiceError("invalid-field", fault, `/rules/${index}`);
  }
}
