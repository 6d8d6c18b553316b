import { type TransactionContext, loadMemberNames, query } from "../../platform/internal.ts";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { notOver } from "./closed-days.ts";

/**
 * A decision of an owner or officer that changes which rules apply: an eased rule, an emergency or closed days. `until`
 * is the time at which a member or an update of the law ended it; null if nobody did, even if all its closed days are
 * over.
 */
export type RuleDecision = {
  id: string;
  from: Date;
  until: Date | null;
  /** Name of the member who decided; null if unknown. */
  by: string | null;
  /**
   * Name of the member who ended it; null if not ended, if an update of the law ended it, or if unknown. Not recorded
   * for emergencies and closed days.
   */
  endedBy: string | null;
  /** Null if it was decided before reasons were required. */
  reason: string | null;
} & (
  | { kind: "eased"; ruleId: string }
  | { kind: "emergency"; jurisdiction: JurisdictionId }
  | {
      kind: "closed-day";
      jurisdiction: JurisdictionId;
      /** The only region that was closed; null if all of the jurisdiction was. */
      region: string | null;
      first: string;
      last: string;
    }
);

/**
 * Maximum of past easings, of past emergencies and of past closed days; older ones are left out. Those in force are all
 * listed.
 */
const MAX_DECISIONS = 100;

/** Lists decisions that change which rules apply, past and present, latest first. */
export const listRuleDecisions = query({
  name: "listRuleDecisions",
  action: "rule.read",
  run: async (ctx): Promise<RuleDecision[]> => {
    // Until names are added, `by` and `endedBy` are ids of members.
    const rows = [
      ...(await loadEasings(ctx)),
      ...(await loadEmergencies(ctx)),
      ...(await loadClosedDays(ctx)),
    ];
    const names = await loadMemberNames(
      ctx,
      rows.flatMap(({ by, endedBy }) => [by, endedBy].filter((id) => id !== null)),
    );
    const findName = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
    return rows
      .map((row) => ({ ...row, by: findName(row.by), endedBy: findName(row.endedBy) }))
      .toSorted((a, b) => b.from.getTime() - a.from.getTime());
  },
  audit: "none",
});

async function loadEasings({ db, organizationId }: TransactionContext): Promise<RuleDecision[]> {
  const where = { organizationId };
  const current = await db.ruleOverride.findMany({ where });
  const past = await db.pastRuleOverride.findMany({
    where,
    orderBy: { at: "desc" },
    take: MAX_DECISIONS,
  });
  return [
    ...current.map(({ ruleId, at, memberId, reason }) => ({
      kind: "eased" as const,
      id: ruleId,
      ruleId,
      reason,
      from: at,
      until: null,
      by: memberId,
      endedBy: null,
    })),
    ...past.map(({ id, ruleId, at, endedAt, memberId, endedBy, reason }) => ({
      kind: "eased" as const,
      id,
      ruleId,
      reason,
      from: at,
      until: endedAt,
      by: memberId,
      endedBy,
    })),
  ];
}

async function loadEmergencies({
  db,
  organizationId,
}: TransactionContext): Promise<RuleDecision[]> {
  const current = await db.emergency.findMany({ where: { organizationId, until: null } });
  const past = await db.emergency.findMany({
    where: { organizationId, until: { not: null } },
    orderBy: { from: "desc" },
    take: MAX_DECISIONS,
  });
  return [...current, ...past].map(({ id, jurisdiction, from, until, memberId, reason }) => ({
    kind: "emergency" as const,
    id,
    jurisdiction: JurisdictionId.parse(jurisdiction),
    from,
    until,
    by: memberId,
    endedBy: null,
    reason,
  }));
}

async function loadClosedDays(ctx: TransactionContext): Promise<RuleDecision[]> {
  const { db, organizationId } = ctx;
  const isNotOver = notOver(ctx);
  const current = await db.closedDay.findMany({ where: { organizationId, ...isNotOver } });
  const past = await db.closedDay.findMany({
    where: { organizationId, NOT: isNotOver },
    orderBy: { from: "desc" },
    take: MAX_DECISIONS,
  });
  return [...current, ...past].map(
    ({ id, jurisdiction, region, firstDay, lastDay, from, until, memberId, reason }) => ({
      kind: "closed-day" as const,
      id,
      jurisdiction: JurisdictionId.parse(jurisdiction),
      region,
      first: toIsoDate(firstDay),
      last: toIsoDate(lastDay),
      from,
      until,
      by: memberId,
      endedBy: null,
      reason,
    }),
  );
}

const toIsoDate = (day: Date) => day.toISOString().slice(0, 10);
