import { rolesThatMay } from "@ringfence/core/platform/access";
import type { AssignViolation } from "@ringfence/core/calling/violation";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { takeStep } from "./take-step.ts";

/** Gives a violation to a member who may settle it, or back to all. */
export async function assignViolation(
  ctx: ServiceContext,
  { violationId, ownerId }: AssignViolation,
) {
  allow(ctx, "violation.settle");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const roles = rolesThatMay("violation.settle");
    const isKnown =
      ownerId === null ||
      (await db.member.count({
        where: { organizationId, id: ownerId, role: { in: roles }, removedAt: null },
      })) > 0;
    if (!isKnown)
      throw new ServiceError("invalid-field", { key: "violation.owner-unknown" }, "/ownerId");
    await takeStep(ctx, violationId, { kind: "assigned", details: { ownerId } });
    await db.violation.updateMany({
      where: { organizationId, id: violationId },
      data: { ownerId },
    });
  });
}
