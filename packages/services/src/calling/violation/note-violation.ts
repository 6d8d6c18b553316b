import type { NoteViolation } from "@ringfence/core/calling/violation";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { takeStep } from "./take-step.ts";

/** Puts beside a violation what was found out or done. */
export async function noteViolation(ctx: ServiceContext, { violationId, text }: NoteViolation) {
  allow(ctx, "violation.settle");

  await inTransaction(ctx, (ctx) => takeStep(ctx, violationId, { kind: "noted", text }));
}
