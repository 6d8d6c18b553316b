import type { BurstLiftingView } from "@ringfence/services/burst";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LocalTime } from "@/components/local-time";
import { RecordedBy } from "@/components/recorded-by";

type LiftingEntryProps = { lifting: BurstLiftingView; children?: ReactNode };

/** Shows a request to lift a burst, its outcome, and below it the possible answers. */
export function LiftingEntry({
  lifting: { reason, includesProof, proposedAt, by, answer },
  children,
}: LiftingEntryProps) {
  const t = useTranslations("bursts");
  const state = liftingState(answer);
  return (
    <li className="grid gap-1 border-b border-line py-2.5">
      <h3 className="text-base font-semibold">{t(`liftings.${state}`)}</h3>
      <p className="max-w-[46rem] whitespace-pre-line">{reason ?? t("reasonErased")}</p>
      <p>{t(includesProof ? "liftsAll" : "liftsUnproven")}</p>
      <p className="text-sm text-muted">
        {t("askedFor")} <LocalTime instant={proposedAt} precision="evidence" />,{" "}
        <RecordedBy by={by} />
      </p>
      {answer && (
        <p className="text-sm text-muted">
          {t(answer.isAccepted ? "acceptedAt" : "leftAt")}{" "}
          <LocalTime instant={answer.at} precision="evidence" />, <RecordedBy by={answer.by} />
        </p>
      )}
      {children}
    </li>
  );
}

function liftingState(answer: BurstLiftingView["answer"]) {
  if (answer === null) return "waits";
  return answer.isAccepted ? "accepted" : "left";
}
