"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";
import { PhoneText } from "@/components/phone-text";
import { useTRPC } from "@/trpc/client";
import { SuppressionForm } from "./suppression-form";

/** A number that is not to be called, and then that it is on record, for as long as the page is open. */
export function NewSuppression({ homeRegion }: { homeRegion: string }) {
  const t = useTranslations("newSuppression");
  const trpc = useTRPC();
  const record = useMutation(trpc.suppression.record.mutationOptions());
  const [times, setTimes] = useState(0);
  if (!record.data) {
    return (
      <SuppressionForm
        key={times}
        homeRegion={homeRegion}
        failure={record.error?.message ?? null}
        isBusy={record.isPending}
        onRecord={record.mutate}
      />
    );
  }
  const { phone, status } = record.data;
  return (
    <div className="max-w-[32rem] pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus} className="grid gap-1">
        <p className="text-lg font-semibold">{t(`done.${status}`)}</p>
        <p>{t.rich("doneBody", { phone: () => <PhoneText phone={phone} /> })}</p>
      </div>
      <div className="flex flex-wrap gap-2 pt-5">
        <Button
          look="primary"
          onClick={() => {
            record.reset();
            setTimes(times + 1);
          }}
        >
          {t("another")}
        </Button>
        <ButtonLink href="/suppressions">{t("toList")}</ButtonLink>
      </div>
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();
