import { command } from "../../platform/verb.ts";
import { CloseViolation } from "@ringfence/core/calling/violation";
import { takeStep } from "./take-step.ts";

/** Settles a violation, and says how. Only what is found beside opens it again. */
export const closeViolation = command({
  name: "closeViolation",
  action: "violation.settle",
  input: CloseViolation,
  run: async (ctx, { violationId, reason, text }) => {
    const { db, organizationId, now } = ctx;
    await takeStep(ctx, violationId, { kind: "closed", details: { reason }, text });
    await db.violation.updateMany({
      where: { organizationId, id: violationId },
      data: { closedAt: now },
    });
  },
  audit: "by run",
});
