import type { Reason } from "./reason.ts";
import type { Message } from "../../platform/message/index.ts";

/** Result of `screen`, with all reasons in order. A call is allowed exactly if nothing refuses it. */
export type Verdict = {
  verdict: "allow" | "refuse";
  refusals: readonly Reason[];
  warnings: readonly Reason[];
  /** The first instant at which waiting alone gives leave; null where some refusal does not end so. */
  callableFrom: Date | null;
};

const refused = (refusal: Reason): Verdict => ({
  verdict: "refuse",
  refusals: [refusal],
  warnings: [],
  callableFrom: null,
});

/** The verdict on what is no number; `fault` says what is wrong with it. Nothing else is evaluated. */
export const refuseInvalidNumber = (fault: Message) =>
  refused({ reason: "number-invalid", message: fault });

/** The verdict when the facts could not be had; `fault` says why, where that is known. */
export const refuseUnchecked = (fault: Message = { key: "refusal.cannot-check" }) =>
  refused({ reason: "cannot-check", message: fault });
