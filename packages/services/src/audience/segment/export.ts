import { command } from "../../platform/verb.ts";
import type { SegmentId } from "@ringfence/core/ids";
import { ExportSegment } from "@ringfence/core/audience/segment";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { type TransactionContext, inTransaction } from "../../platform/context.ts";
import { allowRule, knownSegmentsOf, requireFound } from "./segment.ts";
import { type PersonShown, keptMembers, peopleShown, withoutRefusers } from "./members.ts";

const PAGE = 1_000;

type Page = { rows: PersonShown[]; next: string | null };

/**
 * Gives the people of a segment with their numbers, page after page, to who may have them and says what
 * for: that is on record before the first of them is read.
 */
export const exportSegment = command({
  name: "exportSegment",
  action: "segment.export",
  input: ExportSegment,
  transaction: "by run",
  run: async (ctx, { segmentId, reason }): Promise<{ read: (after?: string) => Promise<Page> }> => {
    const ordinals = await inTransaction(ctx, async (ctx) => {
      const { db, organizationId, actor, now } = ctx;
      const ordinals = await membersNow(ctx, segmentId);
      const { id } = await db.segmentExport.create({
        data: {
          organizationId,
          segmentId,
          reason,
          people: ordinals.length,
          at: now,
          actor: actorOnRecord(actor),
        },
      });
      const told = { segmentId, exportId: id, people: ordinals.length };
      await appendAudit(ctx, "segment.export", told);
      return ordinals;
    });
    const read = async (after = "0"): Promise<Page> => {
      const from = Number(after);
      const rows = await inTransaction(ctx, (ctx) =>
        peopleShown(ctx, ordinals.slice(from, from + PAGE)),
      );
      return { rows, next: from + PAGE < ordinals.length ? String(from + PAGE) : null };
    };
    return { read };
  },
  audit: "by run",
});

/** Who was found by the rule as it is now, but for who has refused since that it looks at them. */
async function membersNow(ctx: TransactionContext, segmentId: SegmentId): Promise<number[]> {
  const segments = await knownSegmentsOf(ctx);
  await requireFound(ctx, segmentId, segments);
  const rules = [...segments.values()].flatMap(({ id, rule }) => (id === segmentId ? rule : []));
  for (const rule of rules) allowRule(ctx, rule, segments);
  const kept = await keptMembers(ctx, segmentId);
  return withoutRefusers(ctx, rules, segments, kept?.ordinals ?? []);
}
