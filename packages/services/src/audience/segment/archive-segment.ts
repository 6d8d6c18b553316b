import { command } from "../../platform/verb.ts";
import { SegmentId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { findSegmentUse } from "./find-segment-use.ts";
import { lockSegment } from "./lock-segment.ts";
import { requireSeen } from "./require-seen-segment.ts";

/**
 * Archives a segment: it leaves lists and choices and is not refreshed any more. Refuses one that a
 * campaign, an offer or another segment uses, and names that.
 */
export const archiveSegment = command({
  name: "archiveSegment",
  action: "segment.change",
  input: SegmentId,
  run: async (ctx, segmentId): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await holdLock(ctx, "segments");
    await requireSeen(ctx, segmentId);
    const segment = await lockSegment(ctx, segmentId);
    if (segment === null) throw new ServiceError("not-found", { key: "segment.not-found" });
    const use = await findSegmentUse(ctx, segmentId);
    if (use !== null) throw new ServiceError("conflict", use);
    await db.segment.updateMany({
      where: { organizationId, id: segmentId },
      data: { archivedAt: now, archivedBy: actorOnRecord(actor) },
    });
    await appendAudit(ctx, "segment.change", { segmentId, archived: true });
  },
  audit: "by run",
});
