import type { BurstLiftingView } from "@ringfence/services/do-not-call/burst";
import type { ReactNode } from "react";
import { LocalTime } from "./local-time";
import { RecordedBy } from "./recorded-by";

type OfficerRequestProps = {
  request: Pick<BurstLiftingView, "reason" | "proposedAt" | "by" | "answer">;
  words: { title: string; reasonErased: string; askedFor: string; answered: string };
  /** Describes what the request covers. */
  detail: ReactNode;
  children?: ReactNode;
};

/** Shows what one officer asked another to accept, how it was answered, and below it the possible answers. */
export const OfficerRequest = ({
  request: { reason, proposedAt, by, answer },
  words,
  detail,
  children,
}: OfficerRequestProps) => (
  <li className="grid gap-1 border-b border-line py-2.5">
    <h3 className="text-base font-semibold">{words.title}</h3>
    <p className="max-w-[46rem] whitespace-pre-line">{reason ?? words.reasonErased}</p>
    <p>{detail}</p>
    <p className="text-sm text-muted">
      {words.askedFor} <LocalTime instant={proposedAt} precision="evidence" />,{" "}
      <RecordedBy by={by} />
    </p>
    {answer && (
      <p className="text-sm text-muted">
        {words.answered} <LocalTime instant={answer.at} precision="evidence" />,{" "}
        <RecordedBy by={answer.by} />
      </p>
    )}
    {children}
  </li>
);

/** Names how a request stands. */
export function requestState(answer: { isAccepted: boolean } | null) {
  if (answer === null) return "waits";
  return answer.isAccepted ? "accepted" : "left";
}
