"use client";

import { useTranslations } from "next-intl";
import { InlineChoice } from "./inline-choice";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { useWorld } from "./rule-world";

/** Who is in another segment. */
export function SegmentFields({ leaf, onLeaf }: LeafFieldsProps<"segment">) {
  const t = useTranslations("segmentBuilder");
  const { segments, ownId } = useWorld();
  const others = segments.filter(({ id }) => id !== ownId);
  return (
    <InlineChoice
      label={t("otherSegment")}
      choices={others.map(({ id, name }) => ({ key: id, name }))}
      chosen={leaf.segment}
      onChoose={(segment) => onLeaf({ ...leaf, segment })}
    />
  );
}
