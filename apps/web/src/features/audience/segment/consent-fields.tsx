"use client";

import { Channel } from "@ringfence/core/consents/consent";
import { useTranslations } from "next-intl";
import { InlineChoice } from "./inline-choice";
import type { LeafFieldsProps } from "./leaf-fields-props";
import { useWorld } from "./rule-world";

const standings = ["granted", "expired", "withdrawn"] as const;

/** How people stand with calls of a seller. */
export function ConsentFields({ leaf, onLeaf }: LeafFieldsProps<"consent">) {
  const t = useTranslations("segmentBuilder");
  const { sellers, purposes } = useWorld();
  const offered = sellers.map(({ id, name }) => ({ key: id, name }));
  // Of a rule that somebody else made, who is limited to fewer sellers or to none.
  const isOffered = sellers.some(({ id }) => id === leaf.seller);
  const choices = isOffered ? offered : [{ key: leaf.seller, name: t("otherSeller") }, ...offered];
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
        choices={choices}
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
