"use client";

import { useTranslations } from "next-intl";
import { CompareFields } from "./compare-fields";
import { DeedFields } from "./deed-fields";
import { InlineChoice } from "./inline-choice";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { pastKinds, SpanFields } from "./span-fields";

const measures = ["count", "sum", "average"] as const;

/** Who did something so often, or for so much. */
export function ActivityFields({ leaf, onLeaf }: LeafFieldsProps<"activity">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...ever } = leaf;
  return (
    <>
      <DeedFields label={t("activity")} did={leaf.did} onDid={(did) => onLeaf({ ...leaf, did })} />
      <InlineChoice
        label={t("measure")}
        choices={measures.map((key) => ({ key, name: t(`measures.${key}`) }))}
        chosen={leaf.measure}
        onChoose={(measure) => onLeaf({ ...leaf, measure })}
      />
      <CompareFields compare={leaf.compare} onCompare={(compare) => onLeaf({ ...leaf, compare })} />
      <SpanFields
        span={leaf.during}
        kinds={pastKinds}
        onSpan={(during) => onLeaf(during ? { ...leaf, during } : ever)}
      />
    </>
  );
}
