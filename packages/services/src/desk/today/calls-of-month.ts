import { DAY_MS } from "@ringfence/core/platform/time";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";

const DAYS = 30;

/** Of the calls of 30 days that were judged: how many passed the gate by, and how many came after a refusal. */
export type MonthCalls = { calls: number; bypassed: number; afterRefusal: number };

/** Null for who works for some sellers: they are counted of all. */
export async function callsOfMonth({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<MonthCalls | null> {
  if (sellersSeenBy(actor) !== null) return null;
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const { _sum: sum } = await db.callDay.aggregate({
    where: { organizationId, day: { gte: since } },
    _sum: { calls: true, bypassed: true },
  });
  const afterRefusal = await db.violation.count({
    where: { organizationId, rank: 0, codes: { has: "opted-out" }, at: { gte: since } },
  });
  return { calls: sum.calls ?? 0, bypassed: sum.bypassed ?? 0, afterRefusal };
}
