import { type TransactionContext, loadMemberNames, query } from "../../platform/internal.ts";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";

/** An officer's decision about a rule, with its period. `until` is null while it is in force. */
export type RuleDecision = {
  id: string;
  from: Date;
  until: Date | null;
  /** The members who made and ended the decision; null if unknown, or if it has not ended. */
  by: string | null;
  endedBy: string | null;
  /** Null if it was decided before reasons were required. */
  reason: string | null;
} & (
  | { kind: "eased"; ruleId: string }
  | { kind: "emergency"; jurisdiction: JurisdictionId }
  | { kind: "closed-day"; jurisdiction: JurisdictionId; first: string; last: string }
);

/** Maximum for each kind of decision. */
const MAX_DECISIONS = 100;

/** Lists officers' decisions about rules, past and present, latest first. */
export const listRuleDecisions = query({
  name: "listRuleDecisions",
  action: "rule.read",
  run: async (ctx): Promise<RuleDecision[]> => {
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
  const now = await db.ruleOverride.findMany({ where });
  const past = await db.pastRuleOverride.findMany({
    where,
    orderBy: { at: "desc" },
    take: MAX_DECISIONS,
  });
  return [
    ...now.map(({ ruleId, at, memberId, reason }) => ({
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
  const rows = await db.emergency.findMany({
    where: { organizationId },
    orderBy: { from: "desc" },
    take: MAX_DECISIONS,
  });
  return rows.map(({ id, jurisdiction, from, until, memberId, reason }) => ({
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

async function loadClosedDays({ db, organizationId }: TransactionContext): Promise<RuleDecision[]> {
  const rows = await db.closedDay.findMany({
    where: { organizationId },
    orderBy: { from: "desc" },
    take: MAX_DECISIONS,
  });
  return rows.map(({ id, jurisdiction, firstDay, lastDay, from, until, memberId, reason }) => ({
    kind: "closed-day" as const,
    id,
    jurisdiction: JurisdictionId.parse(jurisdiction),
    first: isoDate(firstDay),
    last: isoDate(lastDay),
    from,
    until,
    by: memberId,
    endedBy: null,
    reason,
  }));
}

const isoDate = (day: Date) => day.toISOString().slice(0, 10);
