import type { Message } from "../message/index.ts";
import type { Claims } from "./statement.ts";

/** What is looked at, in this order. */
export type VerificationStep =
  | "form"
  | "signature"
  | "words"
  | "inclusion"
  | "witnesses"
  | "timestamp"
  | "later"
  | "keys";

/** `absent`: there is nothing to check, which the message explains. */
export type Outcome = "passed" | "failed" | "absent";

export type Checked = { step: VerificationStep; outcome: Outcome; message: Message };

/**
 * `holds`: nothing is wrong with it, and the log holds it. `promised`: it is signed, and the log does
 * not hold it yet as far as the file says. `broken`: something is not as it was.
 */
export type Verification = {
  verdict: "holds" | "promised" | "broken";
  steps: readonly Checked[];
  /** What is stated, when it could be read and was signed. */
  claims: Claims | null;
  /** What was stated later, as far as it is shown, the first first. */
  later: readonly Claims[];
};

/** The verdict over steps, of which one that failed spoils all. */
export function verdictOf(steps: readonly Checked[]): Verification["verdict"] {
  if (steps.some(({ outcome }) => outcome === "failed")) return "broken";
  const inclusion = steps.find(({ step }) => step === "inclusion");
  return inclusion?.outcome === "passed" ? "holds" : "promised";
}

export const passed = (step: VerificationStep, message: Message): Checked => ({
  step,
  outcome: "passed",
  message,
});
export const failed = (step: VerificationStep, message: Message): Checked => ({
  step,
  outcome: "failed",
  message,
});
export const absent = (step: VerificationStep, message: Message): Checked => ({
  step,
  outcome: "absent",
  message,
});
