import type { Message } from "../message/index.ts";
import type { Refusal } from "./reason.ts";
import type { Verdict } from "./verdict.ts";

const refused = (refusal: Refusal): Verdict => ({
  verdict: "refuse",
  refusals: [refusal],
  warnings: [],
  callableFrom: null,
});

/** The verdict on what is no number; `fault` says what is wrong with it. Nothing else is evaluated. */
export const numberInvalid = (fault: Message) =>
  refused({ reason: "number-invalid", message: fault });

/** The verdict when the facts could not be had. */
export const cannotCheck = refused({
  reason: "cannot-check",
  message: { key: "refusal.cannot-check" },
});
