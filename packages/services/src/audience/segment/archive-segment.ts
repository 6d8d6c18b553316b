import type { SegmentId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { holdLock } from "../../platform/lock/hold-lock.ts";
import { findSegmentUse } from "./find-segment-use.ts";
import { lockSegment } from "./lock-segment.ts";
import { requireSeen } from "./require-seen-segment.ts";

/**
 * Archives a segment: it leaves lists and choices and is not refreshed any more. Refuses one that a
 * campaign, an offer or another segment uses, and names that.
 */
export async function archiveSegment(ctx: ServiceContext, segmentId: SegmentId): Promise<void> {
  allow(ctx, "segment.change");

  await inTransaction(ctx, async (ctx) => {
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
  });
}
