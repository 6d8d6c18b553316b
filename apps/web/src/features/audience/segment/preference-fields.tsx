"use client";

import { useTranslations } from "next-intl";
import { InlineText, InlineTexts } from "./inline-text";
import type { LeafFieldsProps } from "./leaf-fields-props";

/** What people last said that they prefer. */
export function PreferenceFields({ leaf, onLeaf }: LeafFieldsProps<"preference">) {
  const t = useTranslations("segmentBuilder");
  return (
    <>
      <InlineText
        label={t("topic")}
        value={leaf.topic}
        onText={(topic) => onLeaf({ ...leaf, topic })}
      />
      {t("isWord")}
      <InlineTexts
        label={t("values")}
        values={leaf.values}
        onValues={(values) => onLeaf({ ...leaf, values })}
      />
    </>
  );
}
