import type { Reason } from "./reason.ts";
import type { Message } from "../../platform/message/index.ts";

/** Result of `screen`, with all reasons in order. A call is allowed exactly if nothing refuses it. */
export type Verdict = {
  verdict: "allow" | "refuse";
  refusals: readonly Reason[];
  warnings: readonly Reason[];
  /**
   * Instant from which a refused call is allowed if nothing else changes; null if some refusal does not end by waiting,
   * and for an allowed call.
   */
  callableFrom: Date | null;
};

const refuseFor = (refusal: Reason): Verdict => ({
  verdict: "refuse",
  refusals: [refusal],
  warnings: [],
  callableFrom: null,
});

/** Refuses a call to an invalid number, without any other check. `fault` says what is wrong with it. */
export const refuseInvalidNumber = (fault: Message) =>
  refuseFor({ reason: "number-invalid", message: fault });

/** Refuses a call because its facts could not be read. `fault` says why, if known. */
export const refuseUnchecked = (fault: Message = { key: "refusal.cannot-check" }) =>
  refuseFor({ reason: "cannot-check", message: fault });
