import { query } from "../../platform/verb.ts";
import { MisreadOptOutId } from "@ringfence/core/ids";
import { DiscardReason, OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { actorNames } from "../../platform/access/actor-names.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";

const MOST_LISTED = 20;

/** What officers have laid aside and can take up again, the last first; `count` is of all of it. */
export const listDiscardedMisreads = query({
  name: "listDiscardedMisreads",
  action: "opt-out.read",
  run: async (ctx) => {
    const where = { organizationId: ctx.organizationId, discardedAt: { not: null } };
    const count = await ctx.db.misreadOptOut.count({ where });
    const rows = await ctx.db.misreadOptOut.findMany({
      where,
      orderBy: [{ discardedAt: "desc" }, { id: "desc" }],
      take: MOST_LISTED,
    });
    const nameOf = await actorNames(
      ctx,
      rows.map(({ discardedBy }) => discardedBy),
    );
    const items = rows.map(({ id, input, channel, recordedAt, discardReason, discardedBy }) => ({
      id: MisreadOptOutId.parse(id),
      input,
      channel: OptOutChannel.parse(channel),
      recordedAt,
      reason: DiscardReason.parse(discardReason),
      by: nameOf(discardedBy),
    }));
    if (items.length > 0) await appendAudit(ctx, "opt-out.read", { discarded: items.length });
    return { items, count };
  },
  audit: "by run",
});
