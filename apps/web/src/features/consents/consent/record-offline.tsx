"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { useTRPC } from "@/trpc/client";
import type { ConsentChoices } from "./consent-choices";
import { OfflineForm } from "./offline-form";
import type { OfflineGiven } from "./offline-given";
import { OfflineOnRecord } from "./offline-on-record";

type RecordOfflineProps = {
  choices: ConsentChoices;
  homeRegion: string;
  initial: Partial<Pick<OfflineGiven, "phone" | "means" | "form" | "version" | "language">>;
  /** True if the person of the number that is filled in has refused such calls. */
  isRefused: boolean;
};

/** A spoken or signed consent, and then what became of it. */
export function RecordOffline({ choices, homeRegion, initial, isRefused }: RecordOfflineProps) {
  const t = useTranslations("recordConsent");
  const trpc = useTRPC();
  const record = useMutation(trpc.consent.recordOffline.mutationOptions());
  const [times, setTimes] = useState(0);
  if (record.data) {
    return (
      <OfflineOnRecord
        recorded={record.data}
        purposes={new Map(choices.purposes.map(({ key, name }) => [key, name]))}
        onAnother={() => {
          record.reset();
          setTimes(times + 1);
        }}
      />
    );
  }
  const isAgain = times > 0;
  return (
    <>
      <div className="max-w-[36rem] pt-4">
        <Banner tone={isRefused ? "care" : "plain"} title={t(isRefused ? "refused" : "before")}>
          {t("beforeBody")}
        </Banner>
      </div>
      <OfflineForm
        key={times}
        choices={choices}
        homeRegion={homeRegion}
        initial={isAgain ? { language: initial.language ?? "" } : initial}
        failure={record.error?.message ?? null}
        isBusy={record.isPending}
        onRecord={record.mutate}
      />
    </>
  );
}
