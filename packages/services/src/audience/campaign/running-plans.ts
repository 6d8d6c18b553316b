import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/internal.ts";
import { loadCampaignOffers } from "../offer/internal.ts";
import { type StoredCampaign, toCampaign, campaignRelations } from "./campaign.ts";

/** The segment, seller, purpose and dialer of a running campaign, which decide its calls. */
export type RunningPlan = Pick<
  StoredCampaign,
  "id" | "key" | "segmentId" | "sellerId" | "dialer"
> & { purpose: PurposeKey };

/** Loads the plans of all running campaigns, oldest first. */
export async function loadRunningPlans(ctx: TransactionContext): Promise<RunningPlan[]> {
  const { db, organizationId } = ctx;
  const rows = await db.campaign.findMany({
    where: { organizationId, state: "running", archivedAt: null },
    include: campaignRelations,
    orderBy: { id: "asc" },
  });
  const plans: RunningPlan[] = [];
  for (const { id, key, segmentId, sellerId, dialer, offers } of rows.map(toCampaign)) {
    const { purpose } = await loadCampaignOffers(ctx, offers, { includesArchived: true });
    plans.push({ id, key, segmentId, sellerId, dialer, purpose });
  }
  return plans;
}
