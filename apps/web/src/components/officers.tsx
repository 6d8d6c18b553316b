import type { TimelineEvent } from "@ringfence/services/desk/number";
import { useTranslations } from "next-intl";
import type { BurstLiftingView } from "@ringfence/services/do-not-call/burst";
import type { ReactNode } from "react";
import { LocalTime } from "./dates";

type RecordedByProps = { by: TimelineEvent["by"] };

/** Shows who recorded something. */
export function RecordedBy({ by }: RecordedByProps) {
  const t = useTranslations("recordedBy");
  if (by === null) return t("unknown");
  if (by.type === "person") return t(by.handedOut ?? "person");
  if (by.type === "visitor") return t("visitor");
  if (by.type === "form") return by.name ?? t("form");
  if (by.type === "job") return by.name === "import.run" ? t("import") : t("job");
  return by.name ?? t("gone");
}

/** Table cell: when something was recorded, and by whom. */
export const RecordedAt = ({ at, by }: { at: Date; by: TimelineEvent["by"] }) => (
  <>
    <LocalTime instant={at} precision="cell" />{" "}
    <span className="text-muted md:block">
      <RecordedBy by={by} />
    </span>
  </>
);

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

/** Names the state of a request for the messages: it waits, was accepted, or was left as it is. */
export function requestState(answer: { isAccepted: boolean } | null) {
  if (answer === null) return "waits";
  return answer.isAccepted ? "accepted" : "left";
}
