"use client";

import { tellDeed } from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { InlineChoice } from "./inline-choice";
import { InlineNumber } from "./inline-text";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { useWorld } from "./rule-world";

const ranks = ["recency", "frequency", "money"] as const;

/** Who did something most or least of all who did it. */
export function RankingFields({ leaf, onLeaf }: LeafFieldsProps<"ranking">) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const { types } = useWorld();
  const ends = (["top", "bottom"] as const).map((key) => ({ key, name: t(`ends.${key}`) }));
  return (
    <>
      <InlineChoice
        label={t("activity")}
        choices={types.map(({ key }) => ({ key, name: tellDeed(locale, { type: key }) }))}
        chosen={leaf.type}
        onChoose={(type) => onLeaf({ ...leaf, type })}
      />
      <InlineChoice
        label={t("end")}
        choices={ends}
        chosen={leaf.end}
        onChoose={(end) => onLeaf({ ...leaf, end })}
      />
      <InlineNumber
        label={t("percent")}
        value={leaf.percent}
        onNumber={(percent) => onLeaf({ ...leaf, percent })}
      />
      {t("percentUnit")}
      <InlineChoice
        label={t("rankedBy")}
        choices={ranks.map((key) => ({ key, name: t(`ranks.${key}`) }))}
        chosen={leaf.by}
        onChoose={(by) => onLeaf({ ...leaf, by })}
      />
    </>
  );
}
