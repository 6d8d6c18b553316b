import {
  exceedsLimit,
  isNegativeResponse,
  summarizeResults,
  toCallResponse,
} from "@ringfence/core/audience/campaign";
import {
  type TransactionContext,
  addJob,
  command,
  defineJob,
  enqueueThrottled,
  inTransaction,
  queueJobs,
} from "../../platform/internal.ts";
import {
  type StoredCampaign,
  loadCampaign,
  lockCampaign,
  toCampaign,
  campaignRelations,
} from "./campaign.ts";
import { loadCalledPeople } from "./results.ts";
import { recordStep } from "./steps.ts";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";

/**
 * Pauses running campaigns whose refusals exceed the limit, counted since the start or since an officer
 * resumed a campaign that had paused itself. `keys` selects campaigns by key, such as those in a new call log. Returns
 * how many it paused. It counts recorded results without holding locks; the job queued by `watchCallLog` counts
 * whatever is recorded meanwhile.
 */
export const pauseOverLimit = async (
  ctx: TransactionContext,
  keys?: readonly string[],
): Promise<number> => {
  const { db, organizationId } = ctx;
  const rows = await db.campaign.findMany({
    where: { organizationId, state: "running", ...(keys && { key: { in: [...keys] } }) },
    // Always locks in the same order, so that two logs that pause several campaigns cannot deadlock.
    orderBy: { id: "asc" },
    include: campaignRelations,
  });
  let paused = 0;
  for (const campaign of rows.map(toCampaign))
    if (await pauseIfOver(asCampaignSweep(ctx), campaign)) paused++;
  return paused;
};

async function pauseIfOver(ctx: TransactionContext, campaign: StoredCampaign): Promise<boolean> {
  const { id, countedFrom, refusalLimit: limit } = campaign;
  if (countedFrom === null) return false;
  const results = summarizeResults(await loadCalledPeople(ctx, campaign, countedFrom));
  if (!exceedsLimit(results, limit)) return false;

  await lockCampaign(ctx, id);
  const current = await loadCampaign(ctx, { id });
  // Paused meanwhile, or resumed by an officer, which begins a new count: nothing is left to do.
  const isSameCount = current.countedFrom?.getTime() === countedFrom.getTime();
  if (current.state !== "running" || !isSameCount) return false;
  const { count: refused, of: reached } = results.against;
  await recordStep(ctx, id, "hold", { details: { refused, reached, limit } });
  return true;
}

/** Acts as the sweep: the campaign pauses itself, so its history must not blame the sender of the call log. */
const asCampaignSweep = (ctx: TransactionContext): TransactionContext => ({
  ...ctx,
  actor: { type: "job", name: "campaign.sweep" },
});

const TIMEOUT_MS = 60_000;

/** Pauses an organization's campaigns that exceed their refusal limit. */
export const watchCampaigns = command({
  name: "watchCampaigns",
  action: "campaign.watch",
  transaction: "by run",
  run: async (ctx): Promise<number> => {
    return inTransaction(ctx, (ctx) => pauseOverLimit(ctx), { timeoutMs: TIMEOUT_MS });
  },
  audit: "none",
});

/** Counts the refusals of an organization's running campaigns, and pauses those over the limit. */
export const watchCampaignsJob = defineJob("campaign.watch", {});

/**
 * Queues a job for each organization with a running campaign, in place of one that still waits. A job that failed for
 * good or was lost with its worker does not keep campaigns from being watched. Crosses organizations, which only the
 * sweep may do. Returns the number of jobs.
 */
export function queueCampaignWatches({ prisma }: Db): Promise<number> {
  const watch = addJob(
    watchCampaignsJob,
    { organizationId: sql`organization_id` },
    { key: sql`${`${watchCampaignsJob.name} `} || organization_id` },
  );
  return queueJobs(
    prisma,
    sql`SELECT ${watch} FROM (
      SELECT DISTINCT organization_id FROM campaign WHERE state = 'running'
    ) AS calling`,
  );
}

/** Call logs that arrive within this many seconds are counted together. */
const GATHERED_S = 2;

/**
 * Watches the campaigns named in a call log. Refusals in it are counted at once. Two concurrent logs do not
 * see each other, so a worker counts again when both are recorded.
 */
export const watchCallLog = async (
  ctx: TransactionContext,
  calls: readonly { campaign: string; outcome: string | null }[],
) => {
  const { db, organizationId } = ctx;
  const named = [...new Set(calls.map(({ campaign }) => campaign))];
  if (named.length === 0) return;
  const watched = await db.campaign.count({
    where: { organizationId, state: "running", key: { in: named } },
  });
  if (watched === 0) return;
  const refused = calls.filter(({ outcome }) => isNegativeResponse(toCallResponse(outcome)));
  if (refused.length > 0) {
    await pauseOverLimit(ctx, [...new Set(refused.map(({ campaign }) => campaign))]);
  }
  await enqueueThrottled(ctx, watchCampaignsJob, {}, GATHERED_S);
};
