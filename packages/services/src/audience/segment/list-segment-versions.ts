import { query } from "../../platform/verb.ts";
import { z } from "zod";
import type { SegmentId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { compareRules, Rule, type RuleChanges, tellRule } from "@ringfence/core/audience/segment";
import { actorNames, type NamedActor } from "../../platform/access/actor-names.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { seesRule } from "./allow-rule.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";
import { requireSeen } from "./require-seen-segment.ts";

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
