"use client";

import { useTranslations } from "next-intl";
import { DeedFields } from "./deed-fields";
import { InlineChoice } from "./inline-choice";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { saidKinds, SpanFields } from "./span-fields";

/** Who did something for the first or the last time on some days. */
export function OccasionFields({ leaf, onLeaf }: LeafFieldsProps<"occasion">) {
  const t = useTranslations("segmentBuilder");
  const ends = (["first", "last"] as const).map((key) => ({ key, name: t(`occasions.${key}`) }));
  return (
    <>
      <DeedFields label={t("activity")} did={leaf.did} onDid={(did) => onLeaf({ ...leaf, did })} />
      <InlineChoice
        label={t("which")}
        choices={ends}
        chosen={leaf.which}
        onChoose={(which) => onLeaf({ ...leaf, which })}
      />
      <SpanFields
        span={leaf.when}
        kinds={saidKinds}
        onSpan={(when) => when && onLeaf({ ...leaf, when })}
      />
    </>
  );
}
