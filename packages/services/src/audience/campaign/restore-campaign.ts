import { command } from "../../platform/verb.ts";
import { AskCampaign } from "@ringfence/core/audience/campaign";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import { lockOffers } from "../offer/offer.ts";
import { lockCampaign } from "./lock-campaign.ts";
import type { KnownCampaign } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";

/** Restores the draft of a campaign. Refuses one whose segment or offer is still archived. */
export const restoreCampaign = command({
  name: "restoreCampaign",
  action: "campaign.change",
  input: AskCampaign,
  run: async (ctx, { campaignId }): Promise<void> => {
    const { db, organizationId } = ctx;
    // In the order in which a campaign is saved. An archived one keeps its segment and its offers.
    const draft = await requireCampaign(ctx, { id: campaignId });
    await requireUsed(ctx, draft);
    await lockCampaign(ctx, campaignId);
    const { archivedAt } = await requireCampaign(ctx, { id: campaignId });
    if (archivedAt === null) {
      throw new ServiceError("not-found", { key: "campaign.not-archived" });
    }
    await db.$executeRaw`
      UPDATE campaign SET archived_at = NULL, archived_by = NULL
      WHERE organization_id = ${organizationId}::uuid AND id = ${campaignId}::uuid`;
    await appendAudit(ctx, "campaign.change", { campaignId, archived: false });
  },
  audit: "by run",
});

/** Requires that what a campaign uses is not archived, and keeps others from archiving it meanwhile. */
async function requireUsed(
  ctx: TransactionContext,
  { offers, segmentId }: KnownCampaign,
): Promise<void> {
  const { db, organizationId } = ctx;
  const offerIds = offers.map(({ id }) => id);
  await lockOffers(ctx, offerIds);
  const archivedAt = { not: null };
  const offer = await db.offer.findFirst({
    where: { organizationId, id: { in: offerIds }, archivedAt },
    orderBy: { name: "asc" },
  });
  if (offer !== null) {
    throw new ServiceError("conflict", {
      key: "campaign.offer-archived",
      values: { name: offer.name },
    });
  }
  await shareLock(ctx, "segments");
  const segment = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt },
  });
  if (segment === null) return;
  throw new ServiceError("conflict", {
    key: "campaign.segment-archived",
    values: { name: segment.name },
  });
}
