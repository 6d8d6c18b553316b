"use client";

import { type AskRule, tellField } from "@ringfence/core/audience/segment";
import { useLocale, useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { Section } from "@/components/section";
import { InlineChoice } from "./inline-choice";
import { useWorld } from "./rule-world";
import { SpreadBars } from "./spread-bars";

/** How the people of a rule are spread, by two fields at once. */
export function RuleSpread({ sound }: { sound: AskRule | null }) {
  const t = useTranslations("segmentSpread");
  return (
    <Section title={t("title")}>
      <div className="grid grid-cols-1 gap-x-8 gap-y-6 pt-2.5 sm:grid-cols-2">
        <FieldSpread sound={sound} param="by" usual="@zone" />
        <FieldSpread sound={sound} param="and" usual="@locale" />
      </div>
    </Section>
  );
}

type FieldSpreadProps = { sound: AskRule | null; param: "by" | "and"; usual: string };

function FieldSpread({ sound, param, usual }: FieldSpreadProps) {
  const t = useTranslations("segmentSpread");
  const locale = useLocale();
  const { fields } = useWorld();
  const [field, setField] = useQueryState(param, parseAsString.withDefault(usual));
  // Of what people are called nothing is kept but that it is known.
  const spreadable = fields.filter(({ type }) => type !== "presence");
  return (
    <div className="min-w-0">
      <InlineChoice
        isStrong
        label={t(param)}
        choices={spreadable.map(({ name }) => ({ key: name, name: tellField(locale, name) }))}
        chosen={field}
        onChoose={(chosen) => void setField(chosen)}
      />
      <SpreadBars sound={sound} field={field} />
    </div>
  );
}
