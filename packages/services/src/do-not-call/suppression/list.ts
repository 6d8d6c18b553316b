import { loadActorNames, query } from "../../platform/internal.ts";
import { ListSuppressions, SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { findPhoneBySearch } from "../../people/phone/internal.ts";

/** Lists suppressions page by page, last recorded first. */
export const listSuppressions = query({
  name: "listSuppressions",
  action: "suppression.read",
  input: ListSuppressions,
  run: async (ctx, input) => {
    const { db, organizationId, now } = ctx;
    const { search, reason, ended, from, after, limit } = input;
    const phoneId = search ? await findPhoneBySearch(ctx, search) : null;
    const rows = await db.suppression.findMany({
      where: {
        organizationId,
        ...(search ? { phoneId: { in: phoneId ? [phoneId] : [] } } : {}),
        ...(reason && { reason }),
        ...(ended ? {} : { OR: [{ until: null }, { until: { gt: now } }] }),
        ...(from && { recordedAt: { gte: from } }),
        ...(after && { id: { lt: after } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      include: { phone: { select: { e164: true } } },
    });
    const shown = rows.slice(0, limit);
    const nameActor = await loadActorNames(
      ctx,
      shown.map(({ actor }) => actor),
    );
    const items = shown.map((row) => ({
      id: row.id,
      phoneId: row.phoneId,
      phone: row.phone.e164,
      reason: SuppressionReason.parse(row.reason),
      at: row.at,
      until: row.until,
      recordedAt: row.recordedAt,
      by: nameActor(row.actor),
    }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});
