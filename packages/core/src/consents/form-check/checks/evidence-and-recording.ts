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

/** Check 29: evidence of the act is kept, with a time of the server rather than the visitor. */
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

const bounds = ["seller", "channel", "purpose"] as const;

/** Check 31: before each call, the consent is compared with seller, channel and purpose. */
export function checkNotReused(_: RenderedForm, { screenedBy }: FormContext): Finding {
  if (screenedBy === undefined) return cannotTell({ key: "form-check.not-reused.ask" });
  const missing = bounds.filter((bound) => !screenedBy.includes(bound));
  const evidence = { values: { screenedBy: screenedBy.join(", ") } };
  if (missing.length === 0) return pass(evidence);
  return fail(
    missing.map((bound) => ({ key: "form-check.not-reused.unbound", values: { bound } })),
    evidence,
  );
}

const spoken = [
  { topic: "marketing", what: "purpose" },
  { topic: "call", what: "channel" },
  { topic: "withdraw", what: "withdrawal" },
] as const satisfies readonly { topic: Topic; what: string }[];

/** Check 33: the recording contains the whole text, a question, and then a clear yes. */
export function checkSpokenInFull(_: RenderedForm, { transcript, seller }: FormContext): Finding {
  if (transcript === null) return notApplicable({ key: "form-check.na.not-spoken" });
  if (transcript === undefined) return cannotTell({ key: "form-check.spoken-in-full.ask" });

  const yes = transcript.findIndex(isYes);
  // The person did not agree to anything said after the yes.
  const before = yes < 0 ? transcript : transcript.slice(0, yes);
  const beforeYes = before
    .filter(({ speaker }) => speaker === "agent")
    .map(({ text }) => text)
    .join("\n");
  const missing = [
    ...(containsName(seller.legalName, beforeYes) ? [] : ["seller"]),
    ...spoken.filter(({ topic }) => !mentions(topic, beforeYes)).map(({ what }) => what),
  ];
  const faults: Fault[] = [
    ...missing.map((what) => ({
      key: "form-check.spoken-in-full.missing" as const,
      values: { what },
    })),
    ...(yes < 0 ? [{ key: "form-check.spoken-in-full.no-yes" } as const] : []),
    ...(yes >= 0 && !isQuestion(transcript[yes - 1])
      ? [{ key: "form-check.spoken-in-full.unasked" } as const]
      : []),
  ];
  return failIfAny(
    faults,
    ...transcript.slice(Math.max(0, yes - 1), yes + 1).map(({ text }) => quoteEvidence(text)),
  );
}

const isYes = ({ speaker, text }: ScriptLine) =>
  speaker === "person" && mentions("spokenYes", text) && !mentions("negation", text);

const isQuestion = (line: ScriptLine | undefined) =>
  line?.speaker === "agent" && (line.text.includes("?") || mentions("question", line.text));
