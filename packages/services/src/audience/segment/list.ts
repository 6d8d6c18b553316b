import {
  type NamedActor,
  ServiceError,
  type TransactionContext,
  loadActorNames,
  query,
  readArchived,
} from "../../platform/internal.ts";
import { z } from "zod";
import { SegmentId } from "@ringfence/core/ids";
import { Locale } from "@ringfence/core/platform/message";
import {
  EndStepCounts,
  Rule,
  type RuleChanges,
  compareRules,
  describeRule,
} from "@ringfence/core/audience/segment";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { assertVisible, hasCurrentMembers, loadSegments, maySeeRule } from "./segment.ts";
import { loadCountVisibility } from "./visible-counts.ts";
import { resolveCall } from "./screen-people.ts";

/** Sizes shown as a trend. */
const SIZES_SHOWN = 30;

/**
 * Lists the segments by name, with rule, sizes and how many can be called. Leaves out those that ask about consents to
 * sellers the actor does not work for, and counts by an older rule that did (`visible-counts.ts`).
 */
export const listSegments = query({
  name: "listSegments",
  action: "segment.read",
  input: z.object({ locale: Locale }),
  run: async (ctx, { locale }) => {
    const { db, organizationId } = ctx;
    const names = {
      segments: await loadSegments(ctx),
      sellers: await loadSellers(ctx),
      purposes: await loadPurposes(ctx),
    };
    const call = await findUsualCall(ctx, names);
    const { maySeeSize, maySeePastSizes, maySeeScreening } = await loadCountVisibility(ctx);
    const rows = await db.segment.findMany({
      where: { organizationId, archivedAt: null },
      orderBy: { name: "asc" },
      include: { waterfalls: { where: call } },
    });
    const items = [];
    for (const row of rows) {
      const id = SegmentId.parse(row.id);
      const rule = names.segments.get(id)?.rule;
      // Without a rule, somebody created or restored the segment just now.
      if (rule === undefined || !maySeeRule(ctx.actor, rule, names.segments)) continue;
      const sizes = maySeePastSizes(id) ? await loadSizes(ctx, id) : [];
      const screening = row.waterfalls.find((one) => maySeeScreening(row, one));
      items.push({
        id,
        name: row.name,
        version: row.version,
        sentence: describeRule(locale, rule, names),
        size: maySeeSize(row) ? row.size : null,
        refreshedAt: row.refreshedAt,
        /** Later activities are included up to this time. */
        followedAt: row.followedAt,
        /** False if a rule changed after counting, its own or one that it depends on. */
        isCurrent: hasCurrentMembers(row, names.segments),
        /** Oldest first. */
        sizes: sizes.toReversed(),
        callable: screening === undefined ? null : readCallable(screening),
      });
    }
    return items;
  },
  audit: "none",
});

const loadSizes = ({ db, organizationId }: TransactionContext, segmentId: SegmentId) =>
  db.segmentSize.findMany({
    where: { organizationId, segmentId },
    select: { at: true, size: true },
    orderBy: { at: "desc" },
    take: SIZES_SHOWN,
  });

/**
 * Finds the default call of the actor, of a seller that they work for, so that at most one waterfall of a segment
 * matches. Without a seller or purpose, none does.
 */
async function findUsualCall(
  ctx: TransactionContext,
  { sellers, purposes }: { sellers: readonly unknown[]; purposes: readonly unknown[] },
) {
  if (sellers.length === 0 || purposes.length === 0) return { purpose: { in: [] } };
  const { seller, purpose } = await resolveCall(ctx, {});
  return { sellerId: seller.id, purpose };
}

/** Reads how many could be called at a screening. */
const readCallable = ({ at, counts }: { at: Date; counts: unknown }) => ({
  at,
  count: EndStepCounts.parse(counts).callable,
});

/** Reads a segment with its rule and versions. Also reads archived ones. */
export const readSegment = query({
  name: "readSegment",
  action: "segment.read",
  input: SegmentId,
  run: async (ctx, segmentId) => {
    const { db, organizationId } = ctx;
    await assertVisible(ctx, segmentId);
    const row = await db.segment.findFirst({
      where: { organizationId, id: segmentId },
      include: { versions: { orderBy: { number: "desc" } } },
    });
    const [latest] = row?.versions ?? [];
    if (row === null || latest === undefined) {
      throw new ServiceError("not-found", { key: "segment.not-found" });
    }
    const findArchived = await readArchived(ctx, [row]);
    const { maySeeSize } = await loadCountVisibility(ctx);
    return {
      id: segmentId,
      name: row.name,
      archived: findArchived(row),
      version: row.version,
      rule: Rule.parse(latest.rule),
      size: maySeeSize(row) ? row.size : null,
      refreshedAt: row.refreshedAt,
      followedAt: row.followedAt,
      /** False if a rule changed after counting, its own or one that it depends on. */
      isCurrent: hasCurrentMembers(row, await loadSegments(ctx)),
      versions: row.versions.map(({ number, at }) => ({ number, at })),
    };
  },
  audit: "none",
});

export type SegmentVersionListed = {
  number: number;
  at: Date;
  by: NamedActor | null;
  sentence: string;
  /** Differences from the previous version. Null for the first, or if the previous one is hidden. */
  changes: RuleChanges | null;
};

/**
 * Lists the versions of a segment's rule, latest first, with author, time and changes. Leaves out those
 * that asked about consents to sellers the actor does not work for.
 */
export const listSegmentVersions = query({
  name: "listSegmentVersions",
  action: "segment.read",
  input: z.object({ segmentId: SegmentId, locale: Locale }),
  run: async (ctx, { segmentId, locale }): Promise<SegmentVersionListed[]> => {
    const { db, organizationId } = ctx;
    await assertVisible(ctx, segmentId);
    const rows = await db.segmentVersion.findMany({
      where: { organizationId, segmentId },
      orderBy: { number: "asc" },
    });
    if (rows.length === 0) throw new ServiceError("not-found", { key: "segment.not-found" });
    const names = await loadRuleNames(ctx);
    const nameActor = await loadActorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    const rules = rows.map(({ rule }) => Rule.parse(rule));
    const isSeen = (rule: Rule) => maySeeRule(ctx.actor, rule, names.segments);
    const versions = rows.flatMap(({ number, at, actor }, index) => {
      const [rule, before] = [rules[index], rules[index - 1]];
      if (rule === undefined || !isSeen(rule)) return [];
      const changes = before && isSeen(before) ? compareRules(locale, before, rule, names) : null;
      const sentence = describeRule(locale, rule, names);
      return { number, at, by: nameActor(actor), sentence, changes };
    });
    return versions.toReversed();
  },
  audit: "none",
});

/** Loads the current names of everything that rules refer to. */
const loadRuleNames = async (ctx: TransactionContext) => ({
  segments: await loadSegments(ctx, { includesArchived: true }),
  sellers: await loadSellers(ctx),
  purposes: await loadPurposes(ctx),
});
