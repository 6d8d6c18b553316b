import type { ConfirmDuty } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { confirmDuty } from "../src/audience/campaign/confirm-duty.ts";
import { readDuties } from "../src/audience/campaign/duties.ts";
import type { RootContext } from "../src/platform/context.ts";

/** Confirms a duty of a campaign as an officer who has just read it. */
export async function confirm(
  ctx: RootContext,
  {
    campaignId,
    ruleId,
    ...more
  }: Pick<ConfirmDuty, "campaignId" | "ruleId"> & Partial<ConfirmDuty>,
) {
  const { groups } = await readDuties(ctx, { campaignId });
  const duties = (groups ?? []).flatMap(({ duties }) => duties);
  const version = duties.find(({ duty }) => duty.id === ruleId)?.version ?? "0".repeat(64);
  return confirmDuty(ctx, { campaignId, ruleId, version, reference: "", note: "", ...more });
}

/** Confirms what the federal law of the United States asks of every campaign that sells. */
export async function confirmFederalDuties(ctx: RootContext, campaignId: CampaignId) {
  const { groups } = await readDuties(ctx, { campaignId });
  for (const { place, duties } of groups ?? []) {
    if (place !== "US") continue;
    for (const { duty, state } of duties) {
      if (state !== "confirmed") await confirm(ctx, { campaignId, ruleId: duty.id });
    }
  }
}
