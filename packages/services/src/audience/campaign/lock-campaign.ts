import type { CampaignId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** What is done with a campaign is done one after the other. */
export const lockCampaign = (
  { db, organizationId }: TransactionContext,
  id: CampaignId,
): Promise<unknown> =>
  db.$queryRaw`SELECT FROM campaign
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid FOR UPDATE`;
