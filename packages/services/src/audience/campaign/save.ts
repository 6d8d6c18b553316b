import { command } from "../../platform/verb.ts";
import { SaveCampaign, labelFault } from "@ringfence/core/audience/campaign";
import { CampaignId, type OfferId, type SellerId } from "@ringfence/core/ids";
import { readPhone } from "@ringfence/core/people/phone";
import { findSeller } from "@ringfence/core/account/seller";
import { allowSeller } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { lockOffers, requireOffers, requireOnePurpose } from "../offer/offer.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { takeUpSegment } from "../segment/segment.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { requireCampaign } from "./campaign.ts";
import { takeStep } from "./steps.ts";

/** Saves a campaign as a draft. Only a draft can be changed; who changes it cannot review it. */
export const saveCampaign = command({
  name: "saveCampaign",
  action: "campaign.change",
  input: SaveCampaign,
  run: async (ctx, { campaign, ...plan }): Promise<{ id: CampaignId; version: number }> => {
    const { db, organizationId, now } = ctx;
    const row = await rowOf(ctx, plan);
    await requireFreeKey(ctx, plan.key, campaign?.id ?? null);
    const [fresh] = campaign ? [campaign.id] : await freshIds<CampaignId>(ctx, 1);
    const id = CampaignId.parse(fresh);
    const version = (campaign?.version ?? 0) + 1;
    if (campaign) {
      await takeStep(ctx, id, "save");
      await requireSame(ctx, id, plan.offerIds, row);
      const { count } = await db.campaign.updateMany({
        where: { organizationId, id, version: campaign.version },
        data: { ...row, version },
      });
      if (count === 0) throw new ServiceError("conflict", { key: "campaign.changed-meanwhile" });
    } else {
      await db.campaign.create({ data: { ...row, organizationId, id, version, createdAt: now } });
      await takeStep(ctx, id, "save");
    }
    await keepOffers(ctx, id, plan.offerIds);
    await appendAudit(ctx, "campaign.change", { campaignId: id, version });
    return { id, version };
  },
  audit: "by run",
});

/** What calls were made for stays: their answers, and dialers that know its key, are of that campaign. */
async function requireSame(
  ctx: TransactionContext,
  id: CampaignId,
  offerIds: readonly OfferId[],
  row: Awaited<ReturnType<typeof rowOf>>,
) {
  const known = await requireCampaign(ctx, { id });
  if (known.startedAt === null) return;
  const fixed = ["key", "segmentId", "sellerId"] as const;
  const offers = new Set([...offerIds, ...known.offers.map(({ id }) => id)]);
  const isSameOffers = offers.size === offerIds.length && offers.size === known.offers.length;
  const changed = isSameOffers ? fixed.find((field) => row[field] !== known[field]) : "offerIds";
  if (changed === undefined) return;
  throw new ServiceError("conflict", { key: "campaign.called-already" }, `/${changed}`);
}

/** What a plan names, found and read, or which field is wrong. */
async function rowOf(
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
  const { offers } = await requireOffers(
    ctx,
    offerIds.map((id) => ({ id })),
  );
  requireOnePurpose(offers);
  await takeUpSegment(ctx, segmentId);
  const { homeRegion } = await organizationOf(ctx);
  const fault = labelFault(plan, homeRegion);
  if (fault) throw new ServiceError("invalid-field", fault.message, fault.path);
  const read = readPhone(callerNumber, homeRegion);
  if ("fault" in read) {
    throw new ServiceError("invalid-field", { key: "campaign.caller-odd" }, "/callerNumber");
  }
  return {
    ...plan,
    segmentId,
    sellerId: await sellerIdOf(ctx, named),
    callerNumber: read.phone,
    capCalls: cap.calls,
    capDays: cap.days,
  };
}

async function keepOffers(
  { db, organizationId }: TransactionContext,
  campaignId: CampaignId,
  offerIds: readonly OfferId[],
) {
  await db.campaignOffer.deleteMany({ where: { organizationId, campaignId } });
  await db.campaignOffer.createMany({
    data: offerIds.map((offerId) => ({ organizationId, campaignId, offerId })),
  });
}

async function sellerIdOf(ctx: TransactionContext, named: string): Promise<SellerId> {
  const { seller, fault } = findSeller(await sellersOf(ctx), named);
  if (fault) throw new ServiceError("invalid-field", fault, "/seller");
  allowSeller(ctx, seller.id);
  return seller.id;
}

async function requireFreeKey(ctx: TransactionContext, key: string, ownId: CampaignId | null) {
  const { db, organizationId } = ctx;
  if (ownId !== null) await requireCampaign(ctx, { id: ownId });
  const other = await db.campaign.findFirst({ where: { organizationId, key } });
  if (other === null || other.id === ownId) return;
  const fault = other.archivedAt === null ? "campaign.key-taken" : "campaign.key-archived";
  throw new ServiceError("conflict", { key: fault, values: { key } }, "/key");
}
