"use client";

import type { OptOutCorrectionId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { useCorrections } from "./use-corrections";

type AnswerCorrectionProps = {
  id: OptOutCorrectionId;
  /** Why the member may not accept it. */
  whyNotAccept: string | undefined;
  /** Why the member may not even leave it. */
  whyNot: string | undefined;
};

/** Lifts the refusal of the wrong number, or leaves it. */
export function AnswerCorrection({ id, whyNotAccept, whyNot }: AnswerCorrectionProps) {
  const t = useTranslations("correction");
  const { answer } = useCorrections();
  const say = (isAccepted: boolean) => answer.mutate({ id, isAccepted });
  const isBusy = (isAccepted: boolean) =>
    answer.isPending && answer.variables.isAccepted === isAccepted && t("answering");
  return (
    <div className="grid gap-3 pt-3">
      {answer.error && <Banner tone="bad" role="alert" title={answer.error.message} />}
      <p className="max-w-[46rem] text-sm text-pretty text-muted">{t("lists")}</p>
      <div className="flex flex-wrap items-start gap-2">
        <Button
          look="primary"
          whyNot={whyNot ?? whyNotAccept}
          busy={isBusy(true)}
          onClick={() => say(true)}
        >
          {t("accept")}
        </Button>
        {whyNot === undefined && (
          <Button busy={isBusy(false)} onClick={() => say(false)}>
            {t("leave")}
          </Button>
        )}
      </div>
    </div>
  );
}
