import type { ViolationId } from "@ringfence/core/ids";
import type { ClosingReason, StepKind } from "@ringfence/core/calling/violation";
import { mendText } from "@ringfence/core/platform/text";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { violationNotFound } from "./violation-not-found.ts";

type Step = {
  kind: StepKind;
  details?: { ownerId?: string | null; reason?: ClosingReason };
  text?: string;
};

/** Puts on record what is done with a violation that is open; what is closed stays as it was settled. */
export async function takeStep(
  ctx: TransactionContext,
  violationId: ViolationId,
  { kind, details = {}, text }: Step,
) {
  const { db, organizationId, actor, now } = ctx;
  const rows = await db.$queryRaw<{ closedAt: Date | null }[]>`
    SELECT closed_at AS "closedAt" FROM violation
    WHERE organization_id = ${organizationId}::uuid AND id = ${violationId}::uuid FOR UPDATE`;
  const [violation] = rows;
  if (violation === undefined) throw violationNotFound();
  if (violation.closedAt !== null) throw new ServiceError("conflict", { key: "violation.closed" });

  const note = text === undefined ? {} : { notes: { create: { text: mendText(text) } } };
  await db.violationStep.create({
    data: {
      organizationId,
      violationId,
      kind,
      details,
      at: now,
      actor: actorOnRecord(actor),
      ...note,
    },
  });
  await appendAudit(ctx, "violation.settle", { violationId, step: kind });
}
