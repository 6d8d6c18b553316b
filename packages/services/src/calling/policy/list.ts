import type { PolicyRules } from "@ringfence/core/calling/policy";
import { SellerId } from "@ringfence/core/ids";
import { type TransactionContext, loadMemberNames, query } from "../../platform/internal.ts";
import { readRules } from "./policy.ts";

/**
 * State of a published policy: it judges calls now, will from its time on, or was replaced, perhaps before its time.
 */
export type PolicyState = "in-force" | "scheduled" | "replaced";

export type PolicyView = {
  id: string;
  /** Null for the policy of the organization. */
  sellerId: SellerId | null;
  hash: string;
  /** Null if this version cannot read it. Calls that it judges are refused then. */
  rules: PolicyRules | null;
  state: PolicyState;
  inForceFrom: Date;
  reason: string;
  /** Member who published it, and those who wrote it; null if they are no longer known. */
  by: string | null;
  authors: readonly (string | null)[];
  at: Date;
};

export type PoliciesView = {
  sellers: readonly { id: SellerId; name: string }[];
  /** Newest first. */
  policies: readonly PolicyView[];
  drafts: readonly {
    id: string;
    sellerId: SellerId | null;
    authors: readonly (string | null)[];
    savedAt: Date;
  }[];
};

/** Number of published policies that are listed, besides those in force. */
const MAX_LISTED = 50;

/** Lists the policies in force, scheduled and replaced, and the drafts. */
export const listPolicies = query({
  name: "listPolicies",
  action: "policy.read",
  forAllSellers: true,
  run: async (ctx): Promise<PoliciesView> => {
    const { db, organizationId } = ctx;
    const sellers = await db.seller.findMany({
      where: { organizationId },
      orderBy: { name: "asc" },
      select: { id: true, name: true },
    });
    const rows = await loadRows(ctx);
    const drafts = await db.policyDraft.findMany({
      where: { organizationId },
      orderBy: { id: "asc" },
    });
    const names = await loadMemberNames(ctx, [
      ...rows.flatMap((row) => [row.publishedBy, ...row.authors]),
      ...drafts.flatMap(({ authors }) => authors),
    ]);
    const findName = (id: string) => names.get(id) ?? null;
    const states = findStates(ctx, rows);
    return {
      sellers: sellers.map(({ id, name }) => ({ id: SellerId.parse(id), name })),
      policies: rows.map((row) => ({
        id: row.id,
        sellerId: SellerId.nullable().parse(row.sellerId),
        hash: row.hash,
        rules: readRules(row),
        state: states.get(row.id) ?? "replaced",
        inForceFrom: row.inForceFrom,
        reason: row.reason,
        by: findName(row.publishedBy),
        authors: row.authors.map(findName),
        at: row.publishedAt,
      })),
      drafts: drafts.map(({ id, sellerId, authors, savedAt }) => ({
        id,
        sellerId: SellerId.nullable().parse(sellerId),
        authors: authors.map(findName),
        savedAt,
      })),
    };
  },
  audit: "none",
});

type Row = Awaited<ReturnType<typeof loadRows>>[number];

/** Loads the policies published last, and those in force if they are older. */
async function loadRows({ db, organizationId, now }: TransactionContext) {
  const newest = await db.policy.findMany({
    where: { organizationId },
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    take: MAX_LISTED,
  });
  const inForce = await db.policy.findMany({
    where: { organizationId, inForceFrom: { lte: now } },
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    distinct: ["sellerId"],
  });
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...inForce.filter(({ id }) => !known.has(id))];
}

/** Finds the state of each policy that is not replaced. `rows` are newest first. */
function findStates({ now }: TransactionContext, rows: readonly Row[]): Map<string, PolicyState> {
  const states = new Map<string, PolicyState>();
  for (const [, published] of Map.groupBy(rows, ({ sellerId }) => sellerId)) {
    const current = published.findIndex(({ inForceFrom }) => inForceFrom <= now);
    const [inForce] = current === -1 ? [] : published.slice(current);
    if (inForce) states.set(inForce.id, "in-force");
    const later = current === -1 ? published : published.slice(0, current);
    // One that was published later and begins no later replaces an earlier one before it begins.
    let begins = Number.POSITIVE_INFINITY;
    for (const { id, inForceFrom } of later) {
      if (inForceFrom.getTime() < begins) states.set(id, "scheduled");
      begins = Math.min(begins, inForceFrom.getTime());
    }
  }
  return states;
}
