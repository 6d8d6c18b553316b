import { crossesLimit, resultsOf } from "@ringfence/core/campaign";
import type { TransactionContext } from "../context.ts";
import { peopleCalled } from "./people-called.ts";
import { planOf } from "./plan-of.ts";
import { takeStep } from "./take-step.ts";

/**
 * Pauses campaigns that run and whose refusals have crossed their limit since they were handed over, or
 * since somebody let them go on. `keys`: those of which something new is known; left out, all.
 */
export const holdOverLimit = async (
  ctx: TransactionContext,
  keys?: readonly string[],
): Promise<number> => {
  const { db, organizationId } = ctx;
  // One after the other, so that of two logs the second counts the calls of the first.
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM campaign
    WHERE organization_id = ${organizationId}::uuid AND state = 'running'
      AND (${keys === undefined} OR key = ANY (${[...(keys ?? [])]}::text[]))
    ORDER BY id FOR UPDATE`;
  const rows = await db.campaign.findMany({
    where: { organizationId, id: { in: found.map(({ id }) => id) } },
  });
  let held = 0;
  for (const campaign of rows.map(planOf)) {
    if (campaign.countedFrom === null) continue;
    const people = await peopleCalled(ctx, campaign, campaign.countedFrom);
    const results = resultsOf(people);
    if (!crossesLimit(results, campaign.refusalLimit)) continue;
    const { count: refused, of: reached } = results.against;
    const details = { refused, reached, limit: campaign.refusalLimit };
    await takeStep(itself(ctx), campaign.id, "hold", { details });
    await db.campaign.updateMany({
      where: { organizationId, id: campaign.id },
      data: { isHeld: true },
    });
    held++;
  }
  return held;
};

/** It is nobody's doing, least of all of who sent the log. */
const itself = (ctx: TransactionContext): TransactionContext => ({
  ...ctx,
  actor: { type: "job", name: "campaign.sweep" },
});
