import { Rule, RuleVersions, findNamedSegments } from "@ringfence/core/audience/segment";
import {
  ServiceError,
  type TransactionContext,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { maySeeRule } from "./segment.ts";

/** A segment's row: when, and by which versions of rules, its members were last found. */
type RefreshedSegment = {
  id: string;
  refreshed: number | null;
  refreshedAt: Date | null;
  refreshedWith: unknown;
};

/** A screening's row: when it was, and which version of the segment's rule had found the people. */
type Screening = { version: number; at: Date };

export type CountVisibility = {
  /** True if the actor may see the size as of the last refresh. */
  maySeeSize: (segment: RefreshedSegment) => boolean;
  /** True if they may see how many people ended at each step of a screening, and who. */
  maySeeScreening: (segment: RefreshedSegment, screening: Screening) => boolean;
  /** True if they may see the sizes as of all earlier refreshes. */
  maySeePastSizes: (segmentId: string) => boolean;
};

/**
 * Loads which counts of segments the actor may see. An actor who is limited to some sellers does not see a count made
 * by a rule about consents to another seller, even if the current rule no longer asks about them. The rule versions of
 * the last refresh are on record. For an older count, the actor must be allowed to see every version of the rule, and
 * of every segment that any version names.
 */
export async function loadCountVisibility(ctx: TransactionContext): Promise<CountVisibility> {
  const { db, organizationId, actor } = ctx;
  if (visibleSellerIds(actor) === null) return seesEverything;
  const rows = await db.segmentVersion.findMany({
    where: { organizationId },
    select: { segmentId: true, number: true, rule: true },
  });
  const versions = rows.map(({ segmentId, number, rule: stored }) => {
    const rule = Rule.parse(stored);
    // What it depends on is looked at by its own version.
    const isHidden = !maySeeRule(actor, rule, new Map());
    return { segmentId, number, isHidden, named: findNamedSegments(rule) };
  });
  const versionsBySegment = Map.groupBy(versions, ({ segmentId }) => segmentId);
  const isVersionHidden = (segmentId: string, number: number) =>
    versionsBySegment.get(segmentId)?.find((version) => version.number === number)?.isHidden ??
    true;

  const maySeePastSizes = (segmentId: string): boolean => {
    const segmentIds = new Set([segmentId]);
    // A set also runs through what is added to it meanwhile.
    for (const id of segmentIds) {
      for (const version of versionsBySegment.get(id) ?? []) {
        if (version.isHidden) return false;
        for (const named of version.named) segmentIds.add(named);
      }
    }
    return true;
  };
  const maySeeSize = ({ refreshedWith }: RefreshedSegment): boolean => {
    const used = RuleVersions.safeParse(refreshedWith).data;
    return used?.every(({ segment, version }) => !isVersionHidden(segment, version)) ?? false;
  };
  return {
    maySeeSize,
    maySeePastSizes,
    maySeeScreening(segment, { version, at }) {
      const { id, refreshed, refreshedAt } = segment;
      const isSinceRefresh = version === refreshed && refreshedAt !== null && refreshedAt <= at;
      return isSinceRefresh ? maySeeSize(segment) : maySeePastSizes(id);
    },
  };
}

const seesEverything: CountVisibility = {
  maySeeSize: () => true,
  maySeeScreening: () => true,
  maySeePastSizes: () => true,
};

/** Throws `forbidden` if the actor may not see who ended where at a screening. */
export async function assertMaySeeScreening(
  ctx: TransactionContext,
  segment: RefreshedSegment,
  screening: Screening,
): Promise<void> {
  const { maySeeScreening } = await loadCountVisibility(ctx);
  if (maySeeScreening(segment, screening)) return;
  throw new ServiceError("forbidden", { key: "error.seller-not-yours" });
}
