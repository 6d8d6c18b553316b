import { query } from "../../platform/verb.ts";
import { MisreadOptOutId } from "@ringfence/core/ids";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { actorNames } from "../../platform/access/actor-names.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";

const MOST_LISTED = 20;

/** Refusals whose number could not be read, the oldest first; `count` is of all that wait. */
export const listMisreadOptOuts = query({
  name: "listMisreadOptOuts",
  action: "opt-out.read",
  run: async (ctx) => {
    const where = { organizationId: ctx.organizationId, discardedAt: null };
    const count = await ctx.db.misreadOptOut.count({ where });
    const rows = await ctx.db.misreadOptOut.findMany({
      where,
      orderBy: { id: "asc" },
      take: MOST_LISTED,
    });
    const nameOf = await actorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    const items = rows.map(({ id, input, channel, recordedAt, actor }) => ({
      id: MisreadOptOutId.parse(id),
      input,
      channel: OptOutChannel.parse(channel),
      recordedAt,
      by: nameOf(actor),
    }));
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { misread: items.length });
    return { items, count };
  },
  audit: "by run",
});
