import {
  type TransactionContext,
  loadActorNames,
  loadMemberNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  ClosingReason,
  ListViolations,
  StepKind,
  ViolationCause,
  listFilteredCauses,
  severityRank,
} from "@ringfence/core/calling/violation";
import { toViolationViews, violationNotFoundError, violationRelations } from "./violation.ts";
import { type CallId, MemberId, ScreeningId, ViolationId } from "@ringfence/core/ids";
import { listMembersWhoMay } from "../../account/member/internal.ts";
import { z } from "zod";
import { sql } from "kysely";
import { screeningOfCall } from "../screening/internal.ts";

/**
 * Lists violations page by page, the gravest first and among equals the latest found. `count` counts all that
 * match.
 */
export const listViolations = query({
  name: "listViolations",
  action: "violation.read",
  input: ListViolations,
  run: async (ctx, { status, severity, cause, from, after, limit }) => {
    const { db, organizationId } = ctx;
    const matching = {
      organizationId,
      ...(status !== "all" && { closedAt: status === "open" ? null : { not: null } }),
      ...(severity && { rank: severityRank(severity) }),
      ...(cause && { codes: { hasSome: [...listFilteredCauses(cause)] } }),
      ...(from && { at: { gte: from } }),
    };
    const last = after && (await db.violation.findFirst({ where: { organizationId, id: after } }));
    const beyond = last && {
      OR: [{ rank: { gt: last.rank } }, { rank: last.rank, id: { lt: last.id } }],
    };
    const rows = await db.violation.findMany({
      where: { AND: [matching, beyond ?? {}] },
      orderBy: [{ rank: "asc" }, { id: "desc" }],
      take: limit + 1,
      include: violationRelations,
    });
    const items = await toViolationViews(ctx, rows.slice(0, limit));
    return {
      items,
      count: await db.violation.count({ where: matching }),
      next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
    };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});

const Details = z.object({
  causes: z.array(ViolationCause).optional(),
  ownerId: MemberId.nullable().optional(),
  reason: ClosingReason.optional(),
});

/** Returns one violation with its history since it was found, and the members to whom it can be assigned. */
export const readViolation = query({
  name: "readViolation",
  action: "violation.read",
  input: ViolationId,
  run: async (ctx, violationId) => {
    const { db, organizationId } = ctx;
    const row = await db.violation.findFirst({
      where: { organizationId, id: violationId },
      include: violationRelations,
    });
    if (row === null) throw violationNotFoundError();
    const [violation] = await toViolationViews(ctx, [row]);
    if (violation === undefined) throw violationNotFoundError();
    return {
      ...violation,
      screening: violation.call && (await findScreeningOfCall(ctx, violation.call.id)),
      steps: await loadSteps(ctx, violationId),
      owners: await listMembersWhoMay(ctx, "violation.settle"),
    };
  },
  audit: ({ id: violationId, call }) => ({
    ...(call && { phoneId: call.phoneId }),
    violationId,
  }),
});

async function loadSteps(ctx: TransactionContext, violationId: ViolationId) {
  const { db, organizationId } = ctx;
  const rows = await db.violationStep.findMany({
    where: { organizationId, violationId },
    orderBy: { id: "asc" },
    include: { notes: { select: { text: true } } },
  });
  const steps = rows.map((row) => ({ ...row, details: Details.parse(row.details) }));
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const owners = await loadMemberNames(
    ctx,
    steps.flatMap(({ details }) => details.ownerId ?? []),
  );
  return steps.map(({ id, kind, details: { causes, ownerId, reason }, notes, at, actor }) => ({
    id,
    kind: StepKind.parse(kind),
    causes: causes ?? [],
    /** Null if it is assigned to nobody. */
    owner: ownerId ? (owners.get(ownerId) ?? null) : null,
    reason: reason ?? null,
    text: notes[0]?.text ?? null,
    at,
    by: nameActor(actor),
  }));
}

/** The screening of a call, whatever it decided, and whether the log names it. */
const CallScreening = z.object({ id: ScreeningId, isNamed: z.boolean() });
export type CallScreening = z.infer<typeof CallScreening>;

/** Finds the screening of a call. Null if there is none. */
async function findScreeningOfCall(
  ctx: TransactionContext,
  callId: CallId,
): Promise<CallScreening | null> {
  const [found] = await selectRows(
    ctx,
    CallScreening,
    sql`
    SELECT screening.id, call.screening_id IS NOT NULL AS is_named
    FROM call JOIN ${screeningOfCall} ON true
    WHERE call.organization_id = ${ctx.organizationId}::uuid AND call.id = ${callId}::uuid`,
  );
  return found ?? null;
}
