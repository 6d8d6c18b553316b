import {
  type TransactionContext,
  appendAudit,
  command,
  inTransaction,
  toStoredActor,
} from "../../platform/internal.ts";
import type { SegmentId } from "@ringfence/core/ids";
import { ExportSegment } from "@ringfence/core/audience/segment";
import { assertMaySeeRule, assertCurrentMembers, loadSegments } from "./segment.ts";
import { type PersonView, loadMembers, loadPersonViews, withoutBarredPeople } from "./members.ts";

const PAGE = 1_000;

type Page = { rows: PersonView[]; next: string | null };

/**
 * Returns a function that reads the people of a segment with their numbers, page by page, for an export file. Needs
 * permission to export, and a reason. The export is recorded before the first number is read, and its people are those
 * of that time; a number that is erased meanwhile is null. `after` is `next` of the page before.
 */
export const exportSegment = command({
  name: "exportSegment",
  action: "segment.export",
  stepUp: true,
  input: ExportSegment,
  transaction: "by run",
  run: async (ctx, { segmentId, reason }): Promise<{ read: (after?: string) => Promise<Page> }> => {
    const ordinals = await inTransaction(ctx, async (ctx) => {
      const { db, organizationId, actor, now } = ctx;
      const ordinals = await loadCurrentMembers(ctx, segmentId);
      const { id } = await db.segmentExport.create({
        data: {
          organizationId,
          segmentId,
          reason,
          people: ordinals.length,
          at: now,
          actor: toStoredActor(actor),
        },
      });
      const details = { segmentId, exportId: id, people: ordinals.length };
      await appendAudit(ctx, "segment.export", details);
      return ordinals;
    });
    const read = async (after = "0"): Promise<Page> => {
      const from = Number(after);
      const rows = await inTransaction(ctx, (ctx) =>
        loadPersonViews(ctx, ordinals.slice(from, from + PAGE)),
      );
      return { rows, next: from + PAGE < ordinals.length ? String(from + PAGE) : null };
    };
    return { read };
  },
  audit: "by run",
});

/** Loads the members by the current rule, without people who have opted out of profiling since. */
async function loadCurrentMembers(
  ctx: TransactionContext,
  segmentId: SegmentId,
): Promise<number[]> {
  const segments = await loadSegments(ctx);
  await assertCurrentMembers(ctx, segmentId, segments);
  const rules = [...segments.values()].flatMap(({ id, rule }) => (id === segmentId ? rule : []));
  for (const rule of rules) assertMaySeeRule(ctx, rule, segments);
  const kept = await loadMembers(ctx, segmentId);
  return withoutBarredPeople(ctx, rules, segments, kept?.ordinals ?? []);
}
