import type { SegmentId } from "@ringfence/core/ids";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { seesRule } from "./allow-rule.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";
import { requireSegment } from "./require-segment.ts";

/** Ids of segments, archived ones too, that ask for consents to a seller for whom the actor does not work. */
export async function segmentsOfOthers(ctx: TransactionContext): Promise<Set<string>> {
  if (sellersSeenBy(ctx.actor) === null) return new Set();
  const segments = await knownSegmentsOf(ctx, { isArchivedToo: true });
  const others = [...segments.values()].filter(({ rule }) => !seesRule(ctx.actor, rule, segments));
  return new Set(others.map(({ id }) => id));
}

/** Refuses a segment of another seller, as if it were not there. */
export async function requireSeen(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  if (!(await segmentsOfOthers(ctx)).has(segmentId)) return;
  throw new ServiceError("not-found", { key: "segment.not-found" });
}

/** The row of a segment that is in use, for whoever names it. One of another seller looks the same as none. */
export async function requireSeenSegment(ctx: TransactionContext, segmentId: SegmentId) {
  await requireSeen(ctx, segmentId);
  return requireSegment(ctx, segmentId);
}
