import {
  type Outcome,
  tellClaims,
  type Verification,
  type VerificationStep,
} from "@ringfence/core/ledger";
import { type Locale, type Message, say } from "@ringfence/core/message";

/** What was found, in the words of a language. */
export type Told = {
  verdict: string;
  steps: { title: string; outcome: Outcome; sentence: string }[];
  stated: { label: string; value: string }[];
};

const titles: Record<VerificationStep, Message["key"]> = {
  form: "verify.step.form",
  signature: "verify.step.signature",
  words: "verify.step.words",
  inclusion: "verify.step.inclusion",
  witnesses: "verify.step.witnesses",
  timestamp: "verify.step.timestamp",
  later: "verify.step.later",
  keys: "verify.step.keys",
};

export const tell = (
  locale: Locale,
  { verdict, steps, claims }: Verification,
  zone = "UTC",
): Told => ({
  verdict: say(locale, { key: `verify.verdict.${verdict}` }),
  steps: steps.map(({ step, outcome, message }) => ({
    title: say(locale, { key: titles[step] }),
    outcome,
    sentence: say(locale, message, zone),
  })),
  stated: tellClaims(locale, claims ?? {}, zone),
});
