import { command } from "../../platform/verb.ts";
import { rolesThatMay } from "@ringfence/core/platform/access";
import { AssignViolation } from "@ringfence/core/calling/violation";
import { ServiceError } from "../../platform/errors.ts";
import { takeStep } from "./take-step.ts";

/** Gives a violation to a member who may settle it, or back to all. */
export const assignViolation = command({
  name: "assignViolation",
  action: "violation.settle",
  input: AssignViolation,
  run: async (ctx, { violationId, ownerId }) => {
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
  },
  audit: "by run",
});
