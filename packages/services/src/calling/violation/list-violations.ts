import { query } from "../../platform/verb.ts";
import { ListViolations, rankOf } from "@ringfence/core/calling/violation";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { viewViolations, withCall } from "./violation-view.ts";

/** Violations, the gravest first and of these the last found, page after page; `count` is of all that match. */
export const listViolations = query({
  name: "listViolations",
  action: "violation.read",
  input: ListViolations,
  run: async (ctx, { status, severity, cause, after, limit }) => {
    const { db, organizationId } = ctx;
    const matching = {
      organizationId,
      closedAt: status === "open" ? null : { not: null },
      ...(severity && { rank: rankOf(severity) }),
      ...(cause && { codes: { has: cause } }),
    };
    const last = after && (await db.violation.findFirst({ where: { organizationId, id: after } }));
    const beyond = last && {
      OR: [{ rank: { gt: last.rank } }, { rank: last.rank, id: { lt: last.id } }],
    };
    const rows = await db.violation.findMany({
      where: { AND: [matching, beyond ?? {}] },
      orderBy: [{ rank: "asc" }, { id: "desc" }],
      take: limit + 1,
      include: withCall,
    });
    const items = await viewViolations(ctx, rows.slice(0, limit));
    if (items.length > 0) await appendAudit(ctx, "violation.read", { listed: items.length });
    return {
      items,
      count: await db.violation.count({ where: matching }),
      next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  },
  audit: "by run",
});
