import {
  type Fault,
  type Finding,
  cannotTell,
  fail,
  failIfAny,
  notApplicable,
  pass,
  quoteEvidence,
} from "../finding.ts";
import {
  CapturedEvidence,
  type FormContext,
  type RenderedForm,
  type ScriptLine,
} from "../check-input.ts";
import { type Topic, containsName, mentions } from "../wording.ts";

/**
 * Check 29: all kinds of evidence of the consent are kept, among them the time by the server's clock, not the
 * visitor's.
 */
export function checkEvidenceCaptured(_: RenderedForm, { captured }: FormContext): Finding {
  if (captured === undefined) return cannotTell({ key: "form-check.evidence-captured.ask" });
  const missing = CapturedEvidence.options.filter((kind) => !captured.includes(kind));
  const evidence = { values: { kept: captured.join(", ") } };
  if (missing.length === 0) return pass(evidence);
  return fail(
    missing.map((kind) => ({ key: "form-check.evidence-captured.missing", values: { kind } })),
    evidence,
  );
}

const consentLimits = ["seller", "channel", "purpose"] as const;

/**
 * Check 31: a consent cannot be used for other calls, because each call is compared with its seller, channel
 * and purpose.
 */
export function checkNotReused(_: RenderedForm, { screenedBy }: FormContext): Finding {
  if (screenedBy === undefined) return cannotTell({ key: "form-check.not-reused.ask" });
  const missing = consentLimits.filter((limit) => !screenedBy.includes(limit));
  const evidence = { values: { screenedBy: screenedBy.join(", ") } };
  if (missing.length === 0) return pass(evidence);
  return fail(
    missing.map((bound) => ({ key: "form-check.not-reused.unbound", values: { bound } })),
    evidence,
  );
}

const requiredTopics = [
  { topic: "marketing", what: "purpose" },
  { topic: "call", what: "channel" },
  { topic: "withdraw", what: "withdrawal" },
] as const satisfies readonly { topic: Topic; what: string }[];

/**
 * Check 33: before the person's yes, the agent has named the seller, the marketing purpose, calls and the
 * right to withdraw, and the yes directly follows a question. It reads the transcript of the recording.
 */
export function checkSpokenInFull(_: RenderedForm, { transcript, seller }: FormContext): Finding {
  // Null: the form is not spoken. Undefined: nobody gave the transcript.
  if (transcript === null) return notApplicable({ key: "form-check.na.not-spoken" });
  if (transcript === undefined) return cannotTell({ key: "form-check.spoken-in-full.ask" });

  const yesIndex = findDecidingYes(transcript);
  // Only what was said before the yes was agreed to.
  const linesBeforeYes = yesIndex < 0 ? transcript : transcript.slice(0, yesIndex);
  const agentText = linesBeforeYes
    .filter(({ speaker }) => speaker === "agent")
    .map(({ text }) => text)
    .join("\n");
  const missing = [
    ...(containsName(seller.legalName, agentText) ? [] : ["seller"]),
    ...requiredTopics.filter(({ topic }) => !mentions(topic, agentText)).map(({ what }) => what),
  ];
  const faults: Fault[] = [
    ...missing.map((what) => ({
      key: "form-check.spoken-in-full.missing" as const,
      values: { what },
    })),
    ...(yesIndex < 0 ? [{ key: "form-check.spoken-in-full.no-yes" } as const] : []),
    ...(yesIndex >= 0 && !isQuestion(transcript[yesIndex - 1])
      ? [{ key: "form-check.spoken-in-full.unasked" } as const]
      : []),
  ];
  return failIfAny(
    faults,
    ...transcript
      .slice(Math.max(0, yesIndex - 1), yesIndex + 1)
      .map(({ text }) => quoteEvidence(text)),
  );
}

/**
 * Finds the yes that gives the consent: the first one after a question that asks for it ("May we …?", "Do you
 * agree?"), so that a yes to "Am I speaking with Ms. Lee?" is passed over. If no such question is answered
 * with yes, it is the first yes. -1 if there is none.
 */
function findDecidingYes(transcript: readonly ScriptLine[]): number {
  const consenting = transcript.findIndex(
    (line, index) => isYes(line) && asksForConsent(transcript[index - 1]),
  );
  return consenting >= 0 ? consenting : transcript.findIndex(isYes);
}

const asksForConsent = (line: ScriptLine | undefined) =>
  line?.speaker === "agent" && mentions("question", line.text);

const isYes = ({ speaker, text }: ScriptLine) =>
  speaker === "person" && mentions("spokenYes", text) && !mentions("negation", text);

const isQuestion = (line: ScriptLine | undefined) =>
  asksForConsent(line) || (line?.speaker === "agent" && line.text.includes("?"));
