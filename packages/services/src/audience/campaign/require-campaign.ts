import type { CampaignId } from "@ringfence/core/ids";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type KnownCampaign, planOf, withOffers } from "./plan-of.ts";

/**
 * A campaign by its id, or as the dialer names it, of a seller that the actor works for. One of another seller
 * looks the same as none.
 */
export async function requireCampaign(
  ctx: TransactionContext,
  by: { id: CampaignId } | { key: string },
): Promise<KnownCampaign> {
  const { db, organizationId } = ctx;
  const row = await db.campaign.findFirst({
    where: { organizationId, ...by },
    include: withOffers,
  });
  const campaign = row && planOf(row);
  if (campaign === null || !seesSeller(ctx.actor, campaign.sellerId)) {
    throw new ServiceError("not-found", { key: "campaign.not-found" });
  }
  return campaign;
}
