"use client";
import type { OfferId } from "@ringfence/core/ids";
import { SetThreshold, type TradeOff } from "@ringfence/core/audience/relevance";
import type { ThresholdView } from "@ringfence/services/audience/relevance";
import { useMutation } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { useShowDone, useTRPC } from "@/trpc/client";
import { Field } from "@/components/fields";
import { LineChart } from "@/components/charts/charts";

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
  const words = useTradeOff(tested.tradeOffs);
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
        <b className="block">{words.short(chosen)}</b>
        {words.long(chosen)}
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
            {t("goByAll", { ofAll: words.name(ofAll) })}
          </Button>
        )}
      </div>
    </form>
  );
}

function useSetThreshold(offerId: OfferId | null) {
  const t = useTranslations("relevance");
  const showDone = useShowDone();
  const trpc = useTRPC();
  const set = useMutation(
    trpc.relevance.setThreshold.mutationOptions({ onSuccess: () => showDone(t("set")) }),
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

type ThresholdSliderProps = {
  holding: ThresholdView;
  chosen: number | null;
  onChoose: (threshold: number | null) => void;
};

/** Slider over the tested thresholds, starting at none. Screen readers announce the effect of each. */
function ThresholdSlider({ holding, chosen, onChoose }: ThresholdSliderProps) {
  const t = useTranslations("relevance");
  const { tradeOffs } = holding.tested;
  const words = useTradeOff(tradeOffs);
  const selectable = [...tradeOffs.map((one) => one.threshold), holding.threshold];
  const thresholds = [
    null,
    ...[...new Set(selectable.filter((one) => one !== null))].toSorted((a, b) => a - b),
  ];
  return (
    <div className="max-w-[32rem]">
      <Field label={t("holdBelow")} hint={t("holdHint")}>
        {(wired) => (
          <input
            {...wired}
            type="range"
            className="h-6 w-full accent-ink"
            min={0}
            max={thresholds.length - 1}
            step={1}
            value={thresholds.indexOf(chosen)}
            disabled={thresholds.length === 1}
            aria-valuetext={words.short(chosen)}
            onChange={({ currentTarget }) =>
              onChoose(thresholds[Number(currentTarget.value)] ?? null)
            }
          />
        )}
      </Field>
    </div>
  );
}

type TradeOffChartProps = { tradeOffs: readonly TradeOff[]; chosen: number | null };

/**
 * Chart of the calls, refusals and acceptances that each threshold would have held back, with a mark at the chosen
 * one.
 */
function TradeOffChart({ tradeOffs, chosen }: TradeOffChartProps) {
  const t = useTranslations("relevance");
  const chance = useChances();
  const rows = tradeOffs.map(({ threshold, calls, of }) => ({
    label: chance(threshold),
    values: {
      calls: inHundred(calls),
      refused: inHundred(of.refused),
      accepted: inHundred(of.accepted),
    },
  }));
  return (
    <LineChart
      title={t("tradeOffChart")}
      sentence={t("tradeOffSentence", { thresholds: rows.length })}
      rowHead={t("thresholdHead")}
      at={chosen === null ? undefined : chance(chosen)}
      series={[
        { key: "refused", name: t("heldRefused"), look: 2 },
        { key: "calls", name: t("heldCalls"), look: 1 },
        { key: "accepted", name: t("heldAccepted"), look: 3 },
      ]}
      // Thresholds with the same label share a point of the axis.
      rows={[...new Map(rows.map((row) => [row.label, row])).values()]}
    />
  );
}

const inHundred = (share: number) => Math.round(share * 1_000) / 10;

/** Describes the effect of thresholds in words. A null threshold holds back nobody. */
function useTradeOff(tradeOffs: readonly TradeOff[]) {
  const t = useTranslations("relevance");
  const format = useFormatter();
  const chance = useChances();
  const percent = (share: number) =>
    format.number(share, { style: "percent", maximumFractionDigits: 1 });
  const name = (threshold: number | null) =>
    threshold === null ? t("holdNobody") : t("below", { chance: chance(threshold) });
  const findTradeOff = (threshold: number | null) =>
    tradeOffs.find((one) => one.threshold === threshold);
  return {
    name,
    short(threshold: number | null) {
      const tradeOff = findTradeOff(threshold);
      if (tradeOff === undefined) return name(threshold);
      const { calls, of: held } = tradeOff;
      return t("heldShort", {
        name: name(threshold),
        calls: percent(calls),
        refused: percent(held.refused),
      });
    },
    long(threshold: number | null) {
      const tradeOff = findTradeOff(threshold);
      if (tradeOff === undefined) return t("noTradeOff");
      const { calls, of: held } = tradeOff;
      return t("tradeOff", {
        calls: percent(calls),
        refused: percent(held.refused),
        optedOut: percent(held.opted_out),
        complained: percent(held.complained),
        accepted: percent(held.accepted),
      });
    },
  };
}

/** Formats a chance. Small ones get a second decimal place, so that they differ. */
function useChances() {
  const format = useFormatter();
  return (chance: number): string =>
    format.number(chance, { style: "percent", maximumFractionDigits: chance < 0.1 ? 2 : 1 });
}
