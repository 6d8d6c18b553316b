import { query } from "../../platform/verb.ts";
import { MemberId, ViolationId } from "@ringfence/core/ids";
import { rolesThatMay } from "@ringfence/core/platform/access";
import { ClosingReason, StepKind, ViolationCause } from "@ringfence/core/calling/violation";
import { z } from "zod";
import { actorNames } from "../../platform/access/actor-names.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { namesOf } from "../../platform/access/member-names.ts";
import { screeningOfCall } from "./screening-of-call.ts";
import { violationNotFound } from "./violation-not-found.ts";
import { viewViolations, withCall } from "./violation-view.ts";

const Details = z.object({
  causes: z.array(ViolationCause).optional(),
  ownerId: MemberId.nullable().optional(),
  reason: ClosingReason.optional(),
});

/** One violation with what happened since it was found, and who may be given it. */
export const readViolation = query({
  name: "readViolation",
  action: "violation.read",
  input: ViolationId,
  run: async (ctx, violationId) => {
    const { db, organizationId } = ctx;
    const row = await db.violation.findFirst({
      where: { organizationId, id: violationId },
      include: withCall,
    });
    if (row === null) throw violationNotFound();
    const [violation] = await viewViolations(ctx, [row]);
    if (violation === undefined) throw violationNotFound();
    await appendAudit(ctx, "violation.read", {
      ...(violation.call && { phoneId: violation.call.phoneId }),
      violationId,
    });
    return {
      ...violation,
      screening: violation.call && (await screeningOfCall(ctx, violation.call.id)),
      steps: await stepsOf(ctx, violationId),
      owners: await ownersOf(ctx),
    };
  },
  audit: "by run",
});

async function stepsOf(ctx: TransactionContext, violationId: ViolationId) {
  const { db, organizationId } = ctx;
  const rows = await db.violationStep.findMany({
    where: { organizationId, violationId },
    orderBy: { id: "asc" },
    include: { notes: { select: { text: true } } },
  });
  const steps = rows.map((row) => ({ ...row, details: Details.parse(row.details) }));
  const nameOf = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  const owners = await namesOf(
    ctx,
    steps.flatMap(({ details }) => details.ownerId ?? []),
  );
  return steps.map(({ id, kind, details: { causes, ownerId, reason }, notes, at, actor }) => ({
    id,
    kind: StepKind.parse(kind),
    causes: causes ?? [],
    /** Null where it was given back to all. */
    owner: ownerId ? (owners.get(ownerId) ?? null) : null,
    reason: reason ?? null,
    text: notes[0]?.text ?? null,
    at,
    by: nameOf(actor),
  }));
}

async function ownersOf({ db, organizationId }: TransactionContext) {
  const rows = await db.member.findMany({
    where: { organizationId, role: { in: rolesThatMay("violation.settle") }, removedAt: null },
    orderBy: { name: "asc" },
    select: { id: true, name: true },
  });
  return rows.map(({ id, name }) => ({ id: MemberId.parse(id), name }));
}
