import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  command,
  createId,
} from "../../platform/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { SaveCampaign, findLabelFault } from "@ringfence/core/audience/campaign";
import { CampaignId, type OfferId, type SellerId } from "@ringfence/core/ids";
import { readPhone } from "@ringfence/core/people/phone";
import { findSeller } from "@ringfence/core/account/seller";
import { assertOnePurpose, loadCampaignOffers, lockOffers } from "../offer/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { holdSegmentForUse } from "../segment/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { loadCampaign } from "./campaign.ts";
import { recordStep } from "./steps.ts";

/**
 * Saves a campaign as a draft. Only drafts can be changed, whoever changes one cannot review it, and a draft that
 * somebody else saved since it was opened is refused.
 */
export const saveCampaign = command({
  name: "saveCampaign",
  action: "campaign.change",
  input: SaveCampaign,
  run: async (ctx, { campaign, ...plan }): Promise<{ id: CampaignId; version: number }> => {
    const { db, organizationId, now } = ctx;
    const row = await resolvePlan(ctx, plan);
    await assertFreeKey(ctx, plan.key, campaign?.id ?? null);
    const id = campaign?.id ?? (await createId(ctx, CampaignId));
    const version = (campaign?.version ?? 0) + 1;
    if (campaign) {
      await recordStep(ctx, id, "save");
      await assertSameCalls(ctx, id, plan.offerIds, row);
      const { count } = await db.campaign.updateMany({
        where: { organizationId, id, version: campaign.version },
        data: { ...row, version },
      });
      if (count === 0) throw new ServiceError("conflict", { key: "campaign.changed-meanwhile" });
    } else {
      await db.campaign.create({ data: { ...row, organizationId, id, version, createdAt: now } });
      await recordStep(ctx, id, "save");
    }
    await saveOffers(ctx, id, plan.offerIds);
    return { id, version };
  },
  audit: ({ id, version }) => ({ campaignId: id, version }),
});

/**
 * Requires that key, segment, seller and offers stay the same once the campaign was started, because the results of its
 * calls are found by them.
 */
async function assertSameCalls(
  ctx: TransactionContext,
  id: CampaignId,
  offerIds: readonly OfferId[],
  row: Awaited<ReturnType<typeof resolvePlan>>,
) {
  const stored = await loadCampaign(ctx, { id });
  if (stored.startedAt === null) return;
  const fixed = ["key", "segmentId", "sellerId"] as const;
  const offers = new Set([...offerIds, ...stored.offers.map(({ id }) => id)]);
  const isSameOffers = offers.size === offerIds.length && offers.size === stored.offers.length;
  const changed = isSameOffers ? fixed.find((field) => row[field] !== stored[field]) : "offerIds";
  if (changed === undefined) return;
  throw new ServiceError("conflict", { key: "campaign.called-already" }, `/${changed}`);
}

/**
 * Resolves everything that a plan names, or reports the invalid field. Keeps its offers and segment from being
 * archived until the transaction ends.
 */
async function resolvePlan(
  ctx: TransactionContext,
  {
    seller: named,
    callerNumber,
    cap,
    offerIds,
    segmentId,
    ...plan
  }: Omit<SaveCampaign, "campaign">,
) {
  await lockOffers(ctx, offerIds);
  const { offers } = await loadCampaignOffers(
    ctx,
    offerIds.map((id) => ({ id })),
  );
  assertOnePurpose(offers);
  await holdSegmentForUse(ctx, segmentId);
  const { homeRegion } = await loadOrganization(ctx);
  const fault = findLabelFault((await loadLaw(ctx)).book, plan, homeRegion);
  if (fault) throw new ServiceError("invalid-field", fault.message, fault.path);
  const read = readPhone(callerNumber, homeRegion);
  if ("fault" in read) {
    throw new ServiceError("invalid-field", { key: "campaign.caller-odd" }, "/callerNumber");
  }
  return {
    ...plan,
    segmentId,
    sellerId: await findSellerId(ctx, named),
    callerNumber: read.phone,
    capCalls: cap.calls,
    capDays: cap.days,
  };
}

async function saveOffers(
  { db, organizationId }: TransactionContext,
  campaignId: CampaignId,
  offerIds: readonly OfferId[],
) {
  await db.campaignOffer.deleteMany({ where: { organizationId, campaignId } });
  await db.campaignOffer.createMany({
    data: offerIds.map((offerId) => ({ organizationId, campaignId, offerId })),
  });
}

async function findSellerId(ctx: TransactionContext, named: string): Promise<SellerId> {
  const { seller, fault } = findSeller(await loadSellers(ctx), named);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  allowSeller(ctx, seller.id);
  return seller.id;
}

async function assertFreeKey(ctx: TransactionContext, key: string, ownId: CampaignId | null) {
  const { db, organizationId } = ctx;
  if (ownId !== null) await loadCampaign(ctx, { id: ownId });
  const other = await db.campaign.findFirst({ where: { organizationId, key } });
  if (other === null || other.id === ownId) return;
  const fault = other.archivedAt === null ? "campaign.key-taken" : "campaign.key-archived";
  throw new ServiceError("conflict", { key: fault, values: { key } }, "/key");
}
