import type { CampaignId } from "@ringfence/core/ids";
import { allowSeller } from "../access/allow.ts";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type KnownCampaign, planOf, withOffers } from "./plan-of.ts";

/** A campaign by its id, or as the dialer names it, of a seller that the actor works for. */
export async function requireCampaign(
  ctx: TransactionContext,
  by: { id: CampaignId } | { key: string },
): Promise<KnownCampaign> {
  const { db, organizationId } = ctx;
  const row = await db.campaign.findFirst({
    where: { organizationId, ...by },
    include: withOffers,
  });
  if (row === null) throw new ServiceError("not-found", { key: "campaign.not-found" });
  const campaign = planOf(row);
  allowSeller(ctx, campaign.sellerId);
  return campaign;
}
