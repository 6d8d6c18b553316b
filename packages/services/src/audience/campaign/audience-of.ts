import type { TransactionContext } from "../../platform/context.ts";
import { keptMembers } from "../segment/members.ts";
import { requireFound } from "../segment/segment.ts";
import { type Free, freeAmong } from "./free-among.ts";
import type { KnownCampaign } from "./plan-of.ts";
import { requireReviewed } from "./require-reviewed.ts";

/** All people of a campaign as of the last refresh of its segments. To hand them over takes pages of them. */
export async function audienceOf(ctx: TransactionContext, campaign: KnownCampaign): Promise<Free> {
  const { segmentId } = campaign;
  const grounds = await requireReviewed(ctx, campaign);
  for (const id of grounds.segmentIds) await requireFound(ctx, id, grounds.segments);
  const members = (await keptMembers(ctx, segmentId))?.ordinals ?? [];
  return freeAmong(ctx, campaign, grounds, members);
}
