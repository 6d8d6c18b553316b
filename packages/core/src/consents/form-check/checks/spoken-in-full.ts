import {
  cannotTell,
  type Fault,
  type Finding,
  judged,
  notApplicable,
  quoting,
} from "../finding.ts";
import type { FormContext, ScriptLine } from "../form-context.ts";
import { nameIn } from "../name-in.ts";
import type { RenderedForm } from "../rendered-form.ts";
import { speaksOf, type Topic } from "../speech.ts";

const spoken = [
  { topic: "marketing", what: "purpose" },
  { topic: "call", what: "channel" },
  { topic: "withdraw", what: "withdrawal" },
] as const satisfies readonly { topic: Topic; what: string }[];

/** 33. The recording holds all that was said, a question, and then a clear yes. */
export function spokenInFull(_: RenderedForm, { transcript, seller }: FormContext): Finding {
  if (transcript === null) return notApplicable({ key: "form-check.na.not-spoken" });
  if (transcript === undefined) return cannotTell({ key: "form-check.spoken-in-full.ask" });

  const yes = transcript.findIndex(isYes);
  // What is said after the yes was not agreed to.
  const before = yes < 0 ? transcript : transcript.slice(0, yes);
  const said = before
    .filter(({ speaker }) => speaker === "agent")
    .map(({ text }) => text)
    .join("\n");
  const missing = [
    ...(nameIn(seller.legalName, said) ? [] : ["seller"]),
    ...spoken.filter(({ topic }) => !speaksOf(topic, said)).map(({ what }) => what),
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
  return judged(
    faults,
    ...transcript.slice(Math.max(0, yes - 1), yes + 1).map(({ text }) => quoting(text)),
  );
}

const isYes = ({ speaker, text }: ScriptLine) =>
  speaker === "person" && speaksOf("spokenYes", text) && !speaksOf("negation", text);

const isQuestion = (line: ScriptLine | undefined) =>
  line?.speaker === "agent" && (line.text.includes("?") || speaksOf("question", line.text));
