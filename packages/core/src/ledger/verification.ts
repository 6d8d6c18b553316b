import type { Message } from "../message/index.ts";
import type { Claims } from "./statement.ts";

/** What is checked, in this order. */
export type VerificationStep =
  | "form"
  | "signature"
  | "words"
  | "kept"
  | "inclusion"
  | "witnesses"
  | "timestamp"
  | "later"
  | "face"
  | "keys";

/**
 * `passed`: proven by keys that the reader has from elsewhere. `consistent`: it fits, by keys that come
 * with the file, which anybody can make. `failed`: it does not fit. `absent`: not proven, and the message
 * says why.
 */
export type Outcome = "passed" | "consistent" | "failed" | "absent";

/**
 * `holds`: nothing is wrong, and the log holds it. `unclear`: the same, but the file leaves out what would
 * show whether it still applies. `promised`: signed, and not proven in full yet. `broken`: something was
 * changed. `unrecognized`: it is no certificate at all.
 */
export type Verdict = "holds" | "unclear" | "promised" | "broken" | "unrecognized";

/** Whose keys it was checked by: the reader's own, those that a site publishes, or the file's. */
export type Anchor = "reader" | "site" | "file";

export type Checked = {
  step: VerificationStep;
  outcome: Outcome;
  message: Message;
  /** The best verdict that this leaves. */
  lowersTo?: "unclear" | "promised";
};

export type Verification = {
  verdict: Verdict;
  anchor: Anchor;
  /** The name of the log, as the file gives it. */
  origin: string | null;
  steps: readonly Checked[];
  /** What is stated, when it could be read and was signed. */
  claims: Claims | null;
  /** What was stated later, as far as it is shown, oldest first. */
  later: readonly Claims[];
  /** Whether something stated later ends it: a withdrawal, a refusal, a correction. */
  hasEnded: boolean;
};

/** The verdict over steps, of which one that failed spoils all. */
export function verdictOf(steps: readonly Checked[]): Verdict {
  const failures = steps.filter(({ outcome }) => outcome === "failed");
  if (failures.some(({ step, message }) => step === "form" && unrecognized.has(message.key))) {
    return "unrecognized";
  }
  if (failures.length > 0) return "broken";
  const isIncluded = steps.some(
    ({ step, outcome }) => step === "inclusion" && outcome !== "absent",
  );
  if (!isIncluded || steps.some(({ lowersTo }) => lowersTo === "promised")) return "promised";
  return steps.some(({ lowersTo }) => lowersTo === "unclear") ? "unclear" : "holds";
}

const unrecognized: ReadonlySet<Message["key"]> = new Set([
  "verify.no-certificate",
  "verify.pdf-without",
  "verify.form-newer",
]);

/** A verification with one more step, put before another, and the verdict over all of them. */
export function addStep(
  verification: Verification,
  checked: Checked,
  before: VerificationStep,
): Verification {
  const index = verification.steps.findIndex(({ step }) => step === before);
  const steps = verification.steps.toSpliced(index, 0, checked);
  return { ...verification, verdict: verdictOf(steps), steps };
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
export const absent = (
  step: VerificationStep,
  message: Message,
  lowersTo?: Checked["lowersTo"],
): Checked => ({ step, outcome: "absent", message, ...(lowersTo && { lowersTo }) });
