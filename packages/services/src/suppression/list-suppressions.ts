import type { ListSuppressions } from "@ringfence/core/suppression";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { searchPhone } from "../phone/search-phone.ts";

/** Suppressions, last recorded first, page after page. */
export async function listSuppressions(ctx: ServiceContext, input: ListSuppressions) {
  allow(ctx, "suppression.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const { search, reason, ended, after, limit } = input;
    const phoneId = search ? await searchPhone(ctx, search) : null;
    const rows = await db.suppression.findMany({
      where: {
        organizationId,
        ...(search ? { phoneId: { in: phoneId ? [phoneId] : [] } } : {}),
        ...(reason && { reason }),
        ...(ended ? {} : { OR: [{ until: null }, { until: { gt: now } }] }),
        ...(after && { id: { lt: after } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
      include: { phone: { select: { e164: true } } },
    });
    const items = rows.slice(0, limit).map((row) => ({
      id: row.id,
      phoneId: row.phoneId,
      phone: row.phone.e164,
      reason: row.reason,
      at: row.at,
      until: row.until,
      recordedAt: row.recordedAt,
    }));
    if (items.length > 0) await appendAudit(ctx, "suppression.read", { listed: items.length });
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}
