import { command } from "../../platform/verb.ts";
import { SegmentId } from "@ringfence/core/ids";
import { namedIn, Rule } from "@ringfence/core/audience/segment";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { askForRefresh } from "./ask-for-refresh.ts";
import { segmentsOfOthers } from "./require-seen-segment.ts";

/** Restores a segment from the archive, and has its people found again. */
export const restoreSegment = command({
  name: "restoreSegment",
  action: "segment.change",
  input: SegmentId,
  run: async (ctx, segmentId): Promise<void> => {
    const { db, organizationId } = ctx;
    await holdLock(ctx, "segments");
    await requireRestorable(ctx, segmentId);
    // Who was in it when it was archived is not who is in it now.
    await db.$executeRaw`
      UPDATE segment SET archived_at = NULL, archived_by = NULL, refreshed = NULL, refreshed_with = NULL
      WHERE organization_id = ${organizationId}::uuid AND id = ${segmentId}::uuid`;
    await askForRefresh(ctx, segmentId);
    await appendAudit(ctx, "segment.change", { segmentId, archived: false });
  },
  audit: "by run",
});

/** Refuses a segment that is in use, or whose rule names one that is still archived. */
async function requireRestorable(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  const { db, organizationId } = ctx;
  const row = await db.segment.findFirst({
    where: { organizationId, id: segmentId, archivedAt: { not: null } },
    include: { versions: { orderBy: { number: "desc" }, take: 1 } },
  });
  const isSeen = row !== null && !(await segmentsOfOthers(ctx)).has(segmentId);
  if (!isSeen) throw new ServiceError("not-found", { key: "segment.not-archived" });
  const [latest] = row.versions;
  const named = latest ? namedIn(Rule.parse(latest.rule)) : [];
  const archived = await db.segment.findFirst({
    where: { organizationId, id: { in: named }, archivedAt: { not: null } },
    orderBy: { name: "asc" },
  });
  if (archived === null) return;
  throw new ServiceError("conflict", {
    key: "segment.rests-on-archived",
    values: { name: archived.name },
  });
}
