import { query } from "../../platform/verb.ts";
import { z } from "zod";
import { SegmentId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import {
  PlaceCounts,
  Rule,
  type RuleChanges,
  compareRules,
  tellRule,
} from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { isFound, knownSegmentsOf, requireSeen, seesRule } from "./segment.ts";
import { callOf } from "./screen-people.ts";
import { readArchived } from "../../platform/archive/archived-item.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";

/** How many of the last sizes are shown as its trend. */
const SIZES_SHOWN = 30;

/**
 * The segments of an organization by name: what each asks, how large it was when, and who of it may be called.
 * Those that ask for consents to sellers for whom the actor does not work are left out.
 */
export const listSegments = query({
  name: "listSegments",
  action: "segment.read",
  input: z.custom<{ locale: Locale }>(),
  run: async (ctx, { locale }) => {
    const { db, organizationId } = ctx;
    const names = {
      segments: await knownSegmentsOf(ctx),
      sellers: await sellersOf(ctx),
      purposes: await purposesOf(ctx),
    };
    const call = await usualCallOf(ctx, names);
    const rows = await db.segment.findMany({
      where: { organizationId, archivedAt: null },
      orderBy: { name: "asc" },
      include: { waterfalls: { where: call } },
    });
    const items = [];
    for (const row of rows) {
      const id = SegmentId.parse(row.id);
      const rule = names.segments.get(id)?.rule ?? Rule.parse({ is: "any", of: [] });
      if (!seesRule(ctx.actor, rule, names.segments)) continue;
      const sizes = await db.segmentSize.findMany({
        where: { organizationId, segmentId: id },
        select: { at: true, size: true },
        orderBy: { at: "desc" },
        take: SIZES_SHOWN,
      });
      items.push({
        id,
        name: row.name,
        version: row.version,
        sentence: tellRule(locale, rule, names),
        size: row.size,
        refreshedAt: row.refreshedAt,
        /** Until when activities that came since are accounted for. */
        followedAt: row.followedAt,
        /** Whether the size is that of the rules in force: its own, and all that it rests on. */
        isCurrent: isFound(row, names.segments),
        sizes: sizes.toReversed(),
        callable: callableIn(row.waterfalls),
      });
    }
    return items;
  },
  audit: "by run",
});

/** The calls that are screened for where nobody names any; where there are none, no waterfall is of them. */
async function usualCallOf(
  ctx: TransactionContext,
  { sellers, purposes }: { sellers: readonly unknown[]; purposes: readonly unknown[] },
) {
  if (sellers.length === 0 || purposes.length === 0) return { purpose: { in: [] } };
  const { seller, purpose } = await callOf(ctx, {});
  return { sellerId: seller.id, purpose };
}

/** How many could be called when they were screened the last time. */
function callableIn([waterfall]: readonly { at: Date; counts: unknown }[]) {
  if (waterfall === undefined) return null;
  return { at: waterfall.at, count: PlaceCounts.parse(waterfall.counts).callable };
}

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

export type SegmentVersionListed = {
  number: number;
  at: Date;
  by: NamedActor | null;
  sentence: string;
  /** Differences from the previous version; null for the first, or if the previous one is not shown. */
  changes: RuleChanges | null;
};

/**
 * Lists all versions of a segment's rule, the latest first: who saved each and when, and what it changed.
 * Those that asked for consents to a seller for whom the actor does not work are left out.
 */
export const listSegmentVersions = query({
  name: "listSegmentVersions",
  action: "segment.read",
  input: z.custom<{ segmentId: SegmentId; locale: Locale }>(),
  run: async (ctx, { segmentId, locale }): Promise<SegmentVersionListed[]> => {
    const { db, organizationId } = ctx;
    await requireSeen(ctx, segmentId);
    const rows = await db.segmentVersion.findMany({
      where: { organizationId, segmentId },
      orderBy: { number: "asc" },
    });
    if (rows.length === 0) throw new ServiceError("not-found", { key: "segment.not-found" });
    const names = await readRuleNames(ctx);
    const nameOf = await actorNames(
      ctx,
      rows.map(({ actor }) => actor),
    );
    const rules = rows.map(({ rule }) => Rule.parse(rule));
    const isSeen = (rule: Rule) => seesRule(ctx.actor, rule, names.segments);
    const versions = rows.flatMap(({ number, at, actor }, index) => {
      const [rule, before] = [rules[index], rules[index - 1]];
      if (rule === undefined || !isSeen(rule)) return [];
      const changes = before && isSeen(before) ? compareRules(locale, before, rule, names) : null;
      const sentence = tellRule(locale, rule, names);
      return { number, at, by: nameOf(actor), sentence, changes };
    });
    return versions.toReversed();
  },
  audit: "by run",
});

/** What rules name, by what it is called now. */
const readRuleNames = async (ctx: TransactionContext) => ({
  segments: await knownSegmentsOf(ctx, { isArchivedToo: true }),
  sellers: await sellersOf(ctx),
  purposes: await purposesOf(ctx),
});
