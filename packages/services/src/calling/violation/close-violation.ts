import type { CloseViolation } from "@ringfence/core/calling/violation";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { takeStep } from "./take-step.ts";

/** Settles a violation, and says how. Only what is found beside opens it again. */
export async function closeViolation(
  ctx: ServiceContext,
  { violationId, reason, text }: CloseViolation,
) {
  allow(ctx, "violation.settle");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    await takeStep(ctx, violationId, { kind: "closed", details: { reason }, text });
    await db.violation.updateMany({
      where: { organizationId, id: violationId },
      data: { closedAt: now },
    });
  });
}
