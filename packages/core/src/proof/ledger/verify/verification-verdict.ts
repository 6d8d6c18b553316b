import type { Message } from "../../../platform/message/index.ts";
import type { Claims } from "../statement.ts";

/**
 * Steps of a verification; those of a certificate come in this order. `kept`: signed claims that the file does not show.
 * `later`: whether a later statement ends the first one. `face`: says that the printed text of a PDF is not checked. `files`,
 * `certificates`, `statements`, `evidence`, `records` and `law` are of an evidence pack (`proof/pack`). `keys`: whose keys
 * were used.
 */
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
  | "files"
  | "certificates"
  | "statements"
  | "evidence"
  | "records"
  | "law"
  | "keys";

/**
 * `passed`: proven by keys that the reader has from elsewhere. `consistent`: correct, but only by keys from
 * the file itself, which anybody can make. Both give the same verdict; `anchor` says whose keys it rests on. `failed`:
 * wrong. `absent`: not proven; the message says why.
 */
export type Outcome = "passed" | "consistent" | "failed" | "absent";

/**
 * `holds`: nothing is wrong, and the log contains the statement and any later one that ended it (see `hasEnded`).
 * `unclear`: as `holds`, but the file does not show whether the statement still applies. `promised`: signed, but the
 * log or enough witnesses do not yet confirm it, or the statement that ended it. `broken`: a step failed.
 * `unrecognized`: no certificate, or one of a newer format.
 */
export type Verdict = "holds" | "unclear" | "promised" | "broken" | "unrecognized";

/** Source of the keys with which a file was checked: the reader, the site on which it is checked, or the file itself. */
export type Anchor = "reader" | "site" | "file";

export type CheckedStep = {
  step: VerificationStep;
  outcome: Outcome;
  message: Message;
  /** The best verdict that is still possible after this step. Left out: it lowers nothing, except an open `inclusion`. */
  lowersTo?: "unclear" | "promised";
};

export type Verification = {
  verdict: Verdict;
  anchor: Anchor;
  /** Name of the log, as the file gives it. */
  origin: string | null;
  steps: readonly CheckedStep[];
  /** Claims of the statement, if it could be read and was signed. */
  claims: Claims | null;
  /** Later statements, as far as they are shown, oldest first. */
  later: readonly Claims[];
  /**
   * True if a later statement ends it: of a consent, a withdrawal, an invalidation or an opt-out; of an opt-out, the
   * lifting or the correction; of a suppression, its end.
   */
  hasEnded: boolean;
};

/** Computes the verdict from the steps. One failed step is enough to fail the whole. */
export function computeVerdict(steps: readonly CheckedStep[]): Verdict {
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

/**
 * Inserts a step before another one (before the last step if there is no such step), and computes the verdict again.
 */
export function addStep(
  verification: Verification,
  checked: CheckedStep,
  before: VerificationStep,
): Verification {
  const index = verification.steps.findIndex(({ step }) => step === before);
  const steps = verification.steps.toSpliced(index, 0, checked);
  return { ...verification, verdict: computeVerdict(steps), steps };
}

export const passStep = (step: VerificationStep, message: Message): CheckedStep => ({
  step,
  outcome: "passed",
  message,
});
export const failStep = (step: VerificationStep, message: Message): CheckedStep => ({
  step,
  outcome: "failed",
  message,
});
/** Creates a step that neither proves nor refutes anything. */
export const leaveStepOpen = (
  step: VerificationStep,
  message: Message,
  lowersTo?: CheckedStep["lowersTo"],
): CheckedStep => ({ step, outcome: "absent", message, ...(lowersTo && { lowersTo }) });
