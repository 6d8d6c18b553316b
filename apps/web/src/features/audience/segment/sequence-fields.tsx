"use client";

import { useTranslations } from "next-intl";
import { DeedFields } from "./deed-fields";
import { InlineChoice } from "./inline-choice";
import { InlineNumber } from "./inline-text";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { pastKinds, SpanFields } from "./span-fields";

/** Who did one thing, and then another or not. */
export function SequenceFields({ leaf, onLeaf }: LeafFieldsProps<"sequence">) {
  const t = useTranslations("segmentBuilder");
  const { during: _, ...ever } = leaf;
  const ways = (["yes", "no"] as const).map((key) => ({ key, name: t(`happened.${key}`) }));
  return (
    <>
      <DeedFields
        label={t("activity")}
        did={leaf.first}
        onDid={(first) => onLeaf({ ...leaf, first })}
      />
      <SpanFields
        span={leaf.during}
        kinds={pastKinds}
        onSpan={(during) => onLeaf(during ? { ...leaf, during } : ever)}
      />
      <InlineChoice
        label={t("happenedThen")}
        choices={ways}
        chosen={leaf.happened ? "yes" : "no"}
        onChoose={(way) => onLeaf({ ...leaf, happened: way === "yes" })}
      />
      <DeedFields
        label={t("nextActivity")}
        did={leaf.next}
        onDid={(next) => onLeaf({ ...leaf, next })}
      />
      {t("within")}
      <InlineNumber
        label={t("days")}
        value={leaf.withinDays}
        onNumber={(withinDays) => onLeaf({ ...leaf, withinDays })}
      />
      {t("daysUnit", { days: Number.isNaN(leaf.withinDays) ? 0 : leaf.withinDays })}
    </>
  );
}
