import { crossesLimit, resultsOf } from "@ringfence/core/audience/campaign";
import type { TransactionContext } from "../../platform/context.ts";
import { lockCampaign } from "./lock-campaign.ts";
import { peopleCalled } from "./people-called.ts";
import { type KnownCampaign, planOf, withOffers } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { takeStep } from "./take-step.ts";

/**
 * Pauses campaigns that run and whose refusals have crossed their limit since they were handed over, or
 * since somebody let them go on. `keys`: those of which something new is known; left out, all. It counts
 * what is on record, and holds no campaign while it does: what another puts on record meanwhile is counted
 * by the worker that `watchLog` asks for.
 */
export const holdOverLimit = async (
  ctx: TransactionContext,
  keys?: readonly string[],
): Promise<number> => {
  const { db, organizationId } = ctx;
  const rows = await db.campaign.findMany({
    where: { organizationId, state: "running", ...(keys && { key: { in: [...keys] } }) },
    // In one order, so that of two who pause several neither waits for the other in a circle.
    orderBy: { id: "asc" },
    include: withOffers,
  });
  let held = 0;
  for (const campaign of rows.map(planOf)) if (await holdIfOver(itself(ctx), campaign)) held++;
  return held;
};

async function holdIfOver(ctx: TransactionContext, campaign: KnownCampaign): Promise<boolean> {
  const { id, countedFrom, refusalLimit: limit } = campaign;
  if (countedFrom === null) return false;
  const results = resultsOf(await peopleCalled(ctx, campaign, countedFrom));
  if (!crossesLimit(results, limit)) return false;

  await lockCampaign(ctx, id);
  const now = await requireCampaign(ctx, { id });
  // Another has paused it meanwhile, or an officer has let it go on: what was counted is settled.
  const isSame = now.countedFrom?.getTime() === countedFrom.getTime();
  if (now.state !== "running" || !isSame) return false;
  const { count: refused, of: reached } = results.against;
  await takeStep(ctx, id, "hold", { details: { refused, reached, limit } });
  return true;
}

/** It is nobody's doing, least of all of who sent the log. */
const itself = (ctx: TransactionContext): TransactionContext => ({
  ...ctx,
  actor: { type: "job", name: "campaign.sweep" },
});
