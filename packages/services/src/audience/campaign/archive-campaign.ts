import { command } from "../../platform/verb.ts";
import { AskCampaign } from "@ringfence/core/audience/campaign";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockCampaign } from "./lock-campaign.ts";
import { requireCampaign } from "./require-campaign.ts";
import { requireUnarchived } from "./require-unarchived.ts";

/** Archives the draft of a campaign. Refuses a campaign in any other state. */
export const archiveCampaign = command({
  name: "archiveCampaign",
  action: "campaign.change",
  input: AskCampaign,
  run: async (ctx, { campaignId }): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await lockCampaign(ctx, campaignId);
    const campaign = await requireCampaign(ctx, { id: campaignId });
    requireUnarchived(campaign);
    if (campaign.state !== "draft") {
      const values = { state: campaign.state.replace("-", "_") };
      throw new ServiceError("conflict", { key: "campaign.not-draft", values });
    }
    await db.campaign.updateMany({
      where: { organizationId, id: campaignId },
      data: { archivedAt: now, archivedBy: actorOnRecord(actor) },
    });
    await appendAudit(ctx, "campaign.change", { campaignId, archived: true });
  },
  audit: "by run",
});
