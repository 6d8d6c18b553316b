"use client";

import { useTranslations } from "next-intl";
import { CompareFields } from "./compare-fields";
import { InlineTexts } from "./inline-text";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { pastKinds, SpanFields } from "./span-fields";

/** How often people were called, and how those calls ended. */
export function CallsFields({ leaf, onLeaf }: LeafFieldsProps<"calls">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...ever } = leaf;
  const { outcomes: __, ...anyhow } = leaf;
  return (
    <>
      <CompareFields compare={leaf.compare} onCompare={(compare) => onLeaf({ ...leaf, compare })} />
      {t("timesUnit")}
      <SpanFields
        span={leaf.during}
        kinds={pastKinds}
        onSpan={(during) => onLeaf(during ? { ...leaf, during } : ever)}
      />
      {t("withOutcome")}
      <InlineTexts
        label={t("outcomes")}
        values={leaf.outcomes ?? []}
        onValues={(outcomes) => onLeaf(outcomes.length > 0 ? { ...leaf, outcomes } : anyhow)}
      />
    </>
  );
}
