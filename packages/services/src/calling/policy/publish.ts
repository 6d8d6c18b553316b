import { MAX_DAYS_AHEAD, PublishPolicy, serializePolicy } from "@ringfence/core/calling/policy";
import { DAY_MS } from "@ringfence/core/platform/time";
import { assertIndependentReviewer, requireMemberId } from "../../account/member/internal.ts";
import {
  ServiceError,
  type TransactionContext,
  command,
  holdLock,
} from "../../platform/internal.ts";
import { recordStatement } from "../../proof/ledger/internal.ts";
import { assertNoLooserRule, findLatestPolicy, loadDraft } from "./policy.ts";

/**
 * Publishes a draft: from an instant on, its rules judge calls beside the law, in place of those published before for
 * the same seller or organization. The officer must be independent of everybody who wrote it, and names the rules by
 * their hash, so that nobody can change them between the reading and the publication. The time is now or later, because
 * calls of the past were placed under other rules. Throws `conflict` if the draft was changed, if another policy was
 * published since it was begun, or if it changes nothing.
 */
export const publishPolicy = command({
  name: "publishPolicy",
  action: "policy.publish",
  input: PublishPolicy,
  forAllSellers: true,
  run: async (ctx, { draftId, hash, inForceFrom: wanted, reason }) => {
    const { db, organizationId, now: publishedAt } = ctx;
    await holdLock(ctx, "policies");
    const draft = await loadDraft(ctx, draftId);
    if (draft.hash !== hash) throw new ServiceError("conflict", { key: "policy.draft-changed" });
    await assertIndependentReviewer(
      ctx,
      draft.authors.map((id) => ({ id })),
    );
    const inForceFrom = wanted ?? publishedAt;
    assertNotPast(ctx, inForceFrom);
    const latest = await findLatestPolicy(ctx, draft.sellerId);
    if ((latest?.id ?? null) !== draft.basedOn) {
      throw new ServiceError("conflict", { key: "policy.superseded" });
    }
    const former = latest?.hash ?? serializePolicy([]).hash;
    if (hash === former) throw new ServiceError("conflict", { key: "policy.nothing-new" });
    await assertNoLooserRule(ctx, draft.rules);

    const { sellerId, authors } = draft;
    const publishedBy = requireMemberId(ctx);
    const { id } = await db.policy.create({
      data: {
        organizationId,
        sellerId,
        document: serializePolicy(draft.rules).document,
        hash,
        inForceFrom,
        reason,
        authors: [...authors],
        publishedBy,
        publishedAt,
      },
    });
    await db.policyDraft.deleteMany({ where: { organizationId, id: draftId } });
    await recordStatement(ctx, {
      organizationId,
      kind: "policy.published",
      subject: id,
      at: publishedAt,
      claims: {
        organization: organizationId,
        policy: id,
        seller: sellerId,
        rules: hash,
        previous: latest?.hash ?? null,
        inForceFrom: inForceFrom.toISOString(),
        authors: authors.map((member) => ({ member })),
        publishedBy,
      },
    });
    return { id, inForceFrom };
  },
  audit: ({ id: policyId, inForceFrom }, { draftId: policyDraftId, hash }) => ({
    policyId,
    policyDraftId,
    hash,
    inForceFrom: inForceFrom.toISOString(),
    change: "published",
  }),
});

function assertNotPast({ now }: TransactionContext, inForceFrom: Date) {
  if (inForceFrom < now) {
    throw new ServiceError("invalid-field", { key: "policy.in-force-past" }, "/inForceFrom");
  }
  if (inForceFrom.getTime() - now.getTime() > MAX_DAYS_AHEAD * DAY_MS) {
    throw new ServiceError("invalid-field", { key: "policy.in-force-far" }, "/inForceFrom");
  }
}
