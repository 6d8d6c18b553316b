import { crossesLimit, resultsOf } from "@ringfence/core/audience/campaign";
import {
  type Installation,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import {
  type KnownCampaign,
  lockCampaign,
  planOf,
  requireCampaign,
  withOffers,
} from "./campaign.ts";
import { peopleCalled } from "./results.ts";
import { takeStep } from "./steps.ts";
import { command } from "../../platform/verb.ts";
import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

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

const TIMEOUT_MS = 60_000;

/** Pauses campaigns of an organization that too many refused: in logs that came at once, or otherwise. */
export const watchCampaigns = command({
  name: "watchCampaigns",
  action: "campaign.watch",
  transaction: "by run",
  run: async (ctx): Promise<number> => {
    return inTransaction(ctx, (ctx) => holdOverLimit(ctx), { timeoutMs: TIMEOUT_MS });
  },
  audit: "by run",
});

/** The same of all organizations in which any campaign runs, which only the sweep may do. */
export async function watchAllCampaigns(installation: Installation): Promise<void> {
  const faults: unknown[] = [];
  for (const organizationId of await organizationsThatCall(installation.db)) {
    const actor = { type: "job", name: "campaign.sweep" } as const;
    // What fails in one organization keeps nobody from watching the others.
    await watchCampaigns({ ...installation, organizationId, actor }).catch((fault: unknown) =>
      faults.push(fault),
    );
  }
  if (faults.length > 0) throw new AggregateError(faults, "campaigns of some were not watched");
}

async function organizationsThatCall({ prisma }: Db): Promise<OrganizationId[]> {
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT organization_id AS id FROM campaign WHERE state = 'running'`;
  return rows.map(({ id }) => OrganizationId.parse(id));
}
