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
export const confirmFederalDuties = (ctx: RootContext, campaignId: CampaignId) =>
  confirmDuties(ctx, campaignId, (place) => place === "US");

/** Confirms what the law of some places asks of the caller of a campaign; of all places, if none are chosen. */
export async function confirmDuties(
  ctx: RootContext,
  campaignId: CampaignId,
  isChosen: (place: string) => boolean = () => true,
) {
  const { groups } = await readDuties(ctx, { campaignId });
  for (const { place, duties } of groups ?? []) {
    if (!isChosen(place)) continue;
    for (const { duty, state } of duties) {
      if (state !== "confirmed") await confirm(ctx, { campaignId, ruleId: duty.id });
    }
  }
}
