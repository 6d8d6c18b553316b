"use client";

import type { BurstLiftingId } from "@ringfence/core/ids";
import { type Message, say } from "@ringfence/core/message";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { useBurst } from "./use-burst";

type AnswerLiftingProps = {
  id: BurstLiftingId;
  /** Reason why the member may not accept it. */
  acceptFault: Message | null;
  /** Reason why the member may not answer at all. */
  whyNot: string | undefined;
};

/** Lets an officer lift the refusals of a burst or leave them in force. */
export function AnswerLifting({ id, acceptFault, whyNot }: AnswerLiftingProps) {
  const locale = useLocale();
  const zone = useTimeZone();
  const whyNotAccept = acceptFault ? say(locale, acceptFault, zone) : undefined;
  const t = useTranslations("bursts");
  const { answer } = useBurst();
  const give = (isAccepted: boolean) => answer.mutate({ id, isAccepted });
  const isBusy = (isAccepted: boolean) =>
    answer.isPending && answer.variables.isAccepted === isAccepted && t("answering");
  return (
    <div className="grid gap-3 pt-3">
      {answer.error && <Banner tone="bad" role="alert" title={answer.error.message} />}
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
