import type { BurstLiftingView } from "@ringfence/services/do-not-call/burst";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { OfficerRequest, requestState } from "@/components/officer-request";

type LiftingEntryProps = { lifting: BurstLiftingView; children?: ReactNode };

/** Shows a request to lift a burst, its outcome, and below it the possible answers. */
export function LiftingEntry({ lifting, children }: LiftingEntryProps) {
  const t = useTranslations("bursts");
  const state = requestState(lifting.answer);
  return (
    <OfficerRequest
      request={lifting}
      words={{
        title: t(`liftings.${state}`),
        reasonErased: t("reasonErased"),
        askedFor: t("askedFor"),
        answered: t(lifting.answer?.isAccepted ? "acceptedAt" : "leftAt"),
      }}
      detail={t(lifting.includesProof ? "liftsAll" : "liftsUnproven")}
    >
      {children}
    </OfficerRequest>
  );
}
