"use client";

import type { OfferId } from "@ringfence/core/ids";
import { SetThreshold } from "@ringfence/core/audience/relevance";
import type { ThresholdView } from "@ringfence/services/audience/relevance";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { ThresholdSlider, TradeOffChart, useTradeOff } from "./trade-off";

type ThresholdFormProps = {
  holding: ThresholdView;
  /** Null for the threshold of all offers without one of their own. */
  offerId: OfferId | null;
  whyNot: string | undefined;
};

/** Sets the chance below which calls are held back, and shows the effect on calls that were tested. */
export function ThresholdForm({ holding, offerId, whyNot }: ThresholdFormProps) {
  const t = useTranslations("relevance");
  const { tested, threshold, isOwn, ofAll } = holding;
  const [chosen, setChosen] = useState(threshold);
  const told = useTradeOff(tested.tradeOffs);
  const { set, save } = useSetThreshold(offerId);
  return (
    <form
      className="grid grid-cols-1 gap-4 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(chosen);
      }}
    >
      {set.error && <Banner tone="bad" role="alert" title={set.error.message} />}
      {tested.tradeOffs.length > 1 && (
        <TradeOffChart tradeOffs={tested.tradeOffs} chosen={chosen} />
      )}
      <ThresholdSlider holding={holding} chosen={chosen} onChoose={setChosen} />
      <p className="max-w-[46rem]">
        <b className="block">{told.short(chosen)}</b>
        {told.long(chosen)}
      </p>
      <p className="max-w-[46rem] text-sm text-muted">
        {t(chooseBasis(holding, offerId), { calls: tested.calls })}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="primary" whyNot={whyNot} busy={set.isPending && t("setting")}>
          {t("setThreshold")}
        </Button>
        {isOwn && (
          <Button whyNot={whyNot} onClick={() => save("of-all")}>
            {t("goByAll", { ofAll: told.name(ofAll) })}
          </Button>
        )}
      </div>
    </form>
  );
}

function useSetThreshold(offerId: OfferId | null) {
  const t = useTranslations("relevance");
  const router = useRouter();
  const trpc = useTRPC();
  const set = useMutation(
    trpc.relevance.setThreshold.mutationOptions({
      onSuccess() {
        showToast({ tone: "done", title: t("set") });
        router.refresh();
      },
    }),
  );
  const save = (threshold: number | null | "of-all") =>
    set.mutate(SetThreshold.parse(offerId === null ? { threshold } : { offerId, threshold }));
  return { set, save };
}

function chooseBasis({ tested }: ThresholdView, offerId: OfferId | null) {
  if (tested.calls === 0) return "basisNone";
  if (offerId === null) return "basisAll";
  return tested.isOwn ? "basisOwn" : "basisFew";
}
