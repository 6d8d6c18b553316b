import { command } from "../../platform/verb.ts";
import { NoteViolation } from "@ringfence/core/calling/violation";
import { takeStep } from "./take-step.ts";

/** Puts beside a violation what was found out or done. */
export const noteViolation = command({
  name: "noteViolation",
  action: "violation.settle",
  input: NoteViolation,
  run: async (ctx, { violationId, text }) => {
    await takeStep(ctx, violationId, { kind: "noted", text });
  },
  audit: "by run",
});
