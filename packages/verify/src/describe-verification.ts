import {
  type Outcome,
  describeClaims,
  type Verification,
  type VerificationStep,
} from "@ringfence/core/proof/ledger";
import {
  type KeyTaking,
  type Locale,
  type Message,
  createMessage,
  say,
} from "@ringfence/core/platform/message";

export type StepText = { title: string; outcome: Outcome; sentence: string };

/** The result of a verification, in words. */
export type VerificationText = {
  verdict: string;
  steps: StepText[];
  /**
   * The same steps by outcome, in this order: failed, passed, consistent, absent. An outcome without steps is left out.
   */
  groups: { outcome: Outcome; title: string; steps: StepText[] }[];
  stated: { label: string; value: string }[];
};

const titles: Record<VerificationStep, KeyTaking<undefined>> = {
  form: "verify.step.form",
  signature: "verify.step.signature",
  words: "verify.step.words",
  kept: "verify.step.kept",
  inclusion: "verify.step.inclusion",
  witnesses: "verify.step.witnesses",
  timestamp: "verify.step.timestamp",
  later: "verify.step.later",
  face: "verify.step.face",
  files: "verify.step.files",
  certificates: "verify.step.certificates",
  statements: "verify.step.statements",
  evidence: "verify.step.evidence",
  records: "verify.step.records",
  law: "verify.step.law",
  keys: "verify.step.keys",
};

const groups = {
  failed: "verify.group.failed",
  passed: "verify.group.passed",
  consistent: "verify.group.consistent",
  absent: "verify.group.absent",
} as const satisfies Record<Outcome, Message["key"]>;

const order: readonly Outcome[] = ["failed", "passed", "consistent", "absent"];

/** Puts the result of a verification into words. What comes from the file cannot pass for a line of ours. */
export function describeVerification(
  locale: Locale,
  verification: Verification,
  zone = "UTC",
): VerificationText {
  const steps = verification.steps.map(({ step, outcome, message }) => ({
    title: say(locale, createMessage(titles[step])),
    outcome,
    sentence: escapeControls(say(locale, message, zone)),
  }));
  return {
    verdict: say(locale, verdictMessage(verification)),
    steps,
    groups: order.flatMap((outcome) => {
      const inGroup = steps.filter((step) => step.outcome === outcome);
      const title = say(locale, { key: groups[outcome] });
      return inGroup.length === 0 ? [] : [{ outcome, title, steps: inGroup }];
    }),
    stated: describeClaims(locale, verification.claims ?? {}, zone).map(({ label, value }) => ({
      label,
      value: escapeControls(value),
    })),
  };
}

function verdictMessage({ verdict, anchor, hasEnded, steps }: Verification): Message {
  const isPack = steps.some(({ step }) => step === "files");
  if (isPack && (verdict === "holds" || verdict === "promised" || verdict === "unclear")) {
    return createMessage(`verify.pack.verdict.${verdict}`, { anchor });
  }
  const isPdf = steps.some(({ step }) => step === "face");
  const values = { anchor, ended: hasEnded ? "yes" : "no", face: isPdf ? "yes" : "no" };
  return createMessage(`verify.verdict.${verdict}`, values);
}

/** Control characters and text-direction marks, which could deceive the reader of a terminal. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Writes a text of the file in one line, with control characters as codes. */
const escapeControls = (text: string): string =>
  text.replaceAll(CONTROLS, (control) =>
    control === "\n" || control === "\t"
      ? " "
      : `\\u${(control.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
