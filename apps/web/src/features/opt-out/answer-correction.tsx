"use client";

import type { OptOutCorrectionId } from "@ringfence/core/ids";
import { type Message, say } from "@ringfence/core/message";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { useCorrections } from "./use-corrections";

type AnswerCorrectionProps = {
  id: OptOutCorrectionId;
  /** Why the member may not accept it. */
  acceptFault: Message | null;
  /** Why the member may not even leave it. */
  whyNot: string | undefined;
};

/** Lifts the refusal of the wrong number, or leaves it. */
export function AnswerCorrection({ id, acceptFault, whyNot }: AnswerCorrectionProps) {
  const t = useTranslations("correction");
  const { answer } = useCorrections();
  const [locale, zone] = [useLocale(), useTimeZone()];
  const whyNotAccept = acceptFault ? say(locale, acceptFault, zone) : undefined;
  const give = (isAccepted: boolean) => answer.mutate({ id, isAccepted });
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
          onClick={() => give(true)}
        >
          {t("accept")}
        </Button>
        {whyNot === undefined && (
          <Button busy={isBusy(false)} onClick={() => give(false)}>
            {t("leave")}
          </Button>
        )}
      </div>
    </div>
  );
}
