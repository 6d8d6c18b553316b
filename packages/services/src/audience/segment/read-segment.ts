import { query } from "../../platform/verb.ts";
import { SegmentId } from "@ringfence/core/ids";
import { Rule } from "@ringfence/core/audience/segment";
import { readArchived } from "../../platform/archive/archived-item.ts";
import { ServiceError } from "../../platform/errors.ts";
import { isFound } from "./is-found.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";
import { requireSeen } from "./require-seen-segment.ts";

/** A segment with its rule as it is now, and when each version of it was saved; an archived one too. */
export const readSegment = query({
  name: "readSegment",
  action: "segment.read",
  input: SegmentId,
  run: async (ctx, segmentId) => {
    const { db, organizationId } = ctx;
    await requireSeen(ctx, segmentId);
    const row = await db.segment.findFirst({
      where: { organizationId, id: segmentId },
      include: { versions: { orderBy: { number: "desc" } } },
    });
    const [latest] = row?.versions ?? [];
    if (row === null || latest === undefined) {
      throw new ServiceError("not-found", { key: "segment.not-found" });
    }
    const findArchived = await readArchived(ctx, [row]);
    return {
      id: segmentId,
      name: row.name,
      archived: findArchived(row),
      version: row.version,
      rule: Rule.parse(latest.rule),
      size: row.size,
      refreshedAt: row.refreshedAt,
      followedAt: row.followedAt,
      /** Whether they were found by the rules in force: its own, and all that it rests on. */
      isCurrent: isFound(row, await knownSegmentsOf(ctx)),
      versions: row.versions.map(({ number, at }) => ({ number, at })),
    };
  },
  audit: "by run",
});
