"use client";

import { type Rule, tellRule } from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { namesIn, useWorld } from "./rule-world";

/** The rule in words; null while it is none. */
export function RuleSentence({ rule }: { rule: Rule | null }) {
  const t = useTranslations("segmentBuilder");
  const locale = useLocale();
  const world = useWorld();
  return (
    <p className="border-t border-line pt-2.5 text-muted">
      {rule === null
        ? t("noSentence")
        : t("sentence", { rule: tellRule(locale, rule, namesIn(world)) })}
    </p>
  );
}
