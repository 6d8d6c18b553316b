import {
  ServiceError,
  type TransactionContext,
  command,
  toStoredActor,
} from "../../platform/internal.ts";
import { CampaignReference } from "@ringfence/core/audience/campaign";
import { type StoredCampaign, assertNotArchived, loadCampaign, lockCampaign } from "./campaign.ts";
import { lockOffers } from "../offer/internal.ts";
import { holdSegmentsForRestoring } from "../segment/internal.ts";

/** Archives a campaign that is a draft. Refuses one in any other state. */
export const archiveCampaign = command({
  name: "archiveCampaign",
  action: "campaign.change",
  input: CampaignReference,
  run: async (ctx, { campaignId }): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await lockCampaign(ctx, campaignId);
    const campaign = await loadCampaign(ctx, { id: campaignId });
    assertNotArchived(campaign);
    if (campaign.state !== "draft") {
      const values = { state: campaign.state.replace("-", "_") };
      throw new ServiceError("conflict", { key: "campaign.not-draft", values });
    }
    await db.campaign.updateMany({
      where: { organizationId, id: campaignId },
      data: { archivedAt: now, archivedBy: toStoredActor(actor) },
    });
  },
  audit: (_, { campaignId }) => ({ campaignId, archived: true }),
});

/** Restores an archived campaign. Refuses one whose segment or offer is still archived. */
export const restoreCampaign = command({
  name: "restoreCampaign",
  action: "campaign.change",
  input: CampaignReference,
  run: async (ctx, { campaignId }): Promise<void> => {
    const { db, organizationId } = ctx;
    // Locks in the order in which a campaign is saved. An archived campaign keeps its segment and offers.
    const draft = await loadCampaign(ctx, { id: campaignId });
    await assertPartsInUse(ctx, draft);
    await lockCampaign(ctx, campaignId);
    const { archivedAt } = await loadCampaign(ctx, { id: campaignId });
    if (archivedAt === null) {
      throw new ServiceError("not-found", { key: "campaign.not-archived" });
    }
    await db.$executeRaw`
      UPDATE campaign SET archived_at = NULL, archived_by = NULL
      WHERE organization_id = ${organizationId}::uuid AND id = ${campaignId}::uuid`;
  },
  audit: (_, { campaignId }) => ({ campaignId, archived: false }),
});

/** Requires that the offers and the segment of a campaign are not archived, and blocks archiving them until commit. */
async function assertPartsInUse(
  ctx: TransactionContext,
  { offers, segmentId }: StoredCampaign,
): Promise<void> {
  const { db, organizationId } = ctx;
  const offerIds = offers.map(({ id }) => id);
  await lockOffers(ctx, offerIds);
  const offer = await db.offer.findFirst({
    where: { organizationId, id: { in: offerIds }, archivedAt: { not: null } },
    orderBy: { name: "asc" },
  });
  if (offer !== null) {
    throw new ServiceError("conflict", {
      key: "campaign.offer-archived",
      values: { name: offer.name },
    });
  }
  await holdSegmentsForRestoring(ctx, [segmentId], "campaign.segment-archived");
}
