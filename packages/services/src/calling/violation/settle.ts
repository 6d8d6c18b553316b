import {
  ServiceError,
  type TransactionContext,
  command,
  toStoredActor,
} from "../../platform/internal.ts";
import { listMembersWhoMay } from "../../account/member/internal.ts";
import {
  AssignViolation,
  CloseViolation,
  type ClosingReason,
  NoteViolation,
  type StepKind,
} from "@ringfence/core/calling/violation";
import type { ViolationId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import { violationNotFoundError } from "./violation.ts";

/** Gives a violation to a member who may settle it, or back to all. */
export const assignViolation = command({
  name: "assignViolation",
  action: "violation.settle",
  input: AssignViolation,
  run: async (ctx, { violationId, ownerId }) => {
    const { db, organizationId } = ctx;
    const isKnown =
      ownerId === null ||
      (await listMembersWhoMay(ctx, "violation.settle")).some(({ id }) => id === ownerId);
    if (!isKnown)
      throw new ServiceError("invalid-field", { key: "violation.owner-unknown" }, "/ownerId");
    await recordStep(ctx, violationId, { kind: "assigned", details: { ownerId } });
    await db.violation.updateMany({
      where: { organizationId, id: violationId },
      data: { ownerId },
    });
  },
  audit: (_, { violationId }) => ({ violationId, step: "assigned" }),
});

/** Adds a note to a violation about what was found out or done. */
export const noteViolation = command({
  name: "noteViolation",
  action: "violation.settle",
  input: NoteViolation,
  run: async (ctx, { violationId, text }) => {
    await recordStep(ctx, violationId, { kind: "noted", text });
  },
  audit: (_, { violationId }) => ({ violationId, step: "noted" }),
});

/** Closes a violation with its outcome. Only a new cause opens it again. */
export const closeViolation = command({
  name: "closeViolation",
  action: "violation.settle",
  input: CloseViolation,
  run: async (ctx, { violationId, reason, text }) => {
    const { db, organizationId, now } = ctx;
    await recordStep(ctx, violationId, { kind: "closed", details: { reason }, text });
    await db.violation.updateMany({
      where: { organizationId, id: violationId },
      data: { closedAt: now },
    });
  },
  audit: (_, { violationId }) => ({ violationId, step: "closed" }),
});

type Step = {
  kind: StepKind;
  details?: { ownerId?: string | null; reason?: ClosingReason };
  text?: string;
};

/**
 * Records a step on an open violation. A closed one stays as it was settled. The text is stored apart from the step, so
 * that it can be erased.
 */
async function recordStep(
  ctx: TransactionContext,
  violationId: ViolationId,
  { kind, details = {}, text }: Step,
) {
  const { db, organizationId, actor, now } = ctx;
  const violation = await db.$kysely
    .selectFrom("violation")
    .select("closedAt")
    .where("organizationId", "=", organizationId)
    .where("id", "=", violationId)
    .forUpdate()
    .executeTakeFirstOrThrow(violationNotFoundError);
  if (violation.closedAt !== null) throw new ServiceError("conflict", { key: "violation.closed" });

  const note = text === undefined ? {} : { notes: { create: { text: mendText(text) } } };
  await db.violationStep.create({
    data: {
      organizationId,
      violationId,
      kind,
      details,
      at: now,
      actor: toStoredActor(actor),
      ...note,
    },
  });
}
