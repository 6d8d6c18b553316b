import { ServiceError, type TransactionContext, command } from "../../platform/internal.ts";
import { PhoneId, SuppressionId } from "@ringfence/core/ids";
import { EndSuppression, SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { lockPhones } from "../../people/phone/internal.ts";
import { recordSuppressionStatements } from "../../proof/record/internal.ts";

/**
 * Ends a suppression from now on, with the reason. One that has not begun never takes effect. Calls that it
 * stopped, or that were placed in spite of it, stay judged as they were.
 */
export const endSuppression = command({
  name: "endSuppression",
  action: "suppression.end",
  input: EndSuppression,
  run: async (ctx, { id }) => {
    const { db, organizationId } = ctx;
    const found = await db.suppression.findFirst({ where: { organizationId, id } });
    if (!found) throw new ServiceError("not-found", { key: "suppression.not-found" });
    if (found.reason === "restriction")
      throw new ServiceError("conflict", { key: "suppression.is-restriction" });
    const phoneId = PhoneId.parse(found.phoneId);
    const { now } = await lockPhones(ctx, [phoneId]);
    const until = await endOne(ctx, found, now);
    if (until === null) throw new ServiceError("conflict", { key: "suppression.ended" });
    return { phoneId, until };
  },
  audit: ({ phoneId }, { id: suppressionId, reason }) => ({
    phoneId,
    suppressionId,
    ended: reason,
  }),
  answer: ({ until }) => ({ until }),
});

/**
 * Ends the suppressions of phones that come from a restriction of processing, which the caller has lifted. The caller
 * writes the audit row.
 */
export async function endRestrictions(ctx: TransactionContext, phoneIds: readonly PhoneId[]) {
  const { now } = await lockPhones(ctx, phoneIds);
  const rows = await ctx.db.suppression.findMany({
    where: {
      organizationId: ctx.organizationId,
      phoneId: { in: [...phoneIds] },
      reason: "restriction",
    },
  });
  for (const row of rows) await endOne(ctx, row, now);
}

type SuppressionRow = { id: string; phoneId: string; reason: string; at: Date };

/** Ends one suppression, and records the statement. Returns when it ends; null if it had ended already. */
async function endOne(ctx: TransactionContext, row: SuppressionRow, now: Date) {
  const { db, organizationId } = ctx;
  const { id, at } = row;
  const until = at > now ? at : now;
  const { count } = await db.suppression.updateMany({
    where: { organizationId, id, OR: [{ until: null }, { until: { gt: until } }] },
    data: { until },
  });
  if (count === 0) return null;
  const ended = {
    id: SuppressionId.parse(id),
    phoneId: PhoneId.parse(row.phoneId),
    reason: SuppressionReason.parse(row.reason),
    at,
    until,
  };
  await recordSuppressionStatements(ctx, "suppression.ended", [ended]);
  return until;
}
