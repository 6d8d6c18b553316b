import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  inTransaction,
  type ServiceContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { activitiesByDay } from "./activities-by-day.ts";
import { activitiesSent } from "./activities-sent.ts";
import { activityTypesOf } from "./activity-types-of.ts";
import { latestArrivals } from "./latest-arrivals.ts";

const TIMEOUT_MS = 20_000;

/**
 * What activities an organization knows, how many there were by day, the last that came and of whom, and
 * what was sent with rows that could not be taken. Who looked is on record.
 */
export async function readActivities(ctx: ServiceContext) {
  allow(ctx, "activity.read");

  return inTransaction(ctx, read, { timeoutMs: TIMEOUT_MS });
}

async function read(ctx: TransactionContext) {
  const arrivals = await latestArrivals(ctx);
  if (arrivals.length > 0) await appendAudit(ctx, "activity.read", { listed: arrivals.length });
  return {
    types: await activityTypesOf(ctx),
    days: await activitiesByDay(ctx),
    arrivals,
    sent: await activitiesSent(ctx),
  };
}
