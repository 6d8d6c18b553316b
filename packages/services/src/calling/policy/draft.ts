import {
  DiscardPolicyDraft,
  type PolicyChanges,
  type PolicyRules,
  ReadPolicyDraft,
  SavePolicyDraft,
  StartPolicyDraft,
  comparePolicies,
  findPlacesByRegistry,
  serializePolicy,
} from "@ringfence/core/calling/policy";
import { type SellerId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import {
  findReviewFault,
  loadReviewFacts,
  requireMemberId,
} from "../../account/member/internal.ts";
import {
  ServiceError,
  command,
  holdLock,
  loadMemberNames,
  query,
} from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { assertNoLooserRule, findLatestPolicy, loadDraft } from "./policy.ts";

/**
 * Starts a draft with the rules that were published last, for one seller or for the organization; without rules, if
 * this version cannot read those. Throws `conflict` if there is a draft for it already: one at a time, so that two
 * officers do not write past each other.
 */
export const startPolicyDraft = command({
  name: "startPolicyDraft",
  action: "policy.change",
  input: StartPolicyDraft,
  forAllSellers: true,
  run: async (ctx, { sellerId }): Promise<{ id: string; hash: string }> => {
    const { db, organizationId, now: savedAt } = ctx;
    await holdLock(ctx, "policies");
    if (sellerId !== null) {
      const seller = await db.seller.findFirst({ where: { organizationId, id: sellerId } });
      if (seller === null) throw new ServiceError("not-found", { key: "seller.not-found" });
    }
    const open = await db.policyDraft.count({ where: { organizationId, sellerId } });
    if (open > 0) throw new ServiceError("conflict", { key: "policy.draft-open" });
    const latest = await findLatestPolicy(ctx, sellerId);
    const { document, hash } = serializePolicy(latest?.rules ?? []);
    const { id } = await db.policyDraft.create({
      data: {
        organizationId,
        sellerId,
        document,
        hash,
        basedOn: latest?.id ?? null,
        authors: [requireMemberId(ctx)],
        savedAt,
      },
    });
    return { id, hash };
  },
  audit: ({ id: policyDraftId, hash }, { sellerId }) => ({
    policyDraftId,
    ...(sellerId !== null && { sellerId }),
    hash,
    change: "started",
  }),
});

/**
 * Replaces the rules of a draft. Whoever saves it is among its authors, who may not publish it. Throws `conflict` if
 * the draft was changed since the author read it, and `invalid-field` if a rule is looser than the law.
 */
export const savePolicyDraft = command({
  name: "savePolicyDraft",
  action: "policy.change",
  input: SavePolicyDraft,
  forAllSellers: true,
  run: async (ctx, { draftId: id, before, rules }): Promise<{ hash: string }> => {
    const { db, organizationId, now: savedAt } = ctx;
    await holdLock(ctx, "policies");
    const draft = await loadDraft(ctx, id);
    if (draft.hash !== before) throw new ServiceError("conflict", { key: "policy.draft-changed" });
    await assertNoLooserRule(ctx, rules);
    const { document, hash } = serializePolicy(rules);
    const authors = [...new Set([...draft.authors, requireMemberId(ctx)])];
    await db.policyDraft.updateMany({
      where: { organizationId, id },
      data: { document, hash, authors, savedAt },
    });
    return { hash };
  },
  audit: ({ hash }, { draftId: policyDraftId, rules }) => ({
    policyDraftId,
    hash,
    rules: rules.length,
    change: "changed",
  }),
});

/** Discards a draft. What is in force stays. */
export const discardPolicyDraft = command({
  name: "discardPolicyDraft",
  action: "policy.change",
  input: DiscardPolicyDraft,
  forAllSellers: true,
  run: async (ctx, { draftId: id }): Promise<{ hash: string }> => {
    const { db, organizationId } = ctx;
    await holdLock(ctx, "policies");
    const { hash } = await loadDraft(ctx, id);
    await db.policyDraft.deleteMany({ where: { organizationId, id } });
    return { hash };
  },
  audit: ({ hash }, { draftId: policyDraftId }) => ({ policyDraftId, hash, change: "discarded" }),
  answer: () => {},
});

export type PolicyDraftView = {
  id: string;
  seller: { id: SellerId; name: string } | null;
  hash: string;
  rules: PolicyRules;
  /** Differences from the policy that was published last. */
  changes: PolicyChanges;
  /** Members who wrote it; null for one who is no longer known. */
  authors: readonly (string | null)[];
  savedAt: Date;
  /** True if another policy was published since it was begun: it can no longer be published. */
  isOutdated: boolean;
  /** Registries that a law names: a rule can be about one of them. */
  registries: readonly string[];
  /** Why the reader may not publish it; null if they may. Their role is not considered. */
  publishFault: Message | null;
};

/** Reads a draft, with what it would change. */
export const readPolicyDraft = query({
  name: "readPolicyDraft",
  action: "policy.read",
  input: ReadPolicyDraft,
  forAllSellers: true,
  run: async (ctx, { draftId }): Promise<PolicyDraftView> => {
    const { db, organizationId } = ctx;
    const { id, sellerId, hash, rules, basedOn, authors, savedAt } = await loadDraft(ctx, draftId);
    const latest = await findLatestPolicy(ctx, sellerId);
    const names = await loadMemberNames(ctx, authors);
    const seller =
      sellerId && (await db.seller.findFirst({ where: { organizationId, id: sellerId } }));
    return {
      id,
      seller: sellerId && seller && { id: sellerId, name: seller.name },
      hash,
      rules,
      changes: comparePolicies(latest?.rules ?? [], rules),
      authors: authors.map((author) => names.get(author) ?? null),
      savedAt,
      isOutdated: (latest?.id ?? null) !== basedOn,
      registries: [...findPlacesByRegistry((await loadLaw(ctx)).book).keys()],
      publishFault: findReviewFault(
        ctx,
        await loadReviewFacts(ctx),
        authors.map((author) => ({ id: author })),
      ),
    };
  },
  audit: "none",
});
