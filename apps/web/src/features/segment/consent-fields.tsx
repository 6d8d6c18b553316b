"use client";

import { Channel } from "@ringfence/core/consent";
import { useTranslations } from "next-intl";
import { InlineChoice } from "./inline-choice";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { useWorld } from "./rule-world";

const standings = ["granted", "expired", "withdrawn"] as const;

/** How people stand with calls of a seller. */
export function ConsentFields({ leaf, onLeaf }: LeafFieldsProps<"consent">) {
  const t = useTranslations("segmentBuilder");
  const { sellers, purposes } = useWorld();
  return (
    <>
      <InlineChoice
        label={t("standing")}
        choices={standings.map((key) => ({ key, name: t(`standings.${key}`) }))}
        chosen={leaf.standing}
        onChoose={(standing) => onLeaf({ ...leaf, standing })}
      />
      <InlineChoice
        label={t("channel")}
        choices={Channel.options.map((key) => ({ key, name: t(`channels.${key}`) }))}
        chosen={leaf.channel}
        onChoose={(channel) => onLeaf({ ...leaf, channel })}
      />
      <InlineChoice
        label={t("seller")}
        choices={sellers.map(({ id, name }) => ({ key: id, name }))}
        chosen={leaf.seller}
        onChoose={(seller) => onLeaf({ ...leaf, seller })}
      />
      <InlineChoice
        label={t("purpose")}
        choices={purposes}
        chosen={leaf.purpose}
        onChoose={(purpose) => onLeaf({ ...leaf, purpose })}
      />
    </>
  );
}
