"use client";

import type { TradeOff } from "@ringfence/core/relevance";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

type ThresholdFormProps = {
  threshold: number | null;
  tradeOffs: readonly TradeOff[];
  whyNot: string | undefined;
};

const NOBODY = "";

/** Below which chance calls are held back, and what that would have meant for the calls that were tested. */
export function ThresholdForm({ threshold, tradeOffs, whyNot }: ThresholdFormProps) {
  const t = useTranslations("relevance");
  const format = useFormatter();
  const router = useRouter();
  const trpc = useTRPC();
  const [chosen, setChosen] = useState(threshold === null ? NOBODY : String(threshold));
  const set = useMutation(
    trpc.relevance.setThreshold.mutationOptions({
      onSuccess() {
        showToast({ tone: "done", title: t("set") });
        router.refresh();
      },
    }),
  );
  const percent = (share: number) =>
    format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const tradeOff = tradeOffs.find((one) => String(one.threshold) === chosen);
  const thresholds = [...new Set([...tradeOffs.map((one) => one.threshold), threshold])];
  return (
    <form
      className="grid max-w-[32rem] grid-cols-1 gap-4 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate({ threshold: chosen === NOBODY ? null : Number(chosen) });
      }}
    >
      {set.error && <Banner tone="bad" role="alert" title={set.error.message} />}
      <Field label={t("holdBelow")} hint={t("holdHint")}>
        {(wired) => (
          <Select
            {...wired}
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          >
            <option value={NOBODY}>{t("holdNobody")}</option>
            {thresholds.map(
              (one) =>
                one !== null && (
                  <option key={one} value={String(one)}>
                    {percent(one)}
                  </option>
                ),
            )}
          </Select>
        )}
      </Field>
      <p aria-live="polite">{tradeOff ? told(t, percent, tradeOff) : t("noTradeOff")}</p>
      <div>
        <Button type="submit" look="primary" whyNot={whyNot} busy={set.isPending && t("setting")}>
          {t("setThreshold")}
        </Button>
      </div>
    </form>
  );
}

const told = (
  t: ReturnType<typeof useTranslations<"relevance">>,
  percent: (share: number) => string,
  { calls, of }: TradeOff,
) =>
  t("tradeOff", {
    calls: percent(calls),
    refused: percent(of.refused),
    optedOut: percent(of.opted_out),
    complained: percent(of.complained),
    accepted: percent(of.accepted),
  });
