import type { ThresholdView } from "@ringfence/services/audience/relevance";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { useTradeOff } from "./use-trade-off";

type ThresholdSliderProps = {
  holding: ThresholdView;
  chosen: number | null;
  onChoose: (threshold: number | null) => void;
};

/** From nobody to almost everybody, a step for each threshold that was tested; what each would do is read out. */
export function ThresholdSlider({ holding, chosen, onChoose }: ThresholdSliderProps) {
  const t = useTranslations("relevance");
  const { tradeOffs } = holding.tested;
  const told = useTradeOff(tradeOffs);
  const known = [...tradeOffs.map((one) => one.threshold), holding.threshold];
  const thresholds = [
    null,
    ...[...new Set(known.filter((one) => one !== null))].toSorted((a, b) => a - b),
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
            aria-valuetext={told.short(chosen)}
            onChange={({ currentTarget }) =>
              onChoose(thresholds[Number(currentTarget.value)] ?? null)
            }
          />
        )}
      </Field>
    </div>
  );
}
